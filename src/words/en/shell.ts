export const shell = {
  places: 'Places',
  place: { train: 'Train', compare: 'Compare', labs: 'Labs', learn: 'Learn', runs: 'Runs' },
  bench: 'Bench: how fast this GPU trains',
  keys: 'Keys',
  key: {
    space: 'Train or pause',
    s: 'One step',
    r: 'Reset: the same start again',
    n: 'Next step of a lesson',
    p: 'Previous step of a lesson',
    help: 'These keys',
  },
  spaceBar: 'space',
  close: 'Close',
  language: 'Language',
  theme: { auto: 'Theme: auto', light: 'Theme: light', dark: 'Theme: dark' },
  device: {
    connecting: 'looking for the GPU…',
    unavailable: 'no GPU',
    software: '{name} (software)',
  },
  drop: 'Drop CIFAR-10’s files, a checkpoint, weights or exported runs',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  notCopied: 'The browser does not let the page copy. The link:',
  missingPart:
    'This part of the page could not be loaded. Save the run and reload the page to see it.',
} as const
