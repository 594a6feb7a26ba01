import type { StoreApi } from 'zustand/vanilla'
import type { MetricsHistory } from '../curves/history'
import { withAdjustment } from '../run/adjustment'
import type { PastOfRun, RunEvent } from '../worker/protocol'
import type { BenchState } from './bench'
import { runAsAdjusted } from './live-settings'

/** Takes an event of the page's run into the state; those of a run that was left are dropped. */
export function receive(
  event: RunEvent,
  { getState, setState }: StoreApi<BenchState>,
  history: MetricsHistory,
) {
  const { active, draft } = getState()
  if (event.type === 'restored') {
    // One that was asked for before the run that is there now came too late.
    if (event.id <= active.id) return
    const { id, key, run, weightsOf, fromSeed } = event
    const adjustments = event.adjustments ?? []
    const settings = runAsAdjusted(run, adjustments)
    retell(event, history)
    return setState({
      active: { id, key, run },
      adjustments,
      ...(weightsOf === undefined || fromSeed ? { draft: settings, problems: [] } : { draft }),
      startsFrom:
        weightsOf === undefined ? undefined : { name: weightsOf, fromSeed: fromSeed ?? [] },
      progress: undefined,
      profile: undefined,
      slow: undefined,
      kernels: undefined,
      weights: undefined,
      setBack: undefined,
    })
  }
  if ('id' in event && event.id !== active.id) return
  switch (event.type) {
    case 'device':
      return setState({ device: event.device })
    case 'data':
      return setState({ data: event.data })
    case 'planned':
      return setState({ cost: event.cost })
    case 'phase':
      return setState({ phase: event.phase })
    case 'progress':
      return setState({ progress: event.progress })
    case 'kernels':
      return setState({ kernels: event.kernels })
    case 'profile':
      return setState({ profile: event.profile })
    case 'slow-step':
      return setState({ slow: { ...event.slow, classes: event.classes } })
    case 'steps':
      return history.append(event.steps)
    case 'adjusted': {
      const adjustments = withAdjustment(getState().adjustments, event.adjustment)
      history.addMark(event.adjustment)
      return setState({ adjustments })
    }
    case 'evaluation':
      return history.addEvaluation(event.evaluation)
    case 'weights':
      return setState({ weights: event.weights })
    case 'refused': {
      const { name, message, remedy } = event
      return setState({ refused: { name, message, remedy } })
    }
    case 'unsaved':
      return setState({ unsaved: { full: event.full, message: event.message } })
    case 'kept':
      return setState({ unsaved: undefined })
    case 'set-back':
      retell(event, history)
      return setState({
        setBack: event.setBack,
        adjustments: event.adjustments ?? [],
        progress: undefined,
        weights: undefined,
      })
    case 'file':
    case 'meter':
    case 'meter-status':
      return
    default:
      event satisfies never
  }
}

/** Puts what a run had given until its checkpoint in the place of what is there. */
function retell({ steps, evaluations, adjustments = [] }: PastOfRun, history: MetricsHistory) {
  history.clear()
  history.append(steps)
  for (const evaluation of evaluations) history.addEvaluation(evaluation)
  for (const mark of adjustments) history.addMark(mark)
}
