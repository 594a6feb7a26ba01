import { DoesNotFit } from '../autograd/program'
import { GpuUnavailable } from '../gpu/device'
import { Diverged } from '../train/loop'
import { LaneFault } from '../train/race'
import { NoRightKernel } from '../tuning/wrong'

/** What a user can do about a fault. */
export function cure(error: unknown): string {
  if (error instanceof DoesNotFit || error instanceof GpuUnavailable) return error.remedy
  if (error instanceof LaneFault || error instanceof NoRightKernel) return error.remedy
  if (error instanceof Diverged) return 'Lower the learning rate, or give it a warm-up, and reset.'
  return 'Change the settings or reset; if it comes back, reload the page.'
}
