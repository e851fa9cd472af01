/** Removes a VM from a host on which its instance has no business any more. */
import type { HostId } from '../model/ids.ts'
import { listAllocations } from '../store/allocations.ts'
import { findInstance } from '../store/instances.ts'
import type { Saga } from './engine/saga.ts'
import type { SagaParts } from './saga-parts.ts'
import { removeVm } from './remove-vm.ts'

export interface OrphanRemoveInput {
  readonly hostId: HostId
}

export function orphanRemoveSaga(parts: SagaParts): Saga {
  return {
    kind: 'orphan-remove',
    steps: [
      {
        name: 'remove-vm',
        async run(context) {
          const { hostId } = context.operation.input as unknown as OrphanRemoveInput
          // Since it was found the instance may have come back to this very host, or be on its way.
          const instance = await findInstance(parts.db, context.instanceId)
          const claims = await listAllocations(parts.db, context.instanceId)
          const isAtHome = instance?.deletedAtMs === null && instance.hostId === hostId
          if (claims.some((claim) => claim.hostId === hostId)) return undefined
          if (isAtHome || (instance?.operationId ?? null) !== null) return undefined
          await removeVm(parts, context, hostId)
          return undefined
        },
      },
    ],
    async succeeded() {},
    async failed() {},
  }
}
