/** The roles that stand on the database: api, conductor, and all, which has an agent of its own besides. */
import type { DriverChoice } from '../agent/driver-set.ts'
import { openMetrics } from '../process/metrics-endpoint.ts'
import { roleEndpoint } from '../process/role-endpoint.ts'
import { ReconcilerLoop } from '../reconcilers/reconciler.ts'
import { schemaGuard } from '../reconcilers/schema-guard.ts'
import { DatabaseClock } from '../store/database-clock.ts'
import type { Db } from '../store/database.ts'
import { countUntestedHosts } from '../store/smoke-tests.ts'
import type { Logger } from '../util/logger.ts'
import { waitUntil } from '../util/wait-until.ts'
import { busReadiness, openControlBus } from './open-bus.ts'
import { databaseReadiness, openStore, stateSource } from './open-store.ts'
import type { ControlParts, ProcessParts, ReadinessProbe } from './parts.ts'
import { makeOwnAgent } from './own-agent.ts'
import { startApi } from './start-api.ts'
import { startConductorRole } from './start-conductor.ts'

const smokePatienceMs = 15_000

export async function startControl(process: ProcessParts, drivers: readonly DriverChoice[]): Promise<void> {
  const { config, log, http, metrics, teardown } = process
  const db = await openStore(process)
  const shown = await openMetrics(config.metrics, metrics, stateSource(db), log)
  teardown.add(() => shown.stop())
  const { bus, accounts } = await openControlBus(process)
  const clock = await DatabaseClock.start(db, { log })
  const guard = new ReconcilerLoop([schemaGuard({ db, stop: process.fail })], log)
  guard.start()
  teardown.add(
    () => clock.stop(),
    () => guard.stop(),
  )
  const parts: ControlParts = { ...process, db, bus, clock }
  let begun = false
  const probes: ReadinessProbe[] = [() => databaseReadiness(db), () => busReadiness(bus)]
  if (config.role !== 'api') {
    probes.push(() => ({ name: 'conductor', ok: begun, message: begun ? 'at work' : 'its hosts are starting' }))
  }
  const extras = { probes, accounts, showMetrics: shown.read }
  const api = config.role === 'conductor' ? undefined : await startApi(parts, extras)
  if (api === undefined) {
    const readiness = () => Promise.all(probes.map(async (probe) => probe()))
    http.serve(roleEndpoint({ readiness, readMetrics: shown.read }))
  }
  if (config.role === 'api') return
  const conductor = await startConductorRole(parts)
  if (config.role === 'all' && api !== undefined) {
    const agent = await makeOwnAgent(parts, api, drivers)
    // Stopped after the conductor, which would count on it.
    teardown.add(() => agent.stop())
    teardown.add(() => conductor.stop())
    await agent.start()
    conductor.begin()
    await hostsTested(db, log)
  } else {
    teardown.add(() => conductor.stop())
    conductor.begin()
  }
  begun = true
}

/** Whoever waits for this service wants to make a server next. Hosts that take long, or are not well, are not waited for. */
async function hostsTested(db: Db, log: Logger): Promise<void> {
  const probe = async (): Promise<true | undefined> => ((await countUntestedHosts(db)) === 0 ? true : undefined)
  await waitUntil('all hosts to be tested', probe, { timeoutMs: smokePatienceMs, everyMs: 10 }).catch(() =>
    log.warn({ smokePatienceMs }, 'some hosts are still being tested; they take work when that went well'),
  )
}
