import type { Catalogue } from './catalogue'
import { formats } from './zh/formats'
import { recipes } from './zh/recipes'
import { shell } from './zh/shell'
import { train } from './zh/train'

export default { formats, recipes, shell, train } satisfies Catalogue
