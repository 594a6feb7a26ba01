export const shell = {
  places: 'Places',
  place: { train: 'Train', compare: 'Compare', runs: 'Runs' },
  bench: 'Bench: how fast this GPU trains',
  keys: 'Keys',
  close: 'Close',
  language: 'Language',
  theme: { auto: 'Theme: auto', light: 'Theme: light', dark: 'Theme: dark' },
  device: {
    connecting: 'looking for the GPU…',
    unavailable: 'no GPU',
    software: '{name} (software)',
  },
} as const
