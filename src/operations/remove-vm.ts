/** Makes an instance's VM absent from one host, for the sagas that need it. */
import type { HostId } from '../model/ids.ts'
import { findHost } from '../store/hosts.ts'
import { forgetVm } from '../store/vms.ts'
import type { SagaParts } from './saga-parts.ts'
import type { StepContext } from './engine/saga.ts'
import { StepError } from './engine/step-error.ts'

/**
 * A host that does not answer is not waited for: what is left there is removed by the orphan finder when the host
 * comes back, because the instance has no claim on it any more.
 */
export async function removeVm(parts: SagaParts, context: StepContext, hostId: HostId): Promise<void> {
  const { db, calls } = parts
  const { instanceId } = context
  const host = await findHost(db, hostId)
  if (host === undefined || !host.up) {
    context.log.warn({ hostId }, 'the host is silent: its VM is left to the orphan finder')
    return
  }
  try {
    await calls.call(context, hostId, { method: 'ensure-absent', hostId, instanceId }, `/absent/${hostId}`)
  } catch (error) {
    if (!(error instanceof StepError) || error.error.code !== 'UNREACHABLE') throw error
    context.log.warn({ hostId, err: error }, 'the host fell silent: its VM is left to the orphan finder')
    return
  }
  await forgetVm(db, instanceId, hostId)
}

/** For a VM that the instance has no use for any more: one that cannot be removed is left to the orphan finder. */
export async function removeVmOrLeave(parts: SagaParts, context: StepContext, hostId: HostId): Promise<void> {
  await removeVm(parts, context, hostId).catch((error: unknown) => {
    if (!(error instanceof StepError)) throw error
    context.log.warn({ hostId, err: error }, 'a VM that could not be removed is left to the orphan finder')
  })
}
