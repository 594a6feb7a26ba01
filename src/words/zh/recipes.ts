export const recipes = {
  firstLook: {
    name: '初次尝试：600 步',
    about: '页面打开时的设置：小批量，学习率按余弦下降。',
  },
  paper: {
    name: '论文：64,000 步',
    about: 'He 等 2015，第 4.2 节：45,000 张图片用于训练，留出 5,000 张。',
  },
  cosine: {
    name: '余弦：4,000 步',
    about: '短暂预热后，从 0.1 起按余弦下降。',
  },
  oneCycle: {
    name: '单周期：2,000 步',
    about: '直线上升到 0.2，再按余弦下降。',
  },
} as const
