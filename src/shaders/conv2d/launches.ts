import { groups, type Launch, UNIFORM_BYTES } from '../../gpu/launch'
import type { Variable } from '../op'
import { mapSizes } from '../shape'
import { sumParts } from '../sum-parts'
import { byteLength, elements, paddedShape, quads, type TensorType, tensorType } from '../tensor'
import { type ConvKernel, convShape, FIXED_CHOICE, kernelFor, TILE } from './choice'
import directCode from './direct.wgsl?raw'
import filterGradientCode from './filter-gradient.wgsl?raw'
import mapCode from './map.wgsl?raw'
import type { ConvAttributes } from './reference'
import rowCode from './row.wgsl?raw'
import tiledCode from './tiled.wgsl?raw'
import weightsStorageCode from './weights-storage.wgsl?raw'
import weightsUniformCode from './weights-uniform.wgsl?raw'

const GROUP = 64

type Scratch = (label: string, type: TensorType) => Variable

/** Of 8 pixels in a row of one phase. */
function tilesOf(map: TensorType, phases: number): number {
  const [N, H, W] = mapSizes(map)
  return N * Math.ceil(H / phases) * Math.ceil(Math.ceil(W / phases) / TILE)
}

/** Two vec4s a tile and four channels: {mean, M2} forward, {Σ dz, Σ dz·x̂} backward. */
export function partsType(map: TensorType, phases = 1): TensorType {
  const C = map.shape.at(-1)!
  return tensorType('pic', [tilesOf(map, phases) * phases * phases, quads(C) * 2, 4])
}

/** Tiles of a map's row, and pixels: tile t holds as many as there are of t, t + across, … */
export function tileLayout(map: TensorType) {
  const [, , width] = mapSizes(map)
  return { across: Math.ceil(width / TILE), width }
}

/** Of a convolution or of one of its gradients: each pixel of the output's map meets the filter. */
function flopsOf(map: TensorType, filter: TensorType): number {
  const [N, P, Q] = mapSizes(map)
  return 2 * N * P * Q * elements(filter.shape)
}

interface Convolution {
  source: Variable
  filter: Variable
  result: Variable
  /** Of the batch norm before (prologue) or, backward, of the one whose ReLU is passed. */
  coefficients?: Variable | undefined
  addend?: Variable | undefined
  /** Where the tiles' statistics or sums go. */
  parts?: Variable | undefined
  /** Backward: the batch norm's input. */
  raw?: Variable
  /** Backward: what the ReLU gave, where it was not the batch norm alone that went into it. */
  passed?: Variable | undefined
  /** Stands where no coefficients are bound. */
  settings: Variable
  scratch: Scratch
}

/** A workgroup of the tiled kernel: 8-pixel tiles × channel quads, as many as it has threads. */
function tiling(kernel: 'tiled' | 'tiled-wide', quadsMade: number) {
  const [threads, lanes] = kernel === 'tiled-wide' ? [256, 16] : [GROUP, quadsMade > 4 ? 8 : 4]
  return { GROUP: threads, TILES: threads / lanes, LANES: lanes, CHUNK: 4 }
}

/** What differs between the kernels: code, constants, how weights are bound, and the grid. */
function variant(kernel: ConvKernel, filter: TensorType, tiles: number, quadsMade: number) {
  if (kernel === 'tiled' || kernel === 'tiled-wide') {
    const constants = tiling(kernel, quadsMade)
    const { TILES, LANES } = constants
    const grid = [groups(tiles, TILES), Math.ceil(quadsMade / LANES)] as const
    return { code: tiledCode, constants, uniform: false, quadsEach: 1, grid }
  }
  const uniform = kernel === 'direct' && byteLength(filter) <= UNIFORM_BYTES
  const quadsEach = quadsMade > 2 && uniform ? 4 : Math.min(quadsMade, 2)
  const grid = [groups(tiles, GROUP), Math.ceil(quadsMade / quadsEach)] as const
  const code = kernel === 'row' ? rowCode : directCode
  return { code, constants: { GROUP, QUADS: quadsEach }, uniform, quadsEach, grid }
}

