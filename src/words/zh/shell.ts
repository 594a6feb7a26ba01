export const shell = {
  places: '页面',
  place: { train: '训练', compare: '比较', runs: '记录' },
  bench: '测速：这块 GPU 训练有多快',
  keys: '快捷键',
  close: '关闭',
  language: '语言',
  theme: { auto: '主题：自动', light: '主题：浅色', dark: '主题：深色' },
  device: {
    connecting: '正在查找 GPU…',
    unavailable: '没有 GPU',
    software: '{name}（软件）',
  },
} as const
