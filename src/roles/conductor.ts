/** Wires a conductor: engine, intake and reconcilers over one database and one bus. Tests wire theirs with this too. */
import type { Bus } from '../bus/bus.ts'
import { AgentCalls, type AgentCallTimes } from '../operations/agent-calls.ts'
import { AgentIntake } from '../operations/agent-intake.ts'
import { OperationEngine, type EngineOptions } from '../operations/engine/operation-engine.ts'
import { HostDirectory } from '../operations/host-directory.ts'
import { SagaInstanceService } from '../operations/instance-service.ts'
import { OperationService } from '../operations/operation-service.ts'
import { OutboxDispatcher } from '../operations/outbox-dispatcher.ts'
import { Placement, type PlacementObserver } from '../operations/placement.ts'
import { QuotaService } from '../operations/quota-service.ts'
import { allSagas } from '../operations/sagas.ts'
import { allReconcilers } from '../reconcilers/all.ts'
import { ReconcilerLoop } from '../reconcilers/reconciler.ts'
import { noQuotas, type QuotaLimits } from '../model/quotas.ts'
import type { Db } from '../store/database.ts'
import type { HostDefaults } from '../store/hosts.ts'
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
  readonly callTimes?: Partial<AgentCallTimes>
  /** What a project may have unless an admin says otherwise; without it, everything. */
  readonly quotas?: QuotaLimits
  /** Told of each decision of the scheduler; the engine's own observer is among its options. */
  readonly placementObserver?: PlacementObserver | undefined
}

export interface Conductor {
  readonly calls: AgentCalls
  readonly engine: OperationEngine
  readonly instances: SagaInstanceService
  readonly operations: OperationService
  readonly quotas: QuotaService
  readonly placement: Placement
  /** Takes up operations and duties. In one process: once the agent has joined, so that nothing fails for want of it. */
  begin(): void
  /** Lets go of operations and duties; others, or the next start, go on with them. */
  stop(): Promise<void>
}

export async function startConductor(parts: ConductorParts, options: ConductorOptions): Promise<Conductor> {
  const { db, bus, clock, log } = parts
  const outbox = new OutboxDispatcher({ db, bus, log })
  const calls = new AgentCalls({ db, bus, clock, outbox }, options.callTimes)
  const placement = new Placement({ hosts: new HostDirectory({ db, clock }), observer: options.placementObserver })
  const sagas = allSagas({ db, clock, calls, placement }, { stopGraceMs: options.stopGraceMs })
  const engine = new OperationEngine({ db, clock, log }, sagas, { ...options.engine, owner: crypto.randomUUID() })
  const reconcilers = new ReconcilerLoop(allReconcilers({ ...parts, engine, outbox }), log)
  const intake = new AgentIntake({
    db,
    bus,
    clock,
    log,
    calls,
    hostDefaults: options.hostDefaults,
    onOperationPending: (id) => engine.nudge(id),
    onVmsReported: () => {
      reconcilers.nudge('power-sync')
      reconcilers.nudge('orphan-finder')
    },
  })
  const quotas = new QuotaService(db, options.quotas ?? noQuotas)
  const instances = new SagaInstanceService({
    db,
    clock,
    quotas,
    onCommitted: () => outbox.nudge(),
    onCancelRequested: (id) => engine.cancel(id),
  })
  await intake.start()
  const begin = (): void => {
    engine.start()
    reconcilers.start()
  }
  const stop = async (): Promise<void> => {
    await reconcilers.stop()
    await engine.stop()
    await intake.stop()
    await outbox.stop()
  }
  const operations = new OperationService({ db, clock, engine })
  return { calls, engine, instances, operations, quotas, placement, begin, stop }
}
