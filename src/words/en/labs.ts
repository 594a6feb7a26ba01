export const labs = {
  title: 'Labs',
  about:
    'The two tables of He et al. 2016, one unit after another. The figures of the paper are test errors of nets of 110 and 164 layers after 64,000 steps, medians of five runs. What is trained here is a net of 20 layers, half as wide, for some hundred steps: it shows how a unit behaves, and does not reproduce the table.',
  pictures: 'Pictures',
  builtIn: 'built-in pictures',
  getCifar: 'For CIFAR-10, get it on Train, under Pictures.',
  table: {
    shortcuts: {
      title: 'Table 1: what stands on the shortcut',
      about:
        'Basic units of the original order, with a ReLU after the addition. h(x) is the identity, or one of its five rivals.',
    },
    orders: {
      title: 'Table 2: where BN and ReLU stand',
      about:
        'The identity on the shortcut; the same layers in five orders, in two kinds of blocks.',
    },
  },
  row: {
    clean: 'The identity',
    scaling: 'Constant scaling',
    exclusive: 'Exclusive gate',
    shortcutOnly: 'Shortcut-only gate',
    others: '1×1 convolution and dropout',
    basic: 'Basic units (ResNet-110 in the paper)',
    bottleneck: 'Bottleneck units (ResNet-164 in the paper)',
  },
  sideBySide: 'Train side by side',
  sideBySideOf: 'Train side by side: {row}',
  paper: 'test error of {net} in the paper',
  train: 'Train this',
  trainOf: 'Train this: {name}',
  trainAgain: 'Train again',
  pause: 'Pause',
  pauseOf: 'Pause: {name}',
  untrained: 'Not trained here yet.',
  curve: 'Accuracy over the steps, from 0 to 100 %: the batches as a line, validation as dots',
  accuracy: '{accuracy} of {images, number} held-out images after {step, number} steps',
  notValidated: 'Not validated yet.',
  trained:
    'Trained here: {steps, number} of {of, number} steps of {batch, number} images, on {images, number} {pictures}, seed {seed}.',
  run: 'Its run',
  runOf: 'The kept run of {name}',
  phase: {
    idle: 'Ready',
    compiling: 'Compiling the kernels…',
    training: 'Training…',
    profiling: 'Profiling…',
    evaluating: 'Validating…',
    paused: 'Paused',
    finished: 'Finished',
  },
  reading: {
    title: 'The signal meter after {step, number} steps',
    defect: 'Equation 4 is off by',
    path: 'Direct path to the stage’s end',
    predicted: '{measured} (Πλ = {predicted})',
    masked: 'Gradient’s energy masked by the ReLU',
  },
  unit: {
    identity: {
      name: 'Identity',
      why: 'Nothing stands on the shortcut: signal and gradient pass every addition as they are, but for the ReLU behind it.',
    },
    none: {
      name: 'No shortcut: 0 h + F',
      why: 'A factor of 0 leaves a plain net: no direct path at all, and at 110 layers it does not train.',
    },
    'scaling-one': {
      name: 'Scaling: 0.5 h + F',
      why: 'Each shortcut halves the signal. Over L units the direct path is down to 0.5 to the power of L, and the deep net does not train.',
    },
    'scaling-half': {
      name: 'Scaling: 0.5 h + 0.5 F',
      why: 'With the same factor on F the signal keeps its size and the net trains, but the direct path still halves from unit to unit.',
    },
    'exclusive-gate-0': {
      name: 'Exclusive gate, bias 0',
      why: 'The gate starts near a half: 1 − g scales the shortcut by about 0.5 in every unit, as a constant would.',
    },
    'exclusive-gate-6': {
      name: 'Exclusive gate, bias −6',
      why: 'The gate starts at 0.0025: the shortcut is nearly the identity, but F counts as little as g says.',
    },
    'exclusive-gate-7': {
      name: 'Exclusive gate, bias −7',
      why: 'The gate starts at 0.0009: the shortcut is cleaner still and F fainter still. What helps the one harms the other.',
    },
    'shortcut-gate-0': {
      name: 'Shortcut-only gate, bias 0',
      why: 'F is whole, but 1 − g starts near a half on the shortcut, and the direct path shrinks unit by unit.',
    },
    'shortcut-gate-6': {
      name: 'Shortcut-only gate, bias −6',
      why: '1 − g starts near 1: the shortcut is nearly the identity again, and so is the error.',
    },
    conv1x1: {
      name: '1×1 convolution',
      why: 'It could learn the identity and more besides, but in a deep net the direct path becomes a product of many matrices, which is hard to optimise.',
    },
    dropout: {
      name: 'Dropout 0.5',
      why: 'Half of the shortcut’s values are missing in every step: signal and gradient get through a deep net only past many such masks.',
    },
    original: {
      name: 'Original',
      why: 'The ReLU after the addition stands on the path from unit to unit: it breaks equation 4, and on the way back it masks a part of the gradient.',
    },
    'bn-after-addition': {
      name: 'BN after the addition',
      why: 'BN after the addition changes what every shortcut brings: the path itself is no identity any more, and training is slow from the start.',
    },
    'relu-before-addition': {
      name: 'ReLU before the addition',
      why: 'F ends in a ReLU and can only add: the signal grows from unit to unit, and no unit can take anything back.',
    },
    'relu-only-preactivation': {
      name: 'ReLU-only pre-activation',
      why: 'The path is clean, but the ReLU that leads F reads a signal that no BN has normalised: it does about as well as the original.',
    },
    'full-preactivation': {
      name: 'Full pre-activation',
      why: 'BN and ReLU stand within F alone: the path from unit to unit is the identity, and every convolution reads a normalised input.',
    },
  },
} as const
