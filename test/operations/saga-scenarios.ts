/** How each saga of the house is brought about. A saga without a scenario fails the tests: new operations join by themselves. */
import type { InstanceId, OperationId } from '../../src/model/ids.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import type { World } from '../support/world.ts'

export interface Scenario {
  readonly kind: string
  /** Brings the world to where the saga may start, then starts it. */
  launch(world: World, timeoutMs?: number): Promise<Launched>
}

export interface Launched {
  /** Null when the operation is about no tenant's instance. */
  readonly instanceId: InstanceId | null
  readonly operationId: OperationId
}

export const scenarios: readonly Scenario[] = [
  { kind: 'instance-create', launch: (world) => world.create() },
  action('delete', []),
  action('start', ['stop']),
  action('stop', []),
  action('reboot-soft', []),
  action('reboot-hard', []),
  action('pause', []),
  action('unpause', ['pause']),
  action('suspend', []),
  action('resume', ['suspend']),
  { kind: 'instance-rebuild', launch: on((world, id) => world.rebuild(id)) },
  { kind: 'instance-resize', launch: on((world, id) => world.resize(id)) },
  { kind: 'instance-confirm-resize', launch: on((world, id) => world.act(id, 'confirm-resize'), resized) },
  { kind: 'instance-revert-resize', launch: on((world, id) => world.act(id, 'revert-resize'), resized) },
  { kind: 'instance-move', launch: on((world, id) => world.migrate(id)) },
  { kind: 'instance-evacuate', launch: on((world, id) => world.evacuate(id), onDownHost) },
  { kind: 'instance-live-migrate', launch: on((world, id) => world.liveMigrate(id)) },
  { kind: 'instance-confirm-move', launch: on((world, id) => world.act(id, 'confirm-resize'), migrated) },
  { kind: 'instance-revert-move', launch: on((world, id) => world.act(id, 'revert-resize'), migrated) },
  { kind: 'instance-snapshot', launch: on((world, id) => world.snapshot(id)) },
  { kind: 'instance-backup', launch: on((world, id) => world.backup(id, 1)) },
  { kind: 'instance-rescue', launch: on((world, id) => world.rescue(id)) },
  { kind: 'instance-unrescue', launch: on((world, id) => world.act(id, 'unrescue'), rescued) },
  { kind: 'instance-change-password', launch: on((world, id) => world.changePassword(id, 'secret')) },
  { kind: 'instance-shelve', launch: on((world, id) => world.shelve(id, true)) },
  { kind: 'instance-shelve-offload', launch: on((world, id) => world.act(id, 'shelve-offload'), shelved(false)) },
  { kind: 'instance-unshelve', launch: on((world, id) => world.unshelve(id), shelved(true)) },
  { kind: 'instance-unshelve-in-place', launch: on((world, id) => world.unshelve(id), shelved(false)) },
  { kind: 'orphan-remove', launch: launchOrphanRemove },
  { kind: 'host-smoke-test', launch: launchSmokeTest },
]

type Action = Parameters<World['act']>[1]

function action(name: Action, before: readonly Action[]): Scenario {
  return {
    kind: `instance-${name}`,
    async launch(world, timeoutMs) {
      const instanceId = await activeInstance(world, timeoutMs)
      for (const earlier of before) {
        const { status } = await world.ended((await world.act(instanceId, earlier)).operationId, timeoutMs)
        if (status !== 'succeeded') throw new Error(`the scenario's own ${earlier} ended ${status}`)
      }
      const { operationId } = await world.act(instanceId, name)
      return { instanceId, operationId }
    },
  }
}

type Begin = (world: World, instanceId: InstanceId) => Promise<{ operationId: OperationId }>

function on(
  begin: Begin,
  before?: (world: World, id: InstanceId, timeoutMs?: number) => Promise<void>,
): Scenario['launch'] {
  return async (world, timeoutMs) => {
    const instanceId = await activeInstance(world, timeoutMs)
    await before?.(world, instanceId, timeoutMs)
    return { instanceId, ...(await begin(world, instanceId)) }
  }
}

async function resized(world: World, instanceId: InstanceId, timeoutMs?: number): Promise<void> {
  const { status } = await world.ended((await world.resize(instanceId)).operationId, timeoutMs)
  if (status !== 'succeeded') throw new Error(`the scenario's own resize ended ${status}`)
}

async function onDownHost(world: World, instanceId: InstanceId): Promise<void> {
  await world.recordImage()
  await world.forceDownHostOf(instanceId)
}

async function migrated(world: World, instanceId: InstanceId, timeoutMs?: number): Promise<void> {
  const { status } = await world.ended((await world.migrate(instanceId)).operationId, timeoutMs)
  if (status !== 'succeeded') throw new Error(`the scenario's own migrate ended ${status}`)
}

async function rescued(world: World, instanceId: InstanceId, timeoutMs?: number): Promise<void> {
  const { status } = await world.ended((await world.rescue(instanceId)).operationId, timeoutMs)
  if (status !== 'succeeded') throw new Error(`the scenario's own rescue ended ${status}`)
}

function shelved(offload: boolean) {
  return async (world: World, instanceId: InstanceId, timeoutMs?: number): Promise<void> => {
    const { status } = await world.ended((await world.shelve(instanceId, offload)).operationId, timeoutMs)
    if (status !== 'succeeded') throw new Error(`the scenario's own shelve ended ${status}`)
  }
}

async function activeInstance(world: World, timeoutMs?: number): Promise<InstanceId> {
  const { instanceId, operationId } = await world.create()
  const { status, error } = await world.ended(operationId, timeoutMs)
  if (status !== 'succeeded') throw new Error(`the scenario's own create ended ${status}: ${error?.message ?? ''}`)
  return instanceId
}

/** The smoke tester begins these by itself, for a host that joined. */
async function launchSmokeTest(world: World): Promise<Launched> {
  const earlier = await world.db('operations').pluck('id')
  const host = (await world.db('hosts').first('id')) as { id: string }
  await world.db('hosts').where(host).update({ smoke_test: 'pending' })
  return waitUntil('the host to be tested', async () => {
    const begun = world.db('operations').where({ kind: 'host-smoke-test' }).whereNotIn('id', earlier)
    const row = (await begun.first('id')) as { id: OperationId } | undefined
    return row === undefined ? undefined : { operationId: row.id, instanceId: null }
  })
}

/** The orphan finder begins these by itself, for a VM whose instance has no claim on its host any more. */
async function launchOrphanRemove(world: World, timeoutMs?: number): Promise<Launched> {
  const instanceId = await activeInstance(world, timeoutMs)
  await world.forgetHost(instanceId)
  const operationId = await waitUntil('the orphan to be found', async () => {
    const row = (await world.db('operations').where({ kind: 'orphan-remove', instance_id: instanceId }).first('id')) as
      { id: OperationId } | undefined
    return row?.id
  })
  return { instanceId, operationId }
}
