import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { PolyvisorError } from '../../src/model/errors.ts'
import type { Flavor } from '../../src/model/flavor.ts'
import type { FlavorId, ImageId, InstanceId } from '../../src/model/ids.ts'
import { resizeRefusal } from '../../src/model/resize.ts'
import { listAllocations } from '../../src/store/allocations.ts'
import { findQuotaUsage, setQuotaLimits } from '../../src/store/quotas.ts'
import { actor, testFlavor, testImage, World, type WorldOptions } from '../support/world.ts'

const worlds: World[] = []
async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const world = await World.make(options)
  worlds.push(world)
  return world
}
after(() => Promise.all(worlds.map((world) => world.end())))

async function active(world: World): Promise<InstanceId> {
  const { instanceId, operationId } = await world.create()
  await world.ended(operationId)
  return instanceId
}

async function held(world: World, id: InstanceId): Promise<{ vcpus?: number; cores: number }> {
  const [allocation] = await listAllocations(world.db, id)
  const { cores } = await findQuotaUsage(world.db, actor.projectId)
  return { ...(allocation === undefined ? {} : { vcpus: allocation.vcpus }), cores }
}

function isRefused(status: number, text: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof PolyvisorError)
    assert.equal(error.status, status)
    assert.match(error.message, text)
    return true
  }
}

describe('resize', () => {
  test('waits for a verdict with the larger of both held; confirmed it is the new one, reverted the old', async () => {
    const world = await makeWorld()
    for (const [verdict, cores] of [
      ['confirm-resize', 2],
      ['revert-resize', 1],
    ] as const) {
      const id = await active(world)
      await world.ended((await world.resize(id, undefined, { diskConfig: 'AUTO' })).operationId)
      const waiting = await world.instance(id)
      assert.deepEqual([waiting.vmState, waiting.flavor.vcpus, waiting.resize?.from.vcpus], ['resized', 2, 1])
      assert.deepEqual(await held(world, id), { vcpus: 2, cores: 2 })
      await world.settled()
      assert.equal((await world.ended((await world.act(id, verdict)).operationId)).status, 'succeeded')
      const settled = await world.instance(id)
      assert.deepEqual([settled.vmState, settled.flavor.vcpus, settled.resize], ['active', cores, null])
      assert.equal(settled.attributes?.diskConfig, 'AUTO')
      assert.deepEqual(await held(world, id), { vcpus: cores, cores })
      await world.settled()
      await world.ended((await world.act(id, 'delete')).operationId)
    }
  })

  test('to a smaller flavor nothing is given back until it is confirmed', async () => {
    const world = await makeWorld()
    const id = await active(world)
    await world.ended((await world.resize(id)).operationId)
    await world.ended((await world.act(id, 'confirm-resize')).operationId)
    await world.ended((await world.resize(id, testFlavor)).operationId)
    assert.deepEqual(await held(world, id), { vcpus: 2, cores: 2 })
    await world.ended((await world.act(id, 'confirm-resize')).operationId)
    assert.deepEqual(await held(world, id), { vcpus: 1, cores: 1 })
    await world.settled()
  })

  test('a stopped one stays stopped; one that waits can be deleted', async () => {
    const world = await makeWorld()
    const id = await active(world)
    await world.ended((await world.act(id, 'stop')).operationId)
    await world.ended((await world.resize(id)).operationId)
    await world.ended((await world.act(id, 'revert-resize')).operationId)
    assert.equal((await world.instance(id)).vmState, 'stopped')
    await world.ended((await world.resize(id)).operationId)
    await world.ended((await world.act(id, 'delete')).operationId)
    assert.deepEqual(await held(world, id), { cores: 0 })
    await world.settled()
  })

  test('a delete that comes before anybody began it gives all of the quota back', async () => {
    const world = await makeWorld()
    const id = await active(world)
    await world.control.engine.stop()
    await world.resize(id)
    const { operationId } = await world.act(id, 'delete')
    world.control.engine.start()
    await world.control.engine.resume()
    await world.ended(operationId)
    assert.deepEqual(await held(world, id), { cores: 0 })
    await world.settled()
  })

  test('a host without room: it stays as it was, and the operation says why', async () => {
    const world = await makeWorld({ node: { vcpus: 1 } })
    const id = await active(world)
    const { status, error } = await world.ended((await world.resize(id)).operationId)
    assert.equal(status, 'failed')
    assert.match(error?.message ?? '', /no room for flavor m1.large/)
    assert.equal((await world.instance(id)).vmState, 'active')
    assert.deepEqual(await held(world, id), { vcpus: 1, cores: 1 })
    await world.settled()
  })

  test('beyond the quota it is refused, and nothing is taken', async () => {
    const world = await makeWorld()
    const id = await active(world)
    await setQuotaLimits(world.db, actor.projectId, { cores: 1 })
    await assert.rejects(
      world.resize(id),
      isRefused(403, /Quota exceeded for cores: Requested 1, but already used 1 of 1/),
    )
    assert.equal((await world.instance(id)).taskState, null)
    assert.deepEqual(await held(world, id), { vcpus: 1, cores: 1 })
  })

  test('a disk that was as large as its image never gets smaller than that', async () => {
    const world = await makeWorld()
    const image = { ...testImage, virtualSizeBytes: 2 * 1024 ** 3 }
    const { instanceId, operationId } = await world.create({ flavor: { ...testFlavor, diskGb: 0 }, image })
    await world.ended(operationId)
    const flavor = { ...testFlavor, id: 'small' as FlavorId, diskGb: 1 }
    await assert.rejects(world.resize(instanceId, flavor), isRefused(400, /disk is too small/))
    assert.equal((await world.instance(instanceId)).taskState, null)
  })

  test('what may not be: the same flavor, smaller disks; disks added or removed are not built', () => {
    const flavor = (changes: Partial<Flavor>): Flavor => ({ ...testFlavor, id: 'other' as FlavorId, ...changes })
    const kind = (from: Partial<Flavor>, to: Partial<Flavor>) =>
      resizeRefusal(flavor(from), flavor({ id: 'new' as FlavorId, ...to }))?.kind
    assert.equal(resizeRefusal(testFlavor, testFlavor)?.code, 'same-flavor')
    assert.equal(kind({ diskGb: 2 }, { diskGb: 1 }), 'bad-request')
    assert.equal(kind({ diskGb: 2 }, { diskGb: 0 }), 'bad-request')
    assert.equal(kind({ swapMb: 2 }, { swapMb: 1 }), 'bad-request')
    assert.equal(kind({ swapMb: 0 }, { swapMb: 1 }), 'not-implemented')
    assert.equal(kind({ ephemeralGb: 1 }, { ephemeralGb: 0 }), 'not-implemented')
    assert.equal(kind({ ephemeralGb: 1, swapMb: 1 }, { ephemeralGb: 2, swapMb: 1, diskGb: 3 }), undefined)
  })
})

