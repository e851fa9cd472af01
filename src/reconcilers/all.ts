/** Every standing duty of a conductor. A new one is added here. */
import type { OperationEngine } from '../operations/engine/operation-engine.ts'
import type { Db } from '../store/database.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'
import { hostLiveness } from './host-liveness.ts'
import { hostSmokeTester } from './host-smoke-tester.ts'
import { idempotencyPurge } from './idempotency-purge.ts'
import { operationResumer } from './operation-resumer.ts'
import { orphanFinder } from './orphan-finder.ts'
import { powerSync } from './power-sync.ts'
import type { Reconciler } from './reconciler.ts'
import { tokenPurge } from './token-purge.ts'

export interface ReconcilerParts {
  readonly db: Db
  readonly clock: Clock
  readonly log: Logger
  readonly engine: OperationEngine
  readonly identity: { purgeExpiredTokens(): Promise<number> }
}

export function allReconcilers(parts: ReconcilerParts): readonly Reconciler[] {
  return [
    operationResumer(parts.engine),
    hostLiveness(parts),
    hostSmokeTester(parts),
    powerSync(parts),
    orphanFinder(parts),
    tokenPurge(parts.identity),
    idempotencyPurge(parts),
  ]
}
