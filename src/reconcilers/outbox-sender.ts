import type { OutboxDispatcher } from '../operations/outbox-dispatcher.ts'
import type { Reconciler } from './reconciler.ts'

/** Messages that a process which died, or is stuck, left in the outbox leave now. */
export function outboxSender(outbox: OutboxDispatcher): Reconciler {
  return { name: 'outbox-sender', everyMs: 1_000, run: () => outbox.sweep() }
}
