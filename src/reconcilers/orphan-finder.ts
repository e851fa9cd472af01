import type { UserId } from '../model/ids.ts'
import { pendingOperation } from '../model/operation.ts'
import type { OperationEngine } from '../operations/engine/operation-engine.ts'
import type { Db } from '../store/database.ts'
import { hasOpenOperation, insertUnlessOpen } from '../store/operations.ts'
import { listOrphanVms } from '../store/vms.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'
import type { Reconciler } from './reconciler.ts'

const kind = 'orphan-remove'

/**
 * VMs on hosts where their instance has no business (any more) are removed: what a silent host kept of a deleted
 * instance, for one. A missing one too: its agent would speak of it for ever, and its disks may still be there.
 * A VM whose instance this database has never known is left alone: it may be another's.
 */
export function orphanFinder(parts: { db: Db; clock: Clock; log: Logger; engine: OperationEngine }): Reconciler {
  const { db, clock, log, engine } = parts
  return {
    name: 'orphan-finder',
    everyMs: 5_000,
    async run() {
      for (const { instanceId, hostId, projectId } of await listOrphanVms(db)) {
        if (await hasOpenOperation(db, kind, instanceId)) continue
        const userId = 'system' as UserId
        const requestId = `req-${crypto.randomUUID()}`
        const operation = pendingOperation(
          { kind, projectId, userId, requestId, instanceId, input: { hostId } },
          clock.nowMs(),
        )
        const { id } = operation
        // Another conductor may have found it at the same time.
        if (!(await insertUnlessOpen(db, operation))) continue
        log.warn({ instanceId, hostId, operationId: id }, 'a VM without business on its host is removed')
        engine.nudge(id)
      }
    },
  }
}
