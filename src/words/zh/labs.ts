export const labs = {
  title: '实验',
  about:
    'He 等人 2016 年论文的两张表，逐个单元可试。论文的数字是 110 层和 164 层网络训练 64,000 步后的测试错误率，取五次运行的中位数。这里训练的是 20 层、宽度减半的网络，只有几百步：它展示单元的行为，并不复现论文的表格。',
  pictures: '图片',
  builtIn: '内置图片',
  getCifar: '要用 CIFAR-10，请在“训练”页的“图片”处获取。',
  table: {
    shortcuts: {
      title: '表 1：捷径上放什么',
      about: '原始顺序的基本单元，加法之后有 ReLU。h(x) 是恒等映射，或它的五个对手之一。',
    },
    orders: {
      title: '表 2：BN 和 ReLU 放在哪里',
      about: '捷径是恒等映射；同样的层按五种顺序排列，分别用于两种残差单元。',
    },
  },
  row: {
    clean: '恒等映射',
    scaling: '常数缩放',
    exclusive: '互斥门控',
    shortcutOnly: '仅捷径门控',
    others: '1×1 卷积和 dropout',
    basic: '基本单元（论文中为 ResNet-110）',
    bottleneck: '瓶颈单元（论文中为 ResNet-164）',
  },
  sideBySide: '并排训练',
  sideBySideOf: '并排训练：{row}',
  paper: '论文中 {net} 的测试错误率',
  train: '训练这一格',
  trainOf: '训练这一格：{name}',
  trainAgain: '重新训练',
  pause: '暂停',
  pauseOf: '暂停：{name}',
  untrained: '还没有在这里训练过。',
  curve: '准确率随步数的变化，从 0 到 100 %：线为各批量，点为验证',
  accuracy: '{step, number} 步后，在 {images, number} 张留出图片上为 {accuracy}',
  notValidated: '尚未验证。',
  trained:
    '在这里训练：{of, number} 步中的 {steps, number} 步，每步 {batch, number} 张，共 {images, number} 张{pictures}，种子 {seed}。',
  run: '运行记录',
  runOf: '{name} 保存的运行记录',
  phase: {
    idle: '就绪',
    compiling: '正在编译内核…',
    training: '正在训练…',
    profiling: '正在剖析一步…',
    evaluating: '正在验证…',
    paused: '已暂停',
    finished: '已完成',
  },
  reading: {
    title: '{step, number} 步后信号计的读数',
    defect: '式 4 的偏差',
    path: '到本阶段末尾的直接通路',
    predicted: '{measured}（Πλ = {predicted}）',
    masked: '被 ReLU 遮挡的梯度能量',
  },
  unit: {
    identity: {
      name: '恒等映射',
      why: '捷径上什么也没有：信号和梯度原样通过每次加法，只受其后的 ReLU 影响。',
    },
    none: {
      name: '没有捷径：0 h + F',
      why: '系数为 0 就成了普通网络：没有任何直接通路，110 层时无法训练。',
    },
    'scaling-one': {
      name: '缩放：0.5 h + F',
      why: '每条捷径把信号减半。经过 L 个单元，直接通路只剩 0.5 的 L 次方，深层网络无法训练。',
    },
    'scaling-half': {
      name: '缩放：0.5 h + 0.5 F',
      why: 'F 乘上同样的系数，信号大小得以保持，网络可以训练，但直接通路仍然逐个单元减半。',
    },
    'exclusive-gate-0': {
      name: '互斥门控，偏置 0',
      why: '门的初值约为一半：1 − g 在每个单元都把捷径缩小到约 0.5，与常数缩放无异。',
    },
    'exclusive-gate-6': {
      name: '互斥门控，偏置 −6',
      why: '门的初值为 0.0025：捷径接近恒等映射，但 F 的分量也只有 g 那么大。',
    },
    'exclusive-gate-7': {
      name: '互斥门控，偏置 −7',
      why: '门的初值为 0.0009：捷径更干净，F 却更微弱。对一方有利的，对另一方有害。',
    },
    'shortcut-gate-0': {
      name: '仅捷径门控，偏置 0',
      why: 'F 保持完整，但捷径上的 1 − g 初值约为一半，直接通路逐个单元衰减。',
    },
    'shortcut-gate-6': {
      name: '仅捷径门控，偏置 −6',
      why: '1 − g 的初值接近 1：捷径又几乎是恒等映射，错误率也几乎相同。',
    },
    conv1x1: {
      name: '1×1 卷积',
      why: '它能学到恒等映射，表达能力更强，但在深层网络里直接通路成了许多矩阵的乘积，难以优化。',
    },
    dropout: {
      name: 'Dropout 0.5',
      why: '每一步都丢掉捷径上的一半数值：信号和梯度要穿过许多层这样的掩码才能通过深层网络。',
    },
    original: {
      name: '原始顺序',
      why: '加法之后的 ReLU 立在单元之间的路径上：它使式 4 不再成立，反向时又遮挡一部分梯度。',
    },
    'bn-after-addition': {
      name: '加法之后的 BN',
      why: '加法之后的 BN 改变了每条捷径带来的信号：路径本身不再是恒等映射，训练从一开始就慢。',
    },
    'relu-before-addition': {
      name: '加法之前的 ReLU',
      why: 'F 以 ReLU 结尾，只能做加法：信号逐个单元增大，任何单元都无法减去什么。',
    },
    'relu-only-preactivation': {
      name: '仅 ReLU 预激活',
      why: '路径是干净的，但 F 开头的 ReLU 读到的信号没有经过 BN 归一化：结果与原始顺序相近。',
    },
    'full-preactivation': {
      name: '完全预激活',
      why: 'BN 和 ReLU 只在 F 之内：单元之间的路径是恒等映射，每个卷积读到的都是归一化的输入。',
    },
  },
} as const
