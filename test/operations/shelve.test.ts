/** Shelved instances: off their host or still on it, kept as an image, and back from it. */
import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import type { HostId, ImageId, InstanceId } from '../../src/model/ids.ts'
import { listAllocations } from '../../src/store/allocations.ts'
import { findImage, listImages, markDeleting } from '../../src/store/images.ts'
import { findQuotaUsage } from '../../src/store/quotas.ts'
import { actor, testImage, World, type WorldOptions } from '../support/world.ts'

const worlds: World[] = []
afterEach(() => Promise.all(worlds.splice(0).map((world) => world.end())))

async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const world = await World.make(options)
  worlds.push(world)
  return world
}

async function active(world: World, name = 'vm'): Promise<InstanceId> {
  const { instanceId, operationId } = await world.create({ name })
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  return instanceId
}

async function done(world: World, begun: Promise<{ operationId: Parameters<World['ended']>[0] }>): Promise<void> {
  const { status, error } = await world.ended((await begun).operationId)
  assert.equal(status, 'succeeded', error?.message)
}

async function imagesNamed(world: World, name: string): Promise<readonly ImageId[]> {
  const sort = [{ key: 'id', descending: false }] as const
  return (await listImages(world.db, { names: [name] }, { sort, limit: 10 })).map(({ id }) => id)
}

