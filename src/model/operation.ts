/** One durable, multi-step piece of work: a saga with do and undo per step. */
import type { Json, JsonObject } from '../util/json.ts'
import type { InstanceId, OperationId, ProjectId, UserId } from './ids.ts'

export const operationStatuses = ['pending', 'running', 'undoing', 'succeeded', 'failed', 'cancelled'] as const
export type OperationStatus = (typeof operationStatuses)[number]
export const openOperationStatuses = ['pending', 'running', 'undoing'] as const satisfies readonly OperationStatus[]

export interface OperationError {
  readonly code: string
  /** For the tenant. */
  readonly message: string
  /** For admins and the log. */
  readonly details: string
  readonly retry: 'never' | 'now' | 'later' | 'elsewhere'
}

export interface OperationProgress {
  readonly step: string
  readonly phase: string
  readonly doneBytes?: number
  readonly totalBytes?: number
}

export interface Operation {
  readonly id: OperationId
  /** Name of its saga: `instance-create`. */
  readonly kind: string
  readonly status: OperationStatus
  readonly projectId: ProjectId
  readonly userId: UserId
  readonly requestId: string
  readonly instanceId: InstanceId | null
  readonly input: JsonObject
  /** What only the running operation needs to know: it is forgotten with its end. */
  readonly secret?: JsonObject
  readonly state: OperationState
  /** In the order in which they began. */
  readonly steps: readonly OperationStep[]
  readonly cancelRequested: boolean
  readonly error: OperationError | null
  readonly progress: OperationProgress | null
  readonly leaseOwner: string | null
  readonly leaseEpoch: number
  readonly leaseExpiresAtMs: number | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly finishedAtMs: number | null
}

/** What survives a crash between two steps. */
export interface OperationState {
  /** Counts the hosts tried: 1 for the first. */
  readonly attempt: number
  /** Outputs of the steps of this attempt, by step name. */
  readonly outputs: Readonly<Record<string, Json>>
  /** Steps whose run may have begun in this attempt, in order. */
  readonly begun: readonly string[]
  /** Notes that outlive an attempt: the scheduler's verdicts, hosts that failed. */
  readonly notes: Readonly<Record<string, Json>>
  /** Why this attempt is being undone; null while it goes forward. */
  readonly failing: OperationError | null
}

export const initialOperationState: OperationState = { attempt: 1, outputs: {}, begun: [], notes: {}, failing: null }

export type OperationStepStatus = 'running' | 'done' | 'failed' | 'undoing' | 'undone'

/** What came of one step of one attempt. */
export interface OperationStep {
  readonly attempt: number
  readonly step: string
  readonly status: OperationStepStatus
  readonly output: Json
  readonly error: OperationError | null
  readonly startedAtMs: number
  readonly finishedAtMs: number | null
}

/** An operation that nobody began yet. */
export function pendingOperation(
  of: Pick<Operation, 'kind' | 'projectId' | 'userId' | 'requestId' | 'instanceId' | 'input'>,
  nowMs: number,
): Operation {
  return {
    ...of,
    id: crypto.randomUUID() as OperationId,
    status: 'pending',
    state: initialOperationState,
    steps: [],
    cancelRequested: false,
    error: null,
    progress: null,
    leaseOwner: null,
    leaseEpoch: 0,
    leaseExpiresAtMs: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    finishedAtMs: null,
  }
}

/** Kinds that go through once they are accepted: what was deleted half way cannot be taken back. */
const uncancellableKinds: ReadonlySet<string> = new Set([
  'instance-delete',
  'instance-rebuild',
  'instance-confirm-move',
  'orphan-remove',
])

export function isCancellable(kind: string): boolean {
  return !uncancellableKinds.has(kind)
}
