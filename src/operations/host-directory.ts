/**
 * The hosts as the scheduler sees them, kept in memory and brought up to date before each decision by reading only the
 * rows that changed. A decision on a stale row does no harm: claims are checked by the database.
 */
import type { HostId } from '../model/ids.ts'
import { toHostState } from '../scheduler/host-state.ts'
import type { HostState } from '../scheduler/types.ts'
import type { Db } from '../store/database.ts'
import { listHosts, listHostsChangedSince } from '../store/hosts.ts'
import type { Clock } from '../util/clock.ts'

/** Rows this much older than the newest seen are read again: writers' clocks differ, and commits overtake each other. */
const slackMs = 1_000
/** Everything is read anew this often, whatever the clocks did. */
const reloadMs = 30_000

export class HostDirectory {
  readonly #db: Db
  readonly #clock: Clock
  readonly #indexes = new Map<HostId, number>()
  #states: HostState[] = []
  #newestMs = 0
  #loadedAtMs = -Infinity
  #refreshing: Promise<void> | undefined

  constructor(parts: { db: Db; clock: Clock }) {
    this.#db = parts.db
    this.#clock = parts.clock
  }

  /** All hosts as of now; not to be kept. */
  async current(): Promise<readonly HostState[]> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined
    })
    await this.#refreshing
    return this.#states
  }

  async #refresh(): Promise<void> {
    const nowMs = this.#clock.monotonicMs()
    const isReload = nowMs - this.#loadedAtMs > reloadMs
    const hosts = isReload ? await listHosts(this.#db) : await listHostsChangedSince(this.#db, this.#newestMs - slackMs)
    if (isReload) {
      this.#loadedAtMs = nowMs
      this.#states = []
      this.#indexes.clear()
    }
    for (const host of hosts) {
      const index = this.#indexes.get(host.id) ?? this.#states.length
      this.#indexes.set(host.id, index)
      this.#states[index] = toHostState(host)
      this.#newestMs = Math.max(this.#newestMs, host.updatedAtMs)
    }
  }
}
