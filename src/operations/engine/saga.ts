/**
 * What a saga is: steps with do and undo side by side. Terms: an operation is one run of a saga; an attempt is one
 * pass over the steps from `retryFrom` on (one host); a step's run and undo are idempotent, and undo is called for
 * every step whose run may have begun.
 */
import type { InstanceId, OperationId } from '../../model/ids.ts'
import type { Operation, OperationError, OperationProgress } from '../../model/operation.ts'
import type { Db } from '../../store/database.ts'
import type { Lease } from '../../store/leases.ts'
import type { OperationChanges } from '../../store/operations.ts'
import type { Json } from '../../util/json.ts'
import type { Logger } from '../../util/logger.ts'

export interface StepContext {
  readonly operation: Operation
  readonly operationId: OperationId
  /** @throws Error when the operation has no instance */
  readonly instanceId: InstanceId
  readonly attempt: number
  /** Name of the step that runs. */
  readonly step: string
  /** Aborts when the operation is cancelled, its lease is lost or the process stops. */
  readonly signal: AbortSignal
  readonly log: Logger
  /** For writes that must not be made by somebody who lost the operation. */
  readonly lease: Lease
  /**
   * In a transaction of a step's own: nobody else takes the operation over before that ends. A step that `beginsWithWork`
   * has begun then.
   * @throws LeaseLost when somebody did
   */
  hold(trx: Db): Promise<void>
  /** What is to be written of this step's beginning together with its first call; once, and only of a step that `beginsWithWork`. */
  takeBeginning(): OperationChanges | undefined
  /** Output of an earlier step of this attempt; undefined when it has not ended. */
  output(step: string): Json | undefined
  /** A note that outlives the attempt. */
  note(name: string): Json | undefined
  /** Changes a note; it is stored with the step's end. */
  setNote(name: string, value: Json): void
  progress(progress: Omit<OperationProgress, 'step'>): void
}

export interface Step {
  readonly name: string
  /** It ends at once and leaves nothing to undo: that it began is written with the next step, or never. */
  readonly isQuiet?: true
  /** It changes nothing before its first call to an agent, or before it holds the operation: that it began is written with that. */
  readonly beginsWithWork?: true
  /** Its output is told to nobody, and goes when the operation ends. */
  readonly hasSecretOutput?: true
  /** The output is stored; `undefined` is stored as null. */
  run(context: StepContext): Promise<Json | undefined>
  undo?(context: StepContext): Promise<void>
}

export interface Saga {
  readonly kind: string
  readonly steps: readonly Step[]
  /** The step from which a failed attempt starts again, elsewhere. Without it every failure is final. */
  readonly retryFrom?: string
  readonly maxAttempts?: number
  /** Called before a new attempt, with what failed: the place for a note on the host that failed. */
  attemptFailed?(context: StepContext, error: OperationError): void
  /** The last word, in the transaction that closes the operation. */
  succeeded(context: StepContext, trx: Db): Promise<void>
  /** Likewise, after everything is undone; `cancelled` tells whether somebody asked for the end. */
  failed(context: StepContext, trx: Db, error: OperationError, cancelled: boolean): Promise<void>
}

/** Where a test may look or strike. */
export interface Checkpoint {
  readonly operationId: OperationId
  readonly kind: string
  readonly step: string
  readonly attempt: number
  readonly moment: 'before-run' | 'begun' | 'after-run' | 'before-undo' | 'after-undo' | 'before-close'
}
export type CheckpointHook = (checkpoint: Checkpoint) => void | Promise<void>
