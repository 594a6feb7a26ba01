import { DoesNotFit } from '../autograd/program'
import type { ImageSource } from '../data/images'
import { shapes10 } from '../data/shapes10'
import type { DataConfig } from '../run/config'
import { CifarLoader } from './cifar-loader'
import type { DataCommand, Event } from './protocol'

const GET_OR_TAKE_OTHERS = 'Get CIFAR-10 first, or train on the built-in pictures.'
/** What to do for what was trained on CIFAR-10 and shall go on. */
export const GET_AND_TRY_AGAIN = 'Get CIFAR-10 (under Pictures), then try again.'

/** The pictures that are here to train on. */
export class Pictures {
  private readonly loader: CifarLoader
  /** Ends once what this browser has kept is here. */
  private restored: Promise<void> = Promise.resolve()

  constructor(post: (event: Event) => void) {
    this.loader = new CifarLoader((data) => post({ type: 'data', data }))
  }

  /** Takes what CIFAR-10 this browser has kept. */
  restore(): Promise<void> {
    this.restored = this.loader.restore()
    return this.restored
  }

  async handle(command: DataCommand): Promise<void> {
    switch (command.type) {
      case 'load-data':
        // It goes on while other commands are handled.
        this.loader.load(command.source)
        return
      case 'cancel-load':
        return this.loader.cancel()
      case 'remove-data':
        return this.loader.remove()
      default:
        command satisfies never
    }
  }

  /** The images that a run needs; rejects with `DoesNotFit` where they are not here. */
  async source(data: DataConfig, remedy = GET_OR_TAKE_OTHERS): Promise<ImageSource> {
    if (data.name === 'shapes10') return shapes10()
    await this.restored
    const missing = this.loader.source.missing(data.train, data.validation)
    if (missing.length === 0) return this.loader.source
    throw new DoesNotFit(
      `CIFAR-10 is not here yet: this run needs the training files ${missing.join(', ')}.`,
      remedy,
    )
  }
}
