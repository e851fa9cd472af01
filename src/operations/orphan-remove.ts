/** Removes a VM from a host on which its instance has no business any more. */
import type { HostId } from '../model/ids.ts'
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
          await removeVm(parts, context, (context.operation.input as unknown as OrphanRemoveInput).hostId)
          return undefined
        },
      },
    ],
    async succeeded() {},
    async failed() {},
  }
}
