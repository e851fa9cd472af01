import type { Db } from '../store/database.ts'
import { markSilentHostsDown } from '../store/hosts.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'
import type { Reconciler } from './reconciler.ts'

const silentMs = 8_000

/** Hosts whose agent has not spoken for a while are down: nothing is placed there, and the API says so. */
export function hostLiveness(parts: { db: Db; clock: Clock; log: Logger }): Reconciler {
  return {
    name: 'host-liveness',
    everyMs: 2_000,
    async run() {
      const nowMs = parts.clock.nowMs()
      for (const hostId of await markSilentHostsDown(parts.db, nowMs - silentMs, nowMs)) {
        parts.log.warn({ hostId, silentMs }, 'a host fell silent and counts as down')
      }
    },
  }
}
