export const recipes = {
  firstLook: {
    name: 'First look: 600 steps',
    about: 'What the page opens with: a small batch, and the rate down along a cosine.',
  },
  paper: {
    name: 'The paper: 64,000 steps',
    about: 'He et al. 2015, section 4.2: 45,000 images train, 5,000 are held out.',
  },
  cosine: {
    name: 'Cosine: 4,000 steps',
    about: 'From 0.1 down along a cosine, after a short warm-up.',
  },
  oneCycle: {
    name: 'One cycle: 2,000 steps',
    about: 'Up to 0.2 in a line, then down along a cosine.',
  },
} as const
