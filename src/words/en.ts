import { formats } from './en/formats'
import { recipes } from './en/recipes'
import { shell } from './en/shell'
import { train } from './en/train'

export default { formats, recipes, shell, train }
