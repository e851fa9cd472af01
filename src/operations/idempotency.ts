/**
 * Requests that are done once however often they are sent. The database keeps what was answered; this owns the
 * requests that this process is working on, so that a repeat waits for the first instead of being sent away.
 */
import { createHash, createHmac } from 'node:crypto'
import { conflict, PolyvisorError } from '../model/errors.ts'
import type { UserId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { isDatabaseUnavailable } from '../store/database-errors.ts'
import { deleteKey, deleteOldKey, findKey, insertKey, keepAnswer, type KeptAnswer } from '../store/idempotency-keys.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'

export type { KeptAnswer } from '../store/idempotency-keys.ts'

export const keptForMs = 24 * 3_600_000

export interface KeyedRequest {
  readonly userId: UserId
  readonly key: string
  /** Everything that makes two requests the same. */
  readonly facts: readonly unknown[]
}

/** `fresh`: of this very work, or of the first request's that was still under way. `kept`: from the database. */
export type OnceResult<T> = { readonly fresh: T } | { readonly kept: KeptAnswer }

export interface IdempotencyService {
  /**
   * Does `work` unless it was done under this key already.
   * @param keep what a later repeat may be told: without secrets
   * @throws PolyvisorError unprocessable (the key was another request's), conflict (it is not known what came of it),
   * and what `work` throws; after a refusal the key is free again
   */
  once<T>(request: KeyedRequest, work: () => Promise<T>, keep: (answer: T) => KeptAnswer): Promise<OnceResult<T>>
}

interface Running {
  readonly fingerprint: string
  /** undefined: it failed. Never rejects. */
  readonly outcome: Promise<OnceResult<unknown> | undefined>
}

export class IdempotencyRecords implements IdempotencyService {
  readonly #db: Db
  readonly #clock: Clock
  readonly #log: Logger
  readonly #running = new Map<string, Running>()

  constructor(db: Db, clock: Clock, log: Logger) {
    this.#db = db
    this.#clock = clock
    this.#log = log
  }

  async once<T>(
    request: KeyedRequest,
    work: () => Promise<T>,
    keep: (answer: T) => KeptAnswer,
  ): Promise<OnceResult<T>> {
    const keyHash = createHash('sha256').update(`${request.userId}\0${request.key}`).digest('hex')
    // Keyed with the key, which is stored nowhere: nobody can try passwords against it.
    const fingerprint = createHmac('sha256', request.key).update(JSON.stringify(request.facts)).digest('hex')
    for (;;) {
      const running = this.#running.get(keyHash)
      // Nothing is awaited between this look and the entry in the map: one at a time in this process.
      if (running === undefined) return this.#begin(keyHash, fingerprint, work, keep)
      if (running.fingerprint !== fingerprint) throw reused()
      const outcome = await running.outcome
      if (outcome !== undefined) return outcome as OnceResult<T>
    }
  }

  async #begin<T>(
    keyHash: string,
    fingerprint: string,
    work: () => Promise<T>,
    keep: (answer: T) => KeptAnswer,
  ): Promise<OnceResult<T>> {
    const attempt = this.#attempt(keyHash, fingerprint, work, keep)
    this.#running.set(keyHash, { fingerprint, outcome: attempt.catch(() => undefined) })
    try {
      return await attempt
    } finally {
      this.#running.delete(keyHash)
    }
  }

  async #attempt<T>(
    keyHash: string,
    fingerprint: string,
    work: () => Promise<T>,
    keep: (answer: T) => KeptAnswer,
  ): Promise<OnceResult<T>> {
    const earlier = await this.#claim(keyHash, fingerprint)
    if (earlier !== undefined) return { kept: earlier }
    const fresh = await this.#do(keyHash, work)
    try {
      await keepAnswer(this.#db, keyHash, keep(fresh))
    } catch (error) {
      // It is done, and its sender shall hear so; a repeat will be told that nobody knows.
      this.#log.error({ err: error }, 'an answer to a keyed request could not be kept')
    }
    return { fresh }
  }

  /** @returns what was answered before, or undefined when the key is ours now */
  async #claim(keyHash: string, fingerprint: string): Promise<KeptAnswer | undefined> {
    const nowMs = this.#clock.nowMs()
    while (!(await insertKey(this.#db, keyHash, fingerprint, nowMs))) {
      const record = await findKey(this.#db, keyHash)
      if (record === undefined) continue
      if (record.createdAtMs <= nowMs - keptForMs) await deleteOldKey(this.#db, keyHash, nowMs - keptForMs)
      else if (record.fingerprint !== fingerprint) throw reused()
      else if (record.answer === undefined) throw unknownOutcome()
      else return record.answer
    }
    return undefined
  }

  async #do<T>(keyHash: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (isRefusal(error)) await deleteKey(this.#db, keyHash)
      throw error
    }
  }
}

/** Said on purpose, so nothing was done; of any other error nobody knows how far it came. */
function isRefusal(error: unknown): boolean {
  return error instanceof PolyvisorError && error.kind !== 'internal' && !isDatabaseUnavailable(error)
}

function reused(): PolyvisorError {
  return new PolyvisorError(
    'unprocessable',
    'idempotency-key-reused',
    'This Idempotency-Key was sent with another request before. Use a new key for each request that is not a repeat.',
  )
}

function unknownOutcome(): PolyvisorError {
  return conflict(
    'idempotency-outcome-unknown',
    'A request with this Idempotency-Key was begun and its end is not known: it is under way elsewhere, or was cut. ' +
      'Look whether it has had its effect; to do it again, use a new key.',
  )
}
