import { compare } from './en/compare'
import { curves } from './en/curves'
import { formats } from './en/formats'
import { labs } from './en/labs'
import { learn } from './en/learn'
import { meter } from './en/meter'
import { recipes } from './en/recipes'
import { runs } from './en/runs'
import { selfTest } from './en/self-test'
import { shell } from './en/shell'
import { slow } from './en/slow'
import { train } from './en/train'
import { unit } from './en/unit'

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
}
