import { openCheckpoints } from '../archive/checkpoints'
import { RunDatabase } from '../archive/database'
import { isComparisonLink, isRunLink } from '../run/link'
import { startWorker, type TrainingClient } from '../worker/client'
import { type AppUpdate, createAppUpdate, registerServiceWorker } from './app-update'
import { type Bench, createBench, type Download, isBusy } from './bench'
import { clientInTurn } from './client-in-turn'
import { giveWay } from './give-way'
import { KeptRuns } from './kept-runs'
import { createLabs, type Labs } from './labs'
import { type LanguageChoice, startLanguage } from './language'
import { createLearn, type Learn } from './learn'
import { createRunMeter, type RunMeter } from './meter'
import { listenForFaults, type UncaughtFault } from './page-faults'
import { showTracks } from './performance-tracks'
import { createPower, type Power } from './power'
import { createRace, isRaceBusy, type Race } from './race'
import { createRaceMeter, type RaceMeter } from './race-meter'
import { RaceRecorder } from './race-recorder'
import { Recorder } from './recorder'
import { Turn } from './turn'
import { versionsOf } from './versions'

/** Where the pages of this browser hear of each other. */
const TABS = 'residual-playground.tabs'

/** What a developer can have instead of the worker: `?fake`, `?fake=software`, `?fake=none`. */
async function fakeClient(kind: string): Promise<TrainingClient> {
  const { FakeClient } = await import('../worker/fake')
  if (kind === 'none') {
    const reason = 'This browser has no WebGPU (navigator.gpu is missing).'
    return new FakeClient({ state: 'unavailable', reason, remedy: 'Use a browser that has it.' })
  }
  const software = kind === 'software'
  return new FakeClient({ state: 'ready', name: 'Fake adapter', software, f16: !software })
}

/** The browser's storage; reading the property itself throws where cookies are blocked. */
function localStorageOf(page: Window): Storage | undefined {
  try {
    return page.localStorage
  } catch {
    return undefined
  }
}

/** Hands files to the user as the browser's downloads. */
function downloadsOf(page: Window): Download {
  return (name, bytes) => {
    const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
    const link = page.document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    // The download has begun by then; revoked at once it would fail in some browsers.
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
}

/** Keeps the run whenever the page may go away: a hidden one can end without another word. */
function keepWhenHidden(page: Window, keep: () => void): void {
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'hidden') keep()
  })
  page.addEventListener('pagehide', keep)
}

/** Opens links to a run or a comparison, when the page begins and later; places follow them. */
function openLinks(page: Window, bench: Bench, race: Race): void {
  const open = () => {
    const { hash } = page.location
    if (isRunLink(hash)) bench.openLink(hash)
    else if (isComparisonLink(hash)) race.openLink(hash)
    else return
    page.history.replaceState(null, '', isRunLink(hash) ? '#train' : '#compare')
  }
  page.addEventListener('hashchange', open)
  open()
}

/** What concerns the page as a whole, whatever its place. */
export interface PageNotices {
  uncaught: UncaughtFault
  update: AppUpdate
  turn: Turn
  power: Power
}

/** Tells whether anything trains, whenever that may have changed. */
function watchTraining({ store }: Bench, races: readonly Race[], power: Power): void {
  const tell = () => {
    const busy = races.some((race) => isRaceBusy(race.store.getState().phase))
    power.setTraining(busy || isBusy(store.getState().phase))
  }
  for (const watched of [store, ...races.map((race) => race.store)]) watched.subscribe(tell)
}

/** What the page knows: bench and race with their meters, kept runs, and its language. */
export interface PageState {
  language: LanguageChoice
  bench: Bench
  race: Race
  meters: { run: RunMeter; race: RaceMeter }
  runs: KeptRuns
  labs: Labs
  learn: Learn
  notices: PageNotices
}

/** The state of this page, with a training worker of its own. */
export async function startPage(page: Window): Promise<PageState> {
  const uncaught = listenForFaults(page)
  const fake = import.meta.env.DEV && new URLSearchParams(page.location.search).get('fake')
  const worker = typeof fake === 'string' ? await fakeClient(fake) : startWorker()
  const tabs = { locks: page.navigator.locks, channel: new BroadcastChannel(TABS) }
  const turn = new Turn(tabs, {
    begin: () => void runs.load(),
    giveWay: () =>
      giveWay({ client, bench, race, lesson: learn.race, recorders: [recorder, raceRecorder] }),
  })
  const client = clientInTurn(worker, turn)
  client.subscribe((event) => {
    if (event.type === 'profile') showTracks(event.profile, page.performance)
  })
  const storage = localStorageOf(page)
  const language = startLanguage(page, storage)
  const bench = createBench(client, storage, downloadsOf(page))
  const race = createRace(client, bench.store, storage)
  const meters = {
    run: createRunMeter(client, bench.store, storage),
    race: createRaceMeter(client, race.store),
  }
  const labs = createLabs(client, bench, storage)
  const learn = createLearn(client, bench.store, storage)
  const runs = new KeptRuns({
    openDatabase: () => RunDatabase.open(),
    openCheckpoints,
    manager: page.navigator.storage,
  })
  const recorder = new Recorder(bench, runs, versionsOf(page.navigator))
  const raceRecorder = new RaceRecorder(bench, race, runs, versionsOf(page.navigator))
  client.subscribe((event) => {
    if (event.type === 'kept' && raceRecorder.takeCheckpoint(event)) return
    recorder.receive(event)
    raceRecorder.receive(event)
  })
  await turn.start()
  if (turn.store.getState().state !== 'here') runs.load()
  openLinks(page, bench, race)
  keepWhenHidden(page, () => {
    bench.keep()
    recorder.writeDown()
    raceRecorder.writeDown()
  })
  const power = createPower(page.document, page.navigator)
  watchTraining(bench, [race, learn.race], power)
  const update = createAppUpdate(page, () => registerServiceWorker(page))
  const notices = { uncaught, update, turn, power }
  return { bench, race, meters, runs, labs, learn, notices, language: await language }
}
