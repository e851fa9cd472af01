/**
 * Runs open operations: claims them under a lease, keeps the leases alive, and lets go of what it lost. There may be
 * any number of engines on one database.
 */
import { setInterval as repeat } from 'node:timers'
import type { OperationId } from '../../model/ids.ts'
import type { Db } from '../../store/database.ts'
import {
  claimOperation,
  listClaimableOperations,
  releaseLease,
  renewLeases,
  type LeaseTimes,
} from '../../store/leases.ts'
import type { Clock } from '../../util/clock.ts'
import type { Logger } from '../../util/logger.ts'
import { LeaseLost, OperationRun } from './operation-run.ts'
import type { OperationObserver } from './observer.ts'
import { Postponed } from './postponed.ts'
import type { CheckpointHook, Saga } from './saga.ts'

export interface EngineOptions {
  /** Names this engine in leases; unique per process start. */
  readonly owner: string
  readonly parallelOperations?: number
  readonly leaseMs?: number
  /** Waits between tries of a step that says `later`, and of an undo. */
  readonly retryDelaysMs?: readonly number[]
  readonly hook?: CheckpointHook | undefined
  readonly observer?: OperationObserver | undefined
}

const defaults: Required<Omit<EngineOptions, 'owner' | 'hook' | 'observer'>> = {
  parallelOperations: 64,
  leaseMs: 9_000,
  retryDelaysMs: [100, 400, 1_500, 4_000],
}

interface Running {
  /** Unknown until the lease is taken. */
  run: OperationRun | undefined
  ended: Promise<void>
}

export class OperationEngine {
  readonly #db: Db
  readonly #clock: Clock
  readonly #log: Logger
  readonly #options: EngineOptions & typeof defaults
  readonly #sagas: ReadonlyMap<string, Saga>
  readonly #runs = new Map<OperationId, Running>()
  readonly #wanted = new Set<OperationId>()
  #renewal: NodeJS.Timeout | undefined
  #state: 'new' | 'running' | 'stopping' = 'new'

  constructor(parts: { db: Db; clock: Clock; log: Logger }, sagas: readonly Saga[], options: EngineOptions) {
    this.#db = parts.db
    this.#clock = parts.clock
    this.#log = parts.log
    this.#options = { ...defaults, ...options }
    this.#sagas = new Map(sagas.map((saga) => [saga.kind, saga]))
  }

  get sagas(): ReadonlyMap<string, Saga> {
    return this.#sagas
  }

  /** Nudges before this are ignored: `resume` finds what they were about. */
  start(): void {
    this.#state = 'running'
    this.#renewal = repeat(() => void this.#renew(), this.#options.leaseMs / 3)
    this.#renewal.unref()
  }

  /** Lets go of everything at once: what was running goes on elsewhere, or at the next start. */
  async stop(): Promise<void> {
    this.#state = 'stopping'
    clearInterval(this.#renewal)
    const runs = [...this.#runs.values()]
    for (const { run } of runs) run?.abandon()
    await Promise.all(runs.map(({ ended }) => ended))
  }

  /** There may be work on this operation: starts it soon, unless somebody else has it. */
  nudge(id: OperationId): void {
    if (this.#state !== 'running' || this.#runs.has(id)) return
    if (this.#runs.size >= this.#options.parallelOperations) {
      this.#wanted.add(id)
      return
    }
    this.#begin(id)
  }

  /** Somebody asked for the operation's end; the request itself stands in the database. */
  cancel(id: OperationId): void {
    this.#runs.get(id)?.run?.cancel()
  }

  /** Finds open operations that nobody works on: after a crash, or when a nudge was lost. */
  async resume(): Promise<void> {
    const free = this.#options.parallelOperations - this.#runs.size
    if (free <= 0) return
    for (const id of await listClaimableOperations(this.#db, this.#times(), free)) this.nudge(id)
  }

  #begin(id: OperationId): void {
    // The place is taken before the claim is made, so that two nudges make one run.
    const running: Running = { run: undefined, ended: Promise.resolve() }
    this.#runs.set(id, running)
    running.ended = this.#claimAndRun(id, running)
      .catch((error: unknown) => this.#log.error({ operationId: id, err: error }, 'an operation stopped unexpectedly'))
      .finally(() => {
        this.#runs.delete(id)
        this.#beginNext()
      })
  }

  #beginNext(): void {
    const next = this.#wanted.values().next().value
    if (next === undefined || this.#state !== 'running') return
    this.#wanted.delete(next)
    this.nudge(next)
  }

  async #claimAndRun(id: OperationId, running: Running): Promise<void> {
    const operation = await claimOperation(this.#db, id, this.#options.owner, this.#times())
    if (operation === undefined) return
    const saga = this.#sagas.get(operation.kind)
    if (saga === undefined) throw new Error(`no saga for operations of kind ${operation.kind}`)
    const { hook, observer, retryDelaysMs } = this.#options
    const run = new OperationRun(
      { db: this.#db, clock: this.#clock, log: this.#log, hook, observer, retryDelaysMs },
      saga,
      operation,
    )
    running.run = run
    if (this.#state !== 'running') run.abandon()
    try {
      await run.run()
    } catch (error) {
      // Without a database it runs out; then whoever is quickest goes on.
      await releaseLease(this.#db, run.lease).catch(() => undefined)
      if (error instanceof Postponed) this.#nudgeLater(id, error.afterMs)
      else if (!(error instanceof LeaseLost)) throw error
    }
  }

  #times(): LeaseTimes {
    return { nowMs: this.#clock.nowMs(), leaseMs: this.#options.leaseMs }
  }

  #nudgeLater(id: OperationId, afterMs: number): void {
    setTimeout(() => this.nudge(id), afterMs).unref()
  }

  async #renew(): Promise<void> {
    if (this.#runs.size === 0) return
    try {
      const held = await renewLeases(this.#db, this.#options.owner, [...this.#runs.keys()], this.#times())
      const byId = new Map(held.map((lease) => [lease.operationId, lease]))
      for (const [id, { run }] of this.#runs) {
        const lease = byId.get(id)
        if (run === undefined) continue
        if (lease === undefined || lease.epoch !== run.lease.epoch) run.abandon()
        else if (lease.cancelRequested) run.cancel()
      }
    } catch (error) {
      this.#log.error({ err: error }, 'leases could not be renewed')
    }
  }
}