describe('rebuild', () => {
  test('keeps id, host and claim, and takes the new image and words', async () => {
    const world = await makeWorld()
    const id = await active(world)
    const before = await world.instance(id)
    const image = { ...testImage, id: '22222222-2222-4333-8444-555555555555' as ImageId, properties: { os_type: 'x' } }
    const changes = { image, name: 'new', metadata: { a: 'b' }, keyName: null }
    const { operationId } = await world.rebuild(id, changes)
    assert.equal((await world.ended(operationId)).status, 'succeeded')
    const after = await world.instance(id)
    assert.deepEqual(
      [after.hostId, after.vmState, after.name, after.metadata, after.imageId, after.imageProperties],
      [before.hostId, 'active', 'new', { a: 'b' }, image.id, { os_type: 'x' }],
    )
    assert.equal(after.bootImage?.imageId, image.id)
    await world.settled()
  })

  test('a stopped one stays stopped, one in ERROR gets well', async () => {
    const world = await makeWorld({ faults: [{ call: 'ensurePresent', action: 'fail', after: 1, times: 1 }] })
    const id = await active(world)
    await world.ended((await world.act(id, 'stop')).operationId)
    assert.equal((await world.ended((await world.rebuild(id)).operationId)).status, 'failed')
    const failed = await world.instance(id)
    assert.equal(failed.vmState, 'error')
    assert.match(failed.fault?.message ?? '', /as it was told to/)
    await world.ended((await world.rebuild(id)).operationId)
    assert.equal((await world.instance(id)).vmState, 'active')
    await world.ended((await world.act(id, 'stop')).operationId)
    await world.ended((await world.rebuild(id)).operationId)
    assert.equal((await world.instance(id)).vmState, 'stopped')
    await world.settled()
  })

  test('refused: an image that is too large, one without data, an instance without a host', async () => {
    const world = await makeWorld({ node: { vcpus: 1 } })
    const id = await active(world)
    const large = { ...testImage, virtualSizeBytes: 2 * 1024 ** 3 }
    await assert.rejects(world.rebuild(id, { image: large }), isRefused(400, /disk is too small/))
    await assert.rejects(world.rebuild(id, { image: { ...testImage, status: 'queued' } }), isRefused(400, /not active/))
    const homeless = await active(world)
    assert.equal((await world.instance(homeless)).hostId, null)
    await assert.rejects(world.rebuild(homeless), isRefused(409, /on no host/))
  })
})
