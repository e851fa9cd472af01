/**
 * Who holds a token may open one console of one instance, for ten minutes and a few times: pages reconnect by themselves
 * when their connection breaks. Tokens are random and stored as hashes.
 */
import { createHash } from 'node:crypto'
import type { ConsoleKind } from '../model/console.ts'
import type { InstanceId } from '../model/ids.ts'
import { findConsoleToken, insertConsoleToken, useConsoleToken } from '../store/console-tokens.ts'
import type { Db } from '../store/database.ts'
import type { Clock } from '../util/clock.ts'
import { randomText } from '../util/random-text.ts'

const lifetimeMs = 600_000
const uses = 10

export interface ConsoleGrant {
  readonly instanceId: InstanceId
  readonly kind: ConsoleKind
}

export class ConsoleTokens {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  async issue({ instanceId, kind }: ConsoleGrant): Promise<string> {
    const token = randomText(32)
    const nowMs = this.#clock.nowMs()
    const expiresAtMs = nowMs + lifetimeMs
    await insertConsoleToken(
      this.#db,
      { tokenHash: hashOf(token), instanceId, kind, usesLeft: uses, expiresAtMs },
      nowMs,
    )
    return token
  }

  /** What it is good for, without using it. */
  async look(token: string): Promise<ConsoleGrant | undefined> {
    return findConsoleToken(this.#db, hashOf(token), this.#clock.nowMs())
  }

  /** @returns undefined when it was made up, has expired or is used up */
  async redeem(token: string): Promise<ConsoleGrant | undefined> {
    const grant = await this.look(token)
    return grant !== undefined && (await useConsoleToken(this.#db, hashOf(token))) ? grant : undefined
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(`console:${token}`).digest('hex')
}
