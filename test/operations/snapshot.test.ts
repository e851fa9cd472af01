/** Images of instances: made while the instance goes on, and gone without a trace when something fails. */
import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, test } from 'node:test'
import type { ImageRecord } from '../../src/model/image.ts'
import type { ImageId, InstanceId } from '../../src/model/ids.ts'
import type { TaskState } from '../../src/model/instance-states.ts'
import { findImage, markDeleting } from '../../src/store/images.ts'
import { setQuotaLimits } from '../../src/store/quotas.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { actor, testFlavor, testImage, World, type WorldOptions } from '../support/world.ts'

const worlds: World[] = []
afterEach(() => Promise.all(worlds.splice(0).map((world) => world.end())))

async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const world = await World.make(options)
  worlds.push(world)
  return world
}

async function active(world: World): Promise<InstanceId> {
  const { instanceId, operationId } = await world.create({
    image: { ...testImage, properties: { os_type: 'linux', cache_in_nova: 'true' } },
  })
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  return instanceId
}

const image = (world: World, id: ImageId): Promise<ImageRecord | undefined> => findImage(world.db, id)

async function reaches(world: World, id: InstanceId, task: TaskState): Promise<void> {
  const probe = async () => ((await world.instance(id)).taskState === task ? true : undefined)
  await waitUntil(`task ${task}`, probe, { everyMs: 5 })
}

describe('createImage', () => {
  test('the image is there at once, and has the disk in the end, with what Nova says of it', async () => {
    const world = await makeWorld()
    const id = await active(world)
    const { operationId, imageId } = await world.control.instances.snapshot(
      id,
      { name: 'gold', properties: { mine: 'yes' } },
      actor,
    )
    const early = await image(world, imageId)
    assert.equal(early?.name, 'gold')
    assert.equal((await world.ended(operationId)).status, 'succeeded')
    const { vmState, taskState } = await world.instance(id)
    assert.deepEqual([vmState, taskState], ['active', null])
    const made = await image(world, imageId)
    const { status, visibility, diskFormat, containerFormat, virtualSizeBytes, minDiskGb, ownerProjectId } = made ?? {}
    assert.deepEqual(
      { status, visibility, diskFormat, containerFormat, virtualSizeBytes, minDiskGb, ownerProjectId },
      {
        status: 'active',
        visibility: 'private',
        diskFormat: 'qcow2',
        containerFormat: 'bare',
        virtualSizeBytes: testFlavor.diskGb * 1024 ** 3,
        minDiskGb: testFlavor.diskGb,
        ownerProjectId: actor.projectId,
      },
    )
    assert.deepEqual(made?.properties, {
      base_image_ref: testImage.id,
      os_type: 'linux',
      instance_uuid: id,
      user_id: actor.userId,
      owner_id: actor.projectId,
      image_type: 'snapshot',
      image_location: 'snapshot',
      image_state: 'available',
      mine: 'yes',
    })
    assert.equal((await stat(join(world.folder, 'images', imageId))).size, made?.sizeBytes)
    await world.settled()
  })

  test('of a stopped, a paused and a suspended one, which stay so', async () => {
    const world = await makeWorld()
    for (const [action, state] of [
      ['stop', 'stopped'],
      ['pause', 'paused'],
      ['suspend', 'suspended'],
    ] as const) {
      const id = await active(world)
      await world.ended((await world.act(id, action)).operationId)
      const { operationId, imageId } = await world.snapshot(id)
      assert.equal((await world.ended(operationId)).status, 'succeeded')
      assert.equal((await world.instance(id)).vmState, state)
      assert.equal((await image(world, imageId))?.status, 'active')
    }
    await world.settled()
  })

  test('one that fails leaves no image, and the server as it was, without a fault', async () => {
    const world = await makeWorld({ faults: [{ call: 'snapshot', action: 'fail', retry: 'never' }] })
    const id = await active(world)
    const { operationId, imageId } = await world.snapshot(id)
    const { status, error } = await world.ended(operationId)
    assert.equal(status, 'failed')
    assert.match(error?.message ?? '', /as it was told to/)
    assert.equal(await image(world, imageId), undefined)
    const { vmState, fault } = await world.instance(id)
    assert.deepEqual([vmState, fault], ['active', null])
    await world.settled()
  })

  test('a failure that passes is tried again; the image is the second try’s', async () => {
    const world = await makeWorld({ faults: [{ call: 'snapshot', action: 'fail', retry: 'later', times: 1 }] })
    const { operationId, imageId } = await world.snapshot(await active(world))
    assert.equal((await world.ended(operationId)).status, 'succeeded')
    assert.equal((await image(world, imageId))?.status, 'active')
  })

  test('an answer that says nothing makes no image', async () => {
    const world = await makeWorld({ faults: [{ call: 'snapshot', action: 'lie' }] })
    const { operationId, imageId } = await world.snapshot(await active(world))
    const { status, error } = await world.ended(operationId)
    assert.equal(status, 'failed')
    assert.match(error?.message ?? '', /gave nothing/)
    assert.equal(await image(world, imageId), undefined)
    await world.settled()
  })

  test('while it goes on nothing else may begin; a delete wins and takes the image along', async () => {
    const world = await makeWorld({ faults: [{ call: 'snapshot', action: 'stall' }] })
    const id = await active(world)
    const { operationId, imageId } = await world.snapshot(id)
    await reaches(world, id, 'image_pending_upload')
    await assert.rejects(world.snapshot(id), { kind: 'conflict', code: 'instance-busy' })
    await assert.rejects(world.act(id, 'stop'), { kind: 'conflict' })
    const removal = await world.act(id, 'delete')
    assert.equal((await world.ended(removal.operationId)).status, 'succeeded')
    assert.equal((await world.ended(operationId)).status, 'cancelled')
    assert.equal(await image(world, imageId), undefined)
    await world.settled()
  })

  test('a delete that comes before anybody began it takes the image along too', async () => {
    const world = await makeWorld()
    const id = await active(world)
    await world.control.engine.stop()
    const { imageId } = await world.snapshot(id)
    const removal = await world.act(id, 'delete')
    world.control.engine.start()
    await world.control.engine.resume()
    assert.equal((await world.ended(removal.operationId)).status, 'succeeded')
    assert.equal(await image(world, imageId), undefined)
    await world.settled()
  })

  test('an image that is deleted before its bytes come ends the work, and the server goes on', async () => {
    const world = await makeWorld({ latencyMs: 100 })
    const id = await active(world)
    const { operationId, imageId } = await world.snapshot(id)
    assert.equal(await markDeleting(world.db, imageId, Date.now()), true)
    const { status, error } = await world.ended(operationId)
    assert.equal(status, 'failed')
    assert.match(error?.message ?? '', /deleted/)
    assert.equal((await world.instance(id)).vmState, 'active')
    await world.settled()
  })

  test('refused: more metadata than the quota, a server that is being built, one whose host cannot', async () => {
    const world = await makeWorld()
    const id = await active(world)
    await setQuotaLimits(world.db, actor.projectId, { metadataItems: 1 })
    const wanted = { name: 'n', properties: { a: '1', b: '2' } }
    await assert.rejects(world.control.instances.snapshot(id, wanted, actor), { kind: 'forbidden' })
    await world.db('hosts').update({ capabilities: JSON.stringify({ abilities: [] }) })
    await assert.rejects(world.snapshot(id), { kind: 'conflict', code: 'not-supported-by-host' })
    await world.ended((await world.act(id, 'delete')).operationId)
    await assert.rejects(world.snapshot(id), { kind: 'not-found' })
    assert.equal(Number((await world.db('images').count({ count: '*' }).first())?.['count']), 0)
  })
})

