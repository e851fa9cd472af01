/**
 * One clock for all processes on a database: PostgreSQL's own, so that leases and signs of life that one process writes
 * mean the same to the next, whatever the clocks of their machines do. Between two measurements time goes on by the
 * monotonic clock. SQLite's time is this machine's.
 */
import type { Clock } from '../util/clock.ts'
import { silentLogger, type Logger } from '../util/logger.ts'
import { isPostgres, type Db } from './database.ts'

export interface DatabaseClockOptions {
  readonly log?: Logger
  readonly measureEveryMs?: number
  /** Of this machine; replaced in tests. */
  readonly local?: Clock
}

/** An answer that took longer says too little about when it was. */
const longestRoundTripMs = 1_000
/** A correction by less holds the clock for a moment instead of turning it back. */
const heldMs = 1_000

export class DatabaseClock implements Clock {
  readonly #db: Db
  readonly #local: Clock
  readonly #log: Logger
  readonly #timer: NodeJS.Timeout
  /** Database time at monotonic zero. */
  #originMs: number
  #lastMs = 0
  #measuring: Promise<void> | undefined

  private constructor(db: Db, originMs: number, options: DatabaseClockOptions, local: Clock) {
    this.#db = db
    this.#local = local
    this.#log = options.log ?? silentLogger
    this.#originMs = originMs
    this.#timer = setInterval(() => void this.measure(), options.measureEveryMs ?? 5_000)
    this.#timer.unref()
  }

  /** @throws whatever the first measurement throws */
  static async start(db: Db, options: DatabaseClockOptions = {}): Promise<DatabaseClock> {
    const { local = { nowMs: () => Date.now(), monotonicMs: () => performance.now() } } = options
    const measured = await measure(db, local)
    return new DatabaseClock(db, measured.originMs, options, local)
  }

  nowMs(): number {
    const nowMs = Math.floor(this.#originMs + this.#local.monotonicMs())
    const isHeld = nowMs < this.#lastMs && this.#lastMs - nowMs < heldMs
    if (!isHeld) this.#lastMs = nowMs
    return this.#lastMs
  }

  monotonicMs(): number {
    return this.#local.monotonicMs()
  }

  /** Asks the database now; done by itself every few seconds. Never rejects: without an answer the clock goes on by itself. */
  measure(): Promise<void> {
    this.#measuring ??= this.#correct().finally(() => {
      this.#measuring = undefined
    })
    return this.#measuring
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#measuring
  }

  async #correct(): Promise<void> {
    try {
      const { originMs, roundTripMs } = await measure(this.#db, this.#local)
      if (roundTripMs > longestRoundTripMs) return
      const jumpMs = originMs - this.#originMs
      if (Math.abs(jumpMs) > heldMs) this.#log.warn({ jumpMs: Math.round(jumpMs) }, 'the database’s clock jumped')
      this.#originMs = originMs
    } catch (error) {
      this.#log.debug({ err: error }, 'the database’s clock could not be read; time goes on without it')
    }
  }
}

async function measure(db: Db, local: Clock): Promise<{ originMs: number; roundTripMs: number }> {
  if (!isPostgres(db)) return { originMs: local.nowMs() - local.monotonicMs(), roundTripMs: 0 }
  const beforeMs = local.monotonicMs()
  const { rows } = (await db.raw('select (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms')) as {
    rows: { now_ms: number }[]
  }
  const roundTripMs = local.monotonicMs() - beforeMs
  return { originMs: (rows[0]?.now_ms ?? local.nowMs()) - (beforeMs + roundTripMs / 2), roundTripMs }
}
