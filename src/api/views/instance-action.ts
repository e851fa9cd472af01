/** Operations as Nova shows instance actions; a step is an event. */
import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import { instanceActionName } from '../../model/instance-actions.ts'
import type { Instance } from '../../model/instance.ts'
import type { Operation, OperationStep } from '../../model/operation.ts'
import type { InstanceSummary } from '../../store/read-model.ts'
import { hostIdFor } from './server.ts'
import { toNaive } from './times.ts'

type Schemas = components['schemas']
type Event = Schemas['InstanceActionEvent']

export interface ActionViewer {
  readonly version: Microversion
  readonly isAdmin: boolean
}

export function instanceActionView(
  operation: Operation,
  instance: Pick<Instance, 'id'>,
  version: Microversion,
): Schemas['InstanceAction'] {
  return {
    action: instanceActionName(operation),
    instance_uuid: instance.id,
    request_id: operation.requestId,
    user_id: operation.userId,
    project_id: operation.projectId,
    start_time: toNaive(operation.createdAtMs),
    message: operation.error === null ? null : 'Error',
    ...(version >= 58 ? { updated_at: toNaive(operation.updatedAtMs) } : {}),
  }
}

/** Events are for admins, and from 2.51 on for everybody; tracebacks stay theirs. */
export function instanceActionDetailView(
  operation: Operation,
  summary: InstanceSummary,
  viewer: ActionViewer,
): Schemas['InstanceActionDetail'] {
  const action = instanceActionView(operation, summary.instance, viewer.version)
  if (viewer.version < 51 && !viewer.isAdmin) return action
  return { ...action, events: operation.steps.map((step) => eventView(step, operation, summary, viewer)) }
}

function eventView(
  step: OperationStep,
  operation: Operation,
  { instance, host }: InstanceSummary,
  { version, isAdmin }: ActionViewer,
): Event {
  const picked = pickedHost(step, operation)
  const hostId = picked?.hostId ?? instance.hostId
  const hostName = picked?.hostName ?? host?.name
  return {
    event: step.step,
    start_time: toNaive(step.startedAtMs),
    finish_time: step.finishedAtMs === null ? null : toNaive(step.finishedAtMs),
    result: resultOf(step),
    ...(isAdmin ? { traceback: step.error === null ? null : step.error.details } : {}),
    ...(version >= 62 ? { hostId: hostId === null ? '' : hostIdFor({ ...instance, hostId }) } : {}),
    ...(version >= 62 && isAdmin && hostName !== undefined ? { host: hostName } : {}),
    ...(version >= 84 ? { details: step.error?.message ?? null } : {}),
  }
}

/** Where the step's own attempt went to: an action may end on another host than it began on. */
function pickedHost(
  { attempt }: OperationStep,
  { steps }: Operation,
): { readonly hostId: Instance['hostId']; readonly hostName: string } | undefined {
  const pick = steps.find((step) => step.attempt === attempt && step.step === 'pick-host' && step.status !== 'running')
  return (pick?.output ?? undefined) as ReturnType<typeof pickedHost>
}

function resultOf({ status }: OperationStep): Event['result'] {
  if (status === 'done') return 'Success'
  return status === 'running' ? null : 'Error'
}
