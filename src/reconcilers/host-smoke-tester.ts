import type { InstanceId, ProjectId, UserId } from '../model/ids.ts'
import { pendingOperation } from '../model/operation.ts'
import { smokeTestId } from '../model/smoke-test.ts'
import type { OperationEngine } from '../operations/engine/operation-engine.ts'
import { hostSmokeTestKind } from '../operations/host-smoke-test.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { insertOperation } from '../store/operations.ts'
import { beginSmokeTest, listHostsToTest } from '../store/smoke-tests.ts'
import type { Clock } from '../util/clock.ts'
import type { Reconciler } from './reconciler.ts'

const tryAgainMs = 30_000

/** A host that joined is tried out before it takes work, and one that failed is tried again after a while. */
export function hostSmokeTester(parts: { db: Db; clock: Clock; engine: OperationEngine }): Reconciler {
  const { db, clock, engine } = parts
  return {
    name: 'host-smoke-tester',
    everyMs: 2_000,
    async run() {
      const nowMs = clock.nowMs()
      for (const hostId of await listHostsToTest(db, nowMs - tryAgainMs)) {
        const operation = pendingOperation(
          {
            kind: hostSmokeTestKind,
            projectId: 'system' as ProjectId,
            userId: 'system' as UserId,
            requestId: `req-${crypto.randomUUID()}`,
            instanceId: smokeTestId(hostId) as InstanceId,
            input: { hostId },
          },
          nowMs,
        )
        const isMine = await inTransaction(db, async (trx) => {
          if (!(await beginSmokeTest(trx, hostId, nowMs))) return false
          await insertOperation(trx, operation)
          return true
        })
        if (isMine) engine.nudge(operation.id)
      }
    },
  }
}
