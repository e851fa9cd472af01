/** Wires a conductor: engine, intake and reconcilers over one database and one bus. Tests wire theirs with this too. */
import type { Bus } from '../bus/bus.ts'
import { AgentCalls, type AgentCallTimes } from '../operations/agent-calls.ts'
import { AgentIntake } from '../operations/agent-intake.ts'
import { OperationEngine, type EngineOptions } from '../operations/engine/operation-engine.ts'
import { HostDirectory } from '../operations/host-directory.ts'
import { Placement, type PlacementObserver } from '../operations/placement.ts'
import { allSagas } from '../operations/sagas.ts'
import { Wakeups } from '../operations/wakeups.ts'
import { allReconcilers } from '../reconcilers/all.ts'
import { ReconcilerLoop } from '../reconcilers/reconciler.ts'
import type { Db } from '../store/database.ts'
import type { HostDefaults } from '../store/host-descriptions.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'

export interface ConductorParts {
  readonly db: Db
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
  readonly identity: { purgeExpiredTokens(): Promise<number> }
}

export interface ConductorOptions {
  readonly hostDefaults: HostDefaults
  /** How long a guest may take to shut itself down before it is switched off. */
  readonly stopGraceMs: number
  readonly engine?: Omit<EngineOptions, 'owner'>
  /** Begins the names under which this conductor's engines hold leases, from start to start. */
  readonly ownerPrefix?: string
  readonly callTimes?: Partial<AgentCallTimes>
  /** Told of each decision of the scheduler; the engine's own observer is among its options. */
  readonly placementObserver?: PlacementObserver | undefined
}

export interface Conductor {
  readonly calls: AgentCalls
  readonly engine: OperationEngine
  /** Takes up operations and duties. In one process: once the agent has joined, so that nothing fails for want of it. */
  begin(): void
  /** Lets go of operations and duties; others, or the next start, go on with them. */
  stop(): Promise<void>
}

export async function startConductor(parts: ConductorParts, options: ConductorOptions): Promise<Conductor> {
  const { db, bus, clock, log } = parts
  const calls = new AgentCalls({ db, bus, clock }, options.callTimes)
  const placement = new Placement({ db, hosts: new HostDirectory({ db, clock }), observer: options.placementObserver })
  const sagas = allSagas({ db, clock, calls, placement }, { stopGraceMs: options.stopGraceMs })
  const engine = new OperationEngine({ db, clock, log }, sagas, {
    ...options.engine,
    owner: `${options.ownerPrefix ?? ''}${crypto.randomUUID()}`,
  })
  const reconcilers = new ReconcilerLoop(allReconcilers({ ...parts, engine }), log)
  const intake = new AgentIntake({
    ...parts,
    calls,
    hostDefaults: options.hostDefaults,
    onVmsReported: () => {
      reconcilers.nudge('host-smoke-tester')
      reconcilers.nudge('power-sync')
      reconcilers.nudge('orphan-finder')
    },
  })
  const wakeups = new Wakeups({ bus, calls, engine })
  await intake.start()
  await wakeups.start()
  const begin = (): void => {
    engine.start()
    reconcilers.start()
  }
  const stop = async (): Promise<void> => {
    await reconcilers.stop()
    await engine.stop()
    await wakeups.stop()
    await intake.stop()
  }
  return { calls, engine, begin, stop }
}
