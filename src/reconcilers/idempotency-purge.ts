import { keptForMs } from '../operations/idempotency.ts'
import type { Db } from '../store/database.ts'
import { deleteKeysBefore } from '../store/idempotency-keys.ts'
import type { Clock } from '../util/clock.ts'
import type { Reconciler } from './reconciler.ts'

/** Answers to keyed requests are kept for a day. */
export function idempotencyPurge({ db, clock }: { readonly db: Db; readonly clock: Clock }): Reconciler {
  return {
    name: 'idempotency-purge',
    everyMs: 600_000,
    async run() {
      await deleteKeysBefore(db, clock.nowMs() - keptForMs)
    },
  }
}
