/** Rescued instances: booted from another image, with their own disks behind it, and back. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, test } from 'node:test'
import type { InstanceId, OperationId } from '../../src/model/ids.ts'
import { testImage, World, type WorldOptions } from '../support/world.ts'

const worlds: World[] = []
afterEach(() => Promise.all(worlds.splice(0).map((world) => world.end())))

async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const world = await World.make(options)
  worlds.push(world)
  return world
}

async function active(world: World): Promise<InstanceId> {
  const { instanceId, operationId } = await world.create()
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  return instanceId
}

async function done(world: World, begun: Promise<{ operationId: OperationId }>): Promise<void> {
  const { status, error } = await world.ended((await begun).operationId)
  assert.equal(status, 'succeeded', error?.message)
}

async function rescueDevice(world: World, id: InstanceId): Promise<unknown> {
  const folder = join(world.folder, 'agent/drivers/sim/disks')
  const file = (await readdir(folder)).find((name) => name.startsWith(`${id}.`) && name.split('.')[2] === 'rescue')
  return (JSON.parse(await readFile(join(folder, file ?? ''), 'utf8')) as { as?: unknown }).as
}

async function disksOf(world: World, id: InstanceId): Promise<readonly string[]> {
  const files = await readdir(join(world.folder, 'agent/drivers/sim/disks'))
  return files.flatMap((file) => (file.startsWith(`${id}.`) ? [file.split('.')[2] ?? ''] : [])).sort()
}

describe('rescue and unrescue', () => {
  test('a running and a stopped one get one disk more, and lose it again', async () => {
    const world = await makeWorld()
    for (const isStopped of [false, true]) {
      const id = await active(world)
      if (isStopped) await done(world, world.act(id, 'stop'))
      await done(world, world.rescue(id, isStopped ? { ...testImage, virtualSizeBytes: 4096 } : undefined))
      assert.equal((await world.instance(id)).vmState, 'rescued')
      assert.deepEqual(await disksOf(world, id), ['rescue', 'root'])
      await assert.rejects(world.act(id, 'reboot-hard'), { kind: 'conflict', code: 'wrong-vm-state' })
      await assert.rejects(world.rebuild(id), { kind: 'conflict', code: 'wrong-vm-state' })
      await done(world, world.act(id, 'unrescue'))
      assert.equal((await world.instance(id)).vmState, 'active')
      assert.deepEqual(await disksOf(world, id), ['root'])
    }
    await world.settled()
  })

  test('as the device that the image asks for, behind its own disks; refused where its host cannot', async () => {
    const world = await makeWorld()
    const id = await active(world)
    const withProperties = (properties: Record<string, string>) => ({ ...testImage, properties })
    for (const [properties, refusal] of [
      [{ hw_rescue_bus: 'carrier-pigeon' }, { kind: 'bad-request', code: 'rescue-device-unknown' }],
      [{ hw_rescue_device: 'floppy' }, { kind: 'conflict', code: 'rescue-device-unsupported' }],
      [
        { hw_rescue_device: 'cdrom', hw_rescue_bus: 'virtio' },
        { kind: 'conflict', code: 'rescue-device-unsupported', message: /disk \(virtio, scsi/ },
      ],
    ] as const) {
      await assert.rejects(world.rescue(id, withProperties(properties)), refusal)
    }
    for (const [properties, shown] of [
      [
        { hw_rescue_device: 'cdrom', hw_rescue_bus: 'usb' },
        { kind: 'cdrom', bus: 'usb' },
      ],
      [{ hw_rescue_bus: 'scsi' }, { kind: 'disk', bus: 'scsi' }],
      [{ hw_rescue_device: 'cdrom' }, { kind: 'cdrom' }],
    ] as const) {
      await done(world, world.rescue(id, withProperties(properties)))
      assert.deepEqual(await rescueDevice(world, id), shown)
      await done(world, world.act(id, 'unrescue'))
    }
    await world.settled()
  })

  test('one that does not start is what it was; one that is rescued can be deleted', async () => {
    const world = await makeWorld({
      faults: [{ call: 'setPower', action: 'fail', retry: 'never', after: 2, times: 1 }],
    })
    const id = await active(world)
    assert.equal((await world.ended((await world.rescue(id)).operationId)).status, 'failed')
    assert.equal((await world.instance(id)).vmState, 'active')
    assert.deepEqual(await disksOf(world, id), ['root'])
    await done(world, world.rescue(id))
    await done(world, world.act(id, 'delete'))
    assert.deepEqual(await disksOf(world, id), [])
    await world.settled()
  })

  test('refused: a paused one, one whose host cannot, an image without data', async () => {
    const world = await makeWorld()
    const id = await active(world)
    await assert.rejects(world.rescue(id, { ...testImage, status: 'queued' }), { kind: 'bad-request' })
    await done(world, world.act(id, 'pause'))
    await assert.rejects(world.rescue(id), { kind: 'conflict', code: 'wrong-vm-state' })
    await done(world, world.act(id, 'unpause'))
    await world.db('hosts').update({ capabilities: JSON.stringify({ abilities: [] }) })
    await assert.rejects(world.rescue(id), { kind: 'conflict', code: 'not-supported-by-host' })
  })
})