describe('createBackup', () => {
  const made = async (world: World, id: InstanceId, kept: number, type?: string): Promise<ImageId> => {
    const { operationId, imageId } = await world.backup(id, kept, type)
    assert.equal((await world.ended(operationId)).status, 'succeeded')
    return imageId
  }
  const isThere = async (world: World, ids: readonly ImageId[]): Promise<boolean[]> =>
    Promise.all(ids.map(async (id) => (await image(world, id)) !== undefined))

  test('of each type only the newest are kept; others’ images and protected ones stay', async () => {
    const world = await makeWorld()
    const id = await active(world)
    const first = await made(world, id, 2)
    assert.deepEqual(
      [(await image(world, first))?.properties['image_type'], (await image(world, first))?.properties['backup_type']],
      ['backup', 'daily'],
    )
    const weekly = await made(world, id, 1, 'weekly')
    const { operationId, imageId: snapshot } = await world.snapshot(id)
    await world.ended(operationId)
    const other = await made(world, await active(world), 1)
    const second = await made(world, id, 2)
    const third = await made(world, id, 2)
    const all = [first, second, third, weekly, snapshot, other]
    assert.deepEqual(await isThere(world, all), [false, true, true, true, true, true])
    await world.db('images').where({ id: second }).update({ protected: true })
    const fourth = await made(world, id, 1)
    assert.deepEqual(await isThere(world, [second, third, fourth]), [true, false, true])
    await world.settled()
  })

  test('with a rotation of 0 none is kept, and one that fails takes none away', async () => {
    const world = await makeWorld({
      faults: [{ call: 'snapshot', action: 'fail', retry: 'never', after: 1, times: 1 }],
    })
    const id = await active(world)
    const first = await made(world, id, 1)
    const failed = await world.backup(id, 1)
    assert.equal((await world.ended(failed.operationId)).status, 'failed')
    assert.deepEqual(await isThere(world, [first, failed.imageId]), [true, false])
    const none = await made(world, id, 0)
    assert.deepEqual(await isThere(world, [first, none]), [false, false])
    await world.settled()
  })
})
