import type { OperationEngine } from '../operations/engine/operation-engine.ts'
import type { Reconciler } from './reconciler.ts'

/** Open operations that nobody works on are taken up again: crash recovery is no special path. */
export function operationResumer(engine: OperationEngine): Reconciler {
  return { name: 'operation-resumer', everyMs: 1_000, run: () => engine.resume() }
}
