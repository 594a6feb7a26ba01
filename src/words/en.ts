import { formats } from './en/formats'
import { meter } from './en/meter'
import { recipes } from './en/recipes'
import { shell } from './en/shell'
import { train } from './en/train'

export default { formats, meter, recipes, shell, train }
