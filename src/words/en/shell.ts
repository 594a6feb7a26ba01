export const shell = {
  selfTest: 'Self-test: are this GPU’s results right?',
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
    elsewhere: 'in another tab',
  },
  drop: 'Drop CIFAR-10’s files, a checkpoint, weights or exported runs',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  notCopied: 'The browser does not let the page copy. The link:',
  broken: {
    part: 'This part of the page broke',
    page: 'Something in the page broke',
    goesOn:
      'What it says: {message}. The rest of the page goes on, and so does a run that is training. If something does not work any more, copy the details for a report and reload the page: the run is kept.',
    retry: 'Try again',
    copy: 'Copy details',
    copied: 'Details copied',
    notCopied: 'The browser does not let the page copy. The details:',
    reload: 'Reload the page',
  },
  update: {
    here: 'A new version of the playground is here. The page reloads for it; runs are kept.',
    later: 'A new version of the playground is here. It waits until training rests.',
    taken:
      'Another tab has gone on to a new version of the playground. Reload this page when training rests.',
    take: 'Reload now',
  },
  turn: {
    elsewhere:
      'Another tab of the playground has the GPU and keeps what it trains. Look at everything here meanwhile, or train here: the other tab then pauses, and its run is kept to be resumed.',
    take: 'Train here instead',
  },
  battery:
    'The battery is at {level} and not charging. Training takes much power: plug in, or pause; the run is kept.',
  foot: {
    version: 'Residual Playground {version}, MIT licence',
    licences: 'Licences of the libraries in it',
  },
  missingPart:
    'This part of the page could not be loaded. Save the run and reload the page to see it.',
} as const
