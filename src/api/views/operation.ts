/** Operations as our own face shows them. Hosts by name, steps' outputs and internal details are for admins. */
import type { components } from '../../contract/types.gen.ts'
import type { Operation, OperationError, OperationStep } from '../../model/operation.ts'
import type { Decision } from '../../scheduler/types.ts'
import { rejectionView } from './explanation.ts'
import { toMilliseconds } from './times.ts'

type Schemas = components['schemas']

/** A decision as the create saga notes it. */
type RecordedDecision = Decision & { readonly attempt: number }

export function operationView(operation: Operation, isAdmin: boolean): Schemas['Operation'] {
  const { progress } = operation
  return {
    id: operation.id,
    kind: operation.kind,
    status: operation.status,
    instance_id: operation.instanceId,
    project_id: operation.projectId,
    user_id: operation.userId,
    request_id: operation.requestId,
    attempt: operation.state.attempt,
    cancel_requested: operation.cancelRequested,
    error: faultView(operation.error, isAdmin),
    progress:
      progress === null
        ? null
        : {
            step: progress.step,
            phase: progress.phase,
            ...(progress.doneBytes === undefined ? {} : { done_bytes: progress.doneBytes }),
            ...(progress.totalBytes === undefined ? {} : { total_bytes: progress.totalBytes }),
          },
    created_at: toMilliseconds(operation.createdAtMs),
    updated_at: toMilliseconds(operation.updatedAtMs),
    finished_at: operation.finishedAtMs === null ? null : toMilliseconds(operation.finishedAtMs),
  }
}

export function operationDetailView(operation: Operation, isAdmin: boolean): Schemas['OperationDetail'] {
  const decisions = (operation.state.notes['decisions'] ?? []) as unknown as readonly RecordedDecision[]
  return {
    ...operationView(operation, isAdmin),
    steps: operation.steps.map((step) => stepView(step, isAdmin)),
    verdicts: decisions.map((decision) => verdictView(decision, isAdmin)),
  }
}

function stepView(step: OperationStep, isAdmin: boolean): Schemas['OperationStep'] {
  return {
    attempt: step.attempt,
    name: step.step,
    status: step.status,
    error: faultView(step.error, isAdmin),
    ...(isAdmin ? { output: step.output } : {}),
    started_at: toMilliseconds(step.startedAtMs),
    finished_at: step.finishedAtMs === null ? null : toMilliseconds(step.finishedAtMs),
  }
}

function verdictView(decision: RecordedDecision, isAdmin: boolean): Schemas['SchedulingVerdict'] {
  const scored = ({ hostId, name, score }: Decision['top'][number]) => ({ host_id: hostId, name, score })
  return {
    attempt: decision.attempt,
    considered: decision.considered,
    passed: decision.passed,
    rejections: decision.rejections.map((rejection) => rejectionView(rejection, isAdmin)),
    ...(isAdmin
      ? { top: decision.top.map(scored), chosen: decision.chosen === null ? null : scored(decision.chosen) }
      : {}),
  }
}

function faultView(error: OperationError | null, isAdmin: boolean): Schemas['OperationFault'] {
  if (error === null) return null
  const { code, message, retry, details } = error
  return { code, message, retry, ...(isAdmin ? { details } : {}) }
}