/** One launch of a convolution; what is given decides what is fused into it. */
function convolve(
  gradient: boolean,
  kernel: ConvKernel,
  { stride, padding }: ConvAttributes,
  { source, filter, result, coefficients, addend, parts, raw, passed, ...rest }: Convolution,
): Launch<Variable> {
  const [, sourceH, sourceW, sourceC] = mapSizes(source.type)
  const [, H, W, C] = mapSizes(result.type)
  const phases = gradient ? stride : 1
  const tiles = tilesOf(result.type, phases)
  const { code, constants, uniform, quadsEach, grid } = variant(
    kernel,
    filter.type,
    tiles,
    quads(C),
  )
  const inPlace = addend === result
  const sources = [
    `const COEFFICIENTS = ${coefficients ? byteLength(coefficients.type) / 16 : 1};`,
    `const SIZES = ${uniform ? 8 : 7};`,
    uniform ? weightsUniformCode : weightsStorageCode,
    mapCode,
    code,
  ]
  return {
    kernel: {
      label: `${gradient ? 'conv2d data gradient' : 'conv2d'} (${kernel})`,
      code: sources.join('\n'),
    },
    constants: {
      ...constants,
      ...{ GRADIENT: Number(gradient), ADD: Number(addend !== undefined) },
      IN_PLACE: Number(inPlace),
      PROLOGUE: Number(!gradient && coefficients !== undefined),
      STATISTICS: Number(!gradient && parts !== undefined),
      SUMS: Number(gradient && parts !== undefined),
      PASSED: Number(passed !== undefined),
    },
    sizes: {
      ...{ tiles, sourceH, sourceW, source4: quads(sourceC), h: H, w: W, result4: quads(C) },
      ...{ kernel: filter.type.shape[0]!, stride, padding, pixels: TILE, quads: quadsEach },
    },
    reads: [
      source,
      passed ?? (inPlace ? undefined : addend) ?? source,
      raw ?? source,
      uniform ? source : filter,
    ],
    writes: [result, parts ?? rest.scratch('no parts', tensorType('i', [4]))],
    uniforms: [coefficients ?? rest.settings, ...(uniform ? [filter] : [])],
    workgroups: [...grid, phases * phases],
    flops: flopsOf(gradient ? source.type : result.type, filter.type),
  }
}

/** y = [addend +] conv(x, w), x through the batch norm and ReLU of the coefficients if given. */
export function forwardLaunch(
  tensors: Omit<Convolution, 'raw'>,
  attributes: ConvAttributes,
): Launch<Variable> {
  const { forward } = attributes.choice ?? FIXED_CHOICE
  const shape = convShape(tensors.source.type, tensors.filter.type, attributes)
  return convolve(false, kernelFor(forward, shape), attributes, tensors)
}

/**
 * dx = [addend +] the gradient with respect to x; with `raw`, `coefficients` and `parts` it goes
 * on through the ReLU of the batch norm of raw, and is summed up for that batch norm; with `passed`
 * through the ReLU that gave it, and an addend has to be in place.
 */
export function dataGradientLaunch(
  tensors: Convolution,
  attributes: ConvAttributes,
): Launch<Variable> {
  const { dataGradient } = attributes.choice ?? FIXED_CHOICE
  const shape = convShape(tensors.result.type, tensors.filter.type, attributes)
  return convolve(true, kernelFor(dataGradient, shape), attributes, tensors)
}

const MAX_PARTS = 256

/** dw from x, through the batch norm and ReLU of the coefficients if given, and dy. */
export function filterGradientLaunches(
  tensors: Record<'x' | 'dy' | 'dw', Variable> & { coefficients?: Variable; scratch: Scratch },
  { stride, padding, choice = FIXED_CHOICE }: ConvAttributes,
): Launch<Variable>[] {
  const { x, dy, dw, coefficients, scratch } = tensors
  const [R, S, C, K] = mapSizes(dw.type)
  const [, H, W] = mapSizes(x.type)
  const [N, P, Q] = mapSizes(dy.type)
  const QUADS = Math.min(choice.filterGradientQuads, quads(K))
  const items = R * Math.ceil(S / 3) * quads(C) * Math.ceil(quads(K) / QUADS)
  const rows = N * P
  const wanted = Math.min(rows, MAX_PARTS, Math.ceil(choice.filterGradientThreads / items))
  const rowsPerPart = Math.ceil(rows / wanted)
  const parts = Math.ceil(rows / rowsPerPart)
  const size = elements(paddedShape(dw.type))
  const partials = scratch('filter gradient parts', tensorType('pi', [parts, size]))
  return [
    {
      kernel: { label: 'conv2d filter gradient', code: filterGradientCode },
      constants: {
        ...{ SLIDING: Number(stride === 1 && S > 1), TAPS: Math.min(S, 3), QUADS, GROUP },
        PROLOGUE: Number(coefficients !== undefined),
      },
      sizes: {
        ...{ items, parts, rows, rowsPerPart, h: H, w: W, c4: quads(C), p: P, q: Q, k4: quads(K) },
        ...{ kernel: R, stride, padding },
      },
      reads: [x, dy, coefficients ?? x],
      writes: [partials],
      workgroups: [groups(items * parts, GROUP), 1, 1],
      flops: flopsOf(dy.type, dw.type),
    },
    sumParts(partials, dw),
  ]
}
