import type { Catalogue } from './catalogue'
import { compare } from './zh/compare'
import { curves } from './zh/curves'
import { formats } from './zh/formats'
import { labs } from './zh/labs'
import { learn } from './zh/learn'
import { meter } from './zh/meter'
import { recipes } from './zh/recipes'
import { runs } from './zh/runs'
import { selfTest } from './zh/self-test'
import { shell } from './zh/shell'
import { slow } from './zh/slow'
import { train } from './zh/train'
import { unit } from './zh/unit'

export default {
  compare,
  curves,
  formats,
  labs,
  learn,
  meter,
  recipes,
  runs,
  selfTest,
  shell,
  slow,
  train,
  unit,
} satisfies Catalogue
