/**
 * stop-others → remove-vm; the claim goes with the instance's last word. A delete wins at any moment: whatever else worked on the instance was asked to
 * stop when the delete was accepted, and is waited for here until it has undone itself.
 */
import type { HostId, OperationId } from '../model/ids.ts'
import { openOperationStatuses } from '../model/operation.ts'
import { listAllocations, releaseAllocations } from '../store/allocations.ts'
import { releaseAddresses } from '../store/fixed-addresses.ts'
import { markDeleting } from '../store/images.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import { changeServerMigration } from '../store/server-migrations.ts'
import { cancelUnstarted, findOperation } from '../store/operations.ts'
import { listVmsOfInstance } from '../store/vms.ts'
import { Postponed } from './engine/postponed.ts'
import type { Saga } from './engine/saga.ts'
import { releaseInstanceQuota } from './quota-service.ts'
import type { SagaParts } from './saga-parts.ts'
import { removeVm } from './remove-vm.ts'

export interface InstanceDeleteInput {
  /** The operation that the delete cancelled, if one was under way. */
  readonly cancelled: OperationId | null
}

/** What these took or noted when they were asked for they settle with their own last word, even if nothing of them was begun. */
const holdsMore: ReadonlySet<string> = new Set([
  'instance-resize',
  'instance-move',
  'instance-evacuate',
  'instance-live-migrate',
  'instance-snapshot',
  'instance-backup',
  'instance-shelve',
])

const lookAgainMs = 50

export function instanceDeleteSaga(parts: SagaParts): Saga {
  const { db, clock } = parts
  return {
    kind: 'instance-delete',
    steps: [
      {
        name: 'stop-others',
        isQuiet: true,
        async run(context) {
          const other = (context.operation.input as unknown as InstanceDeleteInput).cancelled
          if (other === null) return undefined
          const kind = (await findOperation(db, other))?.kind ?? ''
          if (!holdsMore.has(kind)) await cancelUnstarted(db, other, clock.nowMs())
          const status = (await findOperation(db, other))?.status
          if ((openOperationStatuses as readonly (string | undefined)[]).includes(status))
            throw new Postponed(lookAgainMs)
          return undefined
        },
      },
      {
        name: 'remove-vm',
        beginsWithWork: true,
        async run(context) {
          const { instanceId } = context
          const hostIds = new Set<HostId>()
          const [instance, allocations, vms] = await Promise.all([
            findInstance(db, instanceId),
            listAllocations(db, instanceId),
            listVmsOfInstance(db, instanceId),
          ])
          if (instance !== undefined && instance.hostId !== null) hostIds.add(instance.hostId)
          for (const { hostId } of [...allocations, ...vms]) hostIds.add(hostId)
          for (const hostId of hostIds) await removeVm(parts, context, hostId)
          return undefined
        },
      },
    ],
    async succeeded(context, trx) {
      const nowMs = clock.nowMs()
      const changes = {
        vmState: 'deleted',
        nics: [],
        taskState: null,
        operationId: null,
        terminatedAtMs: nowMs,
        deletedAtMs: nowMs,
      } as const
      const { instanceId, operationId } = context
      const end = async (): Promise<void> => {
        const instance = await findInstance(trx, instanceId)
        if (instance === undefined) return
        // Only the one who deletes it gives its share back.
        if (!(await changeInstance(trx, instanceId, changes, nowMs, { operationId }))) return
        await releaseInstanceQuota(trx, instance)
        const { migrationId } = instance.resize ?? {}
        // Nobody can go back any more.
        if (migrationId !== undefined) await changeServerMigration(trx, migrationId, { status: 'confirmed' }, nowMs)
        if (instance.shelved !== null) await markDeleting(trx, instance.shelved.imageId, nowMs)
      }
      await Promise.all([releaseAllocations(trx, instanceId, nowMs), releaseAddresses(trx, instanceId), end()])
    },
    async failed(context, trx, error) {
      const nowMs = clock.nowMs()
      const fault = { code: 500, message: error.message, details: error.details, createdAtMs: nowMs }
      const changes = { vmState: 'error', taskState: null, operationId: null, fault } as const
      await changeInstance(trx, context.instanceId, changes, nowMs, { operationId: context.operationId })
    },
  }
}
