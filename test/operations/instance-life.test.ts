import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { PolyvisorError } from '../../src/model/errors.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { testFlavor, World, type WorldOptions } from '../support/world.ts'

const worlds: World[] = []
async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const world = await World.make(options)
  worlds.push(world)
  return world
}
after(() => Promise.all(worlds.map((world) => world.end())))

describe('the life of an instance', () => {
  test('create, stop, start, reboot, delete', async () => {
    const world = await makeWorld()
    const { instanceId, operationId } = await world.create()
    assert.equal((await world.ended(operationId)).status, 'succeeded')
    const active = await world.instance(instanceId)
    assert.equal(active.vmState, 'active')
    assert.equal(active.taskState, null)
    assert.ok(active.launchedAtMs !== null && active.hostId !== null)
    for (const [action, state] of [
      ['stop', 'stopped'],
      ['start', 'active'],
      ['reboot-soft', 'active'],
      ['reboot-hard', 'active'],
    ] as const) {
      const { operationId: id } = await world.act(instanceId, action)
      assert.equal((await world.ended(id)).status, 'succeeded', action)
      assert.equal((await world.instance(instanceId)).vmState, state)
    }
    await world.settled()
    await world.ended((await world.act(instanceId, 'delete')).operationId)
    assert.equal((await world.instance(instanceId)).vmState, 'deleted')
    await world.settled()
  })

  test('those of one request know it, and their place within it', async () => {
    const world = await makeWorld()
    await world.create({ count: { min: 3, max: 3 } })
    await world.create()
    const rows = (await world.db('instances').select('reservation_id as id', 'launch_index as place')) as {
      id: string
      place: number
    }[]
    const places = [...Map.groupBy(rows, ({ id }) => id).values()].map((made) => made.map(({ place }) => place).sort())
    assert.deepEqual(
      places.sort((a, b) => a.length - b.length),
      [[0], [0, 1, 2]],
    )
  })

  test('a second action on a busy instance is a conflict, and says what is under way', async () => {
    const world = await makeWorld({ latencyMs: 100 })
    const { instanceId, operationId } = await world.create()
    await assert.rejects(
      world.act(instanceId, 'stop'),
      (error: PolyvisorError) => error.kind === 'conflict' && /task_state/.test(error.message),
    )
    await world.ended(operationId)
    await assert.rejects(
      world.act(instanceId, 'start'),
      (error: PolyvisorError) => error.kind === 'conflict' && /vm_state active/.test(error.message),
    )
  })

  test('a delete wins while the create is under way', async () => {
    const world = await makeWorld({ faults: [{ call: 'ensurePresent', action: 'stall' }] })
    const { instanceId, operationId } = await world.create()
    await waitUntil('spawning', async () =>
      (await world.instance(instanceId)).taskState === 'spawning' ? true : undefined,
    )
    const deleted = await world.act(instanceId, 'delete')
    assert.equal((await world.ended(deleted.operationId)).status, 'succeeded')
    assert.equal((await world.ended(operationId)).status, 'cancelled')
    assert.equal((await world.instance(instanceId)).vmState, 'deleted')
    await world.settled()
  })
})

describe('hosts that fail', () => {
  test('the next host is tried, and the first is left clean', async () => {
    const world = await makeWorld({ nodes: 2, faults: [{ call: 'setPower', action: 'fail', times: 1 }] })
    const { instanceId, operationId } = await world.create()
    const operation = await world.ended(operationId)
    assert.equal(operation.status, 'succeeded')
    assert.equal(operation.state.attempt, 2)
    assert.equal((await world.instance(instanceId)).vmState, 'active')
    await world.settled()
  })

  test('when none is left the fault says per filter why', async () => {
    const world = await makeWorld({
      nodes: 2,
      faults: [{ call: 'ensurePresent', action: 'fail', message: 'the disk is on fire' }],
    })
    const { instanceId, operationId } = await world.create()
    assert.equal((await world.ended(operationId)).status, 'failed')
    const instance = await world.instance(instanceId)
    assert.equal(instance.vmState, 'error')
    assert.equal(instance.hostId, null)
    assert.match(instance.fault?.message ?? '', /2 of 2 fell at failed-already: tried, and failed: the disk is on fire/)
    await world.settled()
  })

  test('a flavor that fits nowhere says what was wanted and what was there', async () => {
    const world = await makeWorld({ node: { memoryMb: 1024 } })
    const { instanceId, operationId } = await world.create({ flavor: { ...testFlavor, memoryMb: 4096 } })
    await world.ended(operationId)
    assert.match(
      (await world.instance(instanceId)).fault?.message ?? '',
      /1 of 1 fell at memory: .*wanted 4096, had 1024/,
    )
    await world.settled()
  })

  test('an answer that is lost leaves no VM behind', async () => {
    const world = await makeWorld({
      nodes: 2,
      faults: [{ call: 'ensurePresent', action: 'lose-answer', code: 'UNREACHABLE', times: 1 }],
    })
    const { operationId } = await world.create()
    assert.equal((await world.ended(operationId)).status, 'succeeded')
    await world.settled()
  })

  test('a driver that lies about success is found out', async () => {
    const world = await makeWorld({ nodes: 2, faults: [{ call: 'ensurePresent', action: 'lie', times: 1 }] })
    const { instanceId, operationId } = await world.create()
    await world.ended(operationId)
    const { vmState } = await world.instance(instanceId)
    assert.ok(vmState === 'active' || vmState === 'error', vmState)
    await world.settled()
  })
})

test('two hundred concurrent requests for the last ten slots give exactly ten', async () => {
  const world = await makeWorld({ nodes: 2, node: { vcpus: 5 } })
  const created = await Promise.all(Array.from({ length: 200 }, () => world.create()))
  const statuses = await Promise.all(
    created.map(async ({ operationId }) => (await world.ended(operationId, 60_000)).status),
  )
  assert.equal(statuses.filter((status) => status === 'succeeded').length, 10)
  await world.settled()
  assert.equal(world.vms().length, 10)
})

test('a VM that vanishes is missing, and never stopped', async () => {
  const world = await makeWorld()
  const { instanceId, operationId } = await world.create()
  await world.ended(operationId)
  const { rm } = await import('node:fs/promises')
  await world.crash()
  await rm(world.vms()[0]?.path ?? '')
  await world.start()
  await waitUntil('missing', async () => {
    const row = (await world.db('vms').where({ instance_id: instanceId }).first()) as
      { power_state: string } | undefined
    return row?.power_state === 'missing' ? true : undefined
  })
  assert.equal((await world.instance(instanceId)).vmState, 'active')
})

test('a guest that is switched off behind our back is stopped soon', async () => {
  const world = await makeWorld()
  const { instanceId, operationId } = await world.create()
  await world.ended(operationId)
  const { readFile, writeFile } = await import('node:fs/promises')
  const file = world.vms()[0]?.path ?? ''
  await world.crash()
  await writeFile(file, (await readFile(file, 'utf8')).replace('"power":"on"', '"power":"off"'))
  await world.start()
  await waitUntil('stopped', async () => ((await world.instance(instanceId)).vmState === 'stopped' ? true : undefined))
})
