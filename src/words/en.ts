import { shell } from './en/shell'

export default { shell }
