import type { Catalogue } from './catalogue'
import { shell } from './zh/shell'

export default { shell } satisfies Catalogue