describe('shelve and unshelve', () => {
  test('offloaded it has no host, no claim and no VM; its quota stays, and it comes back from its image', async () => {
    const world = await makeWorld()
    const id = await active(world)
    await done(world, world.shelve(id, true))
    const shelved = await world.instance(id)
    assert.deepEqual([shelved.vmState, shelved.taskState, shelved.hostId], ['shelved_offloaded', null, null])
    assert.deepEqual(await listAllocations(world.db, id), [])
    assert.deepEqual(world.vms(), [])
    assert.equal((await findQuotaUsage(world.db, actor.projectId)).instances, 1)
    const [imageId] = await imagesNamed(world, 'vm-shelved')
    assert.equal(imageId, shelved.shelved?.imageId)
    const image = await findImage(world.db, imageId ?? '')
    assert.deepEqual([image?.status, image?.properties['image_state']], ['active', 'available'])
    await done(world, world.unshelve(id))
    const back = await world.instance(id)
    assert.deepEqual([back.vmState, back.shelved, back.imageId], ['active', null, testImage.id])
    assert.equal(back.bootImage?.imageId, imageId)
    assert.deepEqual(await imagesNamed(world, 'vm-shelved'), [])
    await world.settled()
    // It is a server like any other again: its image may be gone.
    await done(world, world.resize(id))
    await done(world, world.act(id, 'confirm-resize'))
    await world.settled()
  })

  test('not offloaded it keeps its host, comes back there, or leaves it later', async () => {
    const world = await makeWorld()
    const id = await active(world)
    const { hostId } = await world.instance(id)
    await done(world, world.shelve(id, false))
    const shelved = await world.instance(id)
    assert.deepEqual([shelved.vmState, shelved.hostId], ['shelved', hostId])
    await assert.rejects(world.unshelve(id, { availabilityZone: 'nova' }), { kind: 'conflict', code: 'still-on-host' })
    await done(world, world.unshelve(id))
    assert.equal((await world.instance(id)).vmState, 'active')
    assert.deepEqual(await imagesNamed(world, 'vm-shelved'), [])
    await done(world, world.shelve(id, false))
    await done(world, world.act(id, 'shelve-offload'))
    assert.deepEqual((await world.instance(id)).vmState, 'shelved_offloaded')
    assert.equal((await imagesNamed(world, 'vm-shelved')).length, 1)
    await world.settled()
  })

  test('stopped, paused and suspended ones can be shelved; a delete takes the image along', async () => {
    const world = await makeWorld()
    for (const action of ['stop', 'pause', 'suspend'] as const) {
      const id = await active(world)
      await done(world, world.act(id, action))
      await done(world, world.shelve(id, action !== 'stop'))
      await done(world, world.act(id, 'delete'))
      assert.deepEqual(await imagesNamed(world, 'vm-shelved'), [])
    }
    assert.equal((await findQuotaUsage(world.db, actor.projectId)).instances, 0)
    await world.settled()
  })

  test('a snapshot that fails leaves a running server, without an image', async () => {
    const world = await makeWorld({ faults: [{ call: 'snapshot', action: 'fail', retry: 'never' }] })
    const id = await active(world)
    const { status } = await world.ended((await world.shelve(id, true)).operationId)
    assert.equal(status, 'failed')
    assert.equal((await world.instance(id)).vmState, 'active')
    assert.deepEqual(await imagesNamed(world, 'vm-shelved'), [])
    await world.settled()
  })

  test('a host that cannot be left keeps nobody back: what is left there is an orphan', async () => {
    const world = await makeWorld({ faults: [{ call: 'ensureAbsent', action: 'fail', retry: 'never', times: 1 }] })
    const id = await active(world)
    await done(world, world.shelve(id, true))
    const { vmState, hostId } = await world.instance(id)
    assert.deepEqual([vmState, hostId], ['shelved_offloaded', null])
    await world.settled(20_000)
    assert.deepEqual(world.vms(), [])
  })

  test('without its image it keeps its disks', async () => {
    const world = await makeWorld()
    const id = await active(world)
    await done(world, world.shelve(id, false))
    const { shelved } = await world.instance(id)
    await world.db('images').where({ id: shelved?.imageId }).delete()
    const { status, error } = await world.ended((await world.act(id, 'shelve-offload')).operationId)
    assert.deepEqual([status, error?.code], ['failed', 'image-gone'])
    await done(world, world.unshelve(id))
    assert.equal((await world.instance(id)).vmState, 'active')
  })

  test('with no room it stays shelved and says why; on the host that was asked for, or not at all', async () => {
    const world = await makeWorld({ nodes: 2, node: { vcpus: 1 } })
    const id = await active(world)
    const { hostId } = await world.instance(id)
    await done(world, world.shelve(id, true))
    const hosts = (await world.db('hosts').select('id', 'name')) as { id: HostId; name: string }[]
    const other = hosts.find((host) => host.id !== hostId)
    await assert.rejects(world.unshelve(id, { host: 'nowhere' }), { kind: 'bad-request' })
    await done(world, world.unshelve(id, { host: other?.name ?? '' }))
    assert.equal((await world.instance(id)).hostId, other?.id)
    await done(world, world.shelve(id, true))
    for (let more = 0; more < 2; more++) await active(world)
    const { status, error } = await world.ended((await world.unshelve(id)).operationId)
    assert.equal(status, 'failed')
    assert.match(error?.message ?? '', /0 of 2 hosts|2 of 2/)
    const after = await world.instance(id)
    assert.deepEqual([after.vmState, after.hostId], ['shelved_offloaded', null])
    assert.equal((await imagesNamed(world, 'vm-shelved')).length, 1)
    await world.settled()
  })

  test('what may not be: again, unshelving a running one, coming back from an image that is gone', async () => {
    const world = await makeWorld()
    const id = await active(world, 'n'.repeat(255))
    await assert.rejects(world.unshelve(id), { kind: 'conflict', code: 'wrong-vm-state' })
    await done(world, world.shelve(id, true))
    await assert.rejects(world.shelve(id, true), { kind: 'conflict', code: 'wrong-vm-state' })
    await assert.rejects(world.act(id, 'start'), { kind: 'conflict', code: 'wrong-vm-state' })
    const imageId = (await world.instance(id)).shelved?.imageId as ImageId
    assert.equal((await findImage(world.db, imageId))?.name, `${'n'.repeat(247)}-shelved`)
    await markDeleting(world.db, imageId, Date.now())
    await assert.rejects(world.unshelve(id), { kind: 'conflict', code: 'shelved-image-gone' })
    await done(world, world.act(id, 'delete'))
    await world.settled()
  })
})
