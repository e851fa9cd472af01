/** Migrating, resizing to another host and evacuating: where the VMs are at each moment, what is held, and what comes of every end. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { InstanceId } from '../../src/model/ids.ts'
import type { ServerGroupPolicy } from '../../src/model/server-group.ts'
import { insertServerGroup } from '../../src/store/server-groups.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { active, ended, held, isRefused, makeWorld, powers, record } from '../support/moves.ts'
import { actor, testFlavor, type World, type WorldOptions } from '../support/world.ts'

describe('migrate', () => {
  test('the new VM runs, the old one waits switched off, and both hosts are held until the verdict', async (t) => {
    const world = await makeWorld(t)
    const id = await active(world)
    const before = await world.instance(id)
    assert.equal(await ended(world, world.migrate(id)), 'succeeded')
    const moved = await world.instance(id)
    assert.equal(moved.vmState, 'resized')
    assert.notEqual(moved.hostId, before.hostId)
    assert.deepEqual(await powers(world, id), ['on', 'off'])
    assert.deepEqual(await held(world), { vcpus: 2, count: 2 })
    assert.deepEqual(await record(world, id), ['migration', 'finished', true])
    assert.deepEqual(moved.nics, before.nics)
    await world.settled()

    assert.equal(await ended(world, world.act(id, 'confirm-resize')), 'succeeded')
    assert.equal((await world.instance(id)).vmState, 'active')
    assert.deepEqual(await powers(world, id), ['on'])
    assert.deepEqual(await held(world), { vcpus: 1, count: 1 })
    assert.deepEqual(await record(world, id), ['migration', 'confirmed', true])
    await world.settled()
  })

  test('reverted it runs where it was, from its own disk', async (t) => {
    const world = await makeWorld(t)
    const id = await active(world)
    const before = await world.instance(id)
    await ended(world, world.migrate(id))
    assert.equal(await ended(world, world.act(id, 'revert-resize')), 'succeeded')
    const after = await world.instance(id)
    assert.deepEqual([after.hostId, after.bootImage, after.vmState], [before.hostId, before.bootImage, 'active'])
    assert.deepEqual(await powers(world, id), ['on'])
    assert.deepEqual(await record(world, id), ['migration', 'reverted', true])
    await world.settled()
    assert.deepEqual(await images(world), [], 'the images that carried its disk are gone')
  })

  test('a stopped server stays stopped all the way, and takes its other disks along', async (t) => {
    const world = await makeWorld(t)
    const id = await active(world, { flavor: { ...testFlavor, ephemeralGb: 1, swapMb: 64 } })
    await ended(world, world.act(id, 'stop'))
    assert.equal(await ended(world, world.migrate(id)), 'succeeded')
    assert.deepEqual(await powers(world, id), ['off', 'off'])
    await ended(world, world.act(id, 'confirm-resize'))
    assert.equal((await world.instance(id)).vmState, 'stopped')
    assert.deepEqual(await powers(world, id), ['off'])
    await world.settled()
  })

  test('the orphan finder leaves the old VM alone, also after a restart', async (t) => {
    const world = await makeWorld(t)
    const id = await active(world)
    await ended(world, world.migrate(id))
    await world.crash()
    await world.start()
    await waitUntil('both to be reported', async () => {
      const rows = await world.db('vms').where({ instance_id: id }).pluck('power_state')
      return rows.sort().join() === 'off,on' ? true : undefined
    })
    assert.equal(await world.db('operations').where({ kind: 'orphan-remove' }).first('id'), undefined)
    assert.equal(await ended(world, world.act(id, 'revert-resize')), 'succeeded')
    await world.settled()
  })

  test('deleted while it waits, nothing is left on either host', async (t) => {
    const world = await makeWorld(t)
    const id = await active(world)
    await ended(world, world.migrate(id))
    assert.equal(await ended(world, world.act(id, 'delete')), 'succeeded')
    assert.deepEqual(world.vms(), [])
    assert.deepEqual(await record(world, id), ['migration', 'confirmed', true])
    await world.settled()
  })

  test('a host that fails is left for the next one; with none left it runs on where it was', async (t) => {
    const world = await makeWorld(t, {
      nodes: 3,
      faults: [{ call: 'ensurePresent', action: 'fail', after: 1, times: 1 }],
    })
    const id = await active(world)
    assert.equal(await ended(world, world.migrate(id)), 'succeeded')
    await ended(world, world.act(id, 'confirm-resize'))
    const before = await world.instance(id)
    await world.db('hosts').whereNot({ id: before.hostId }).update({ enabled: false, updated_at: Date.now() })
    const { status, error } = await world.ended((await world.migrate(id)).operationId)
    assert.equal(status, 'failed')
    assert.match(error?.message ?? '', /1 of 3 fell at excluded: the server is on it already/)
    const after = await world.instance(id)
    assert.deepEqual([after.hostId, after.vmState, after.taskState], [before.hostId, 'active', null])
    assert.deepEqual(await powers(world, id), ['on'])
    assert.deepEqual(await record(world, id), ['migration', 'error', false])
    await world.settled()
  })

  test('to a host by name; not to its own, to one that is not there, or off one that is down', async (t) => {
    const world = await makeWorld(t, { nodes: 3 })
    const id = await active(world)
    const { hostId } = await world.instance(id)
    const hosts = (await world.db('hosts').select('id', 'name')) as { id: string; name: string }[]
    const name = (isOwn: boolean): string => hosts.find((host) => (host.id === hostId) === isOwn)?.name ?? ''
    await assert.rejects(world.migrate(id, name(true)), isRefused('bad-request', /where the server exists/))
    await assert.rejects(world.migrate(id, 'nowhere'), isRefused('bad-request', /could not be found/))
    await world.db('hosts').where({ id: hostId }).update({ forced_down: true })
    await assert.rejects(world.migrate(id), isRefused('conflict', /can be evacuated/))
    await world.db('hosts').where({ id: hostId }).update({ forced_down: false })
    assert.equal(await ended(world, world.migrate(id, name(false))), 'succeeded')
    const { hostId: now } = await world.instance(id)
    assert.equal(hosts.find(({ id: one }) => one === now)?.name, name(false))
  })
})

describe('resize', () => {
  test('leaves a host that has no room, and confirmed holds the new flavor alone', async (t) => {
    const world = await makeWorld(t)
    const id = await active(world)
    await world.crowd(id)
    const { hostId } = await world.instance(id)
    assert.equal(await ended(world, world.resize(id)), 'succeeded')
    const moved = await world.instance(id)
    assert.notEqual(moved.hostId, hostId)
    assert.equal(moved.flavor.vcpus, 2)
    assert.deepEqual(await held(world), { vcpus: 3, count: 2 })
    assert.deepEqual(await record(world, id), ['resize', 'finished', true])
    await ended(world, world.act(id, 'confirm-resize'))
    assert.deepEqual(await held(world), { vcpus: 2, count: 1 })
    await world.settled()
  })

  test('reverted it holds the old flavor alone', async (t) => {
    const world = await makeWorld(t)
    const id = await active(world)
    await world.crowd(id)
    await ended(world, world.resize(id))
    await ended(world, world.act(id, 'revert-resize'))
    assert.equal((await world.instance(id)).flavor.vcpus, 1)
    assert.deepEqual(await held(world), { vcpus: 1, count: 1 })
    await world.settled()
  })

  test('stays where there is room, and is recorded as a move to its own host', async (t) => {
    const world = await makeWorld(t)
    const id = await active(world)
    const { hostId } = await world.instance(id)
    await ended(world, world.resize(id))
    assert.equal((await world.instance(id)).hostId, hostId)
    assert.deepEqual(await record(world, id), ['resize', 'finished', false])
    await ended(world, world.act(id, 'confirm-resize'))
    assert.deepEqual(await record(world, id), ['resize', 'confirmed', false])
    await world.settled()
  })
})

describe('evacuate', () => {
  /** Its image is on record, as it is where images come from the service. */
  async function evacuable(t: TestContext, options: WorldOptions = {}): Promise<{ world: World; id: InstanceId }> {
    const world = await makeWorld(t, options)
    await world.recordImage()
    return { world, id: await active(world) }
  }

  test('made anew elsewhere; what its old host still has of it is removed, and never runs beside it for long', async (t) => {
    const { world, id } = await evacuable(t)
    const { hostId, nics } = await world.instance(id)
    await world.forceDownHostOf(id)
    assert.equal(await ended(world, world.evacuate(id)), 'succeeded')
    const after = await world.instance(id)
    assert.equal(after.vmState, 'active')
    assert.notEqual(after.hostId, hostId)
    assert.deepEqual(after.nics, nics)
    assert.deepEqual(await held(world), { vcpus: 1, count: 1 })
    assert.deepEqual(await record(world, id), ['evacuation', 'done', true])
    await world.settled()
    assert.deepEqual(await powers(world, id), ['on'])
  })

  test('the old host silent for real: nothing is asked of it, and the orphan goes when it comes back', async (t) => {
    const { world, id } = await evacuable(t)
    const { hostId } = await world.instance(id)
    // As if its agent were another one, which died.
    const agent = (await world.db('agents').first()) as object
    await world.db('agents').insert({ ...agent, id: 'gone' })
    await world.db('hosts').where({ id: hostId }).update({ agent_id: 'gone', up: false, updated_at: Date.now() })
    assert.equal(await ended(world, world.evacuate(id)), 'succeeded')
    assert.deepEqual(await powers(world, id), ['on', 'on'])
    await world.crash()
    await world.start()
    await world.settled()
    assert.deepEqual(await powers(world, id), ['on'])
  })

  test('a stopped one stays stopped; one that no host takes stays where it was and says why', async (t) => {
    const { world, id } = await evacuable(t)
    await ended(world, world.act(id, 'stop'))
    await world.forceDownHostOf(id)
    await world.db('hosts').update({ enabled: false, updated_at: Date.now() })
    assert.equal(await ended(world, world.evacuate(id)), 'failed')
    assert.match((await world.instance(id)).fault?.message ?? '', /disabled by the operator/)
    await world.db('hosts').update({ enabled: true, updated_at: Date.now() })
    assert.equal(await ended(world, world.evacuate(id)), 'succeeded')
    assert.equal((await world.instance(id)).vmState, 'stopped')
    await world.settled()
  })

  test('refused: while its host is up, to its own host, to none, and without its image', async (t) => {
    const { world, id } = await evacuable(t)
    await assert.rejects(world.evacuate(id), isRefused('bad-request', /is still in use/))
    const own = await world.forceDownHostOf(id)
    await assert.rejects(world.evacuate(id, own), isRefused('bad-request', /can't be the same/))
    await assert.rejects(world.evacuate(id, 'nowhere'), isRefused('not-found', /nowhere not found/))
    await world.db('images').update({ status: 'deleted' })
    await assert.rejects(world.evacuate(id), isRefused('conflict', /is gone/))
    assert.equal((await world.instance(id)).taskState, null)
  })
})

describe('server groups', () => {
  test('two of an anti-affinity group that move at once do not meet; a place that one may come back to is taken', async (t) => {
    const world = await makeWorld(t, { nodes: 3, conductors: 2 })
    const serverGroupId = await makeGroup(world, 'anti-affinity')
    const [one, two] = [await active(world, { serverGroupId }), await active(world, { serverGroupId })]
    const moves = await Promise.all([world.migrate(one), world.migrate(two)])
    const ends = await Promise.all(moves.map(async ({ operationId }) => (await world.ended(operationId)).status))
    assert.deepEqual(ends.toSorted(), ['failed', 'succeeded'])
    const hosts = (await world.db('allocations').pluck('host_id')) as string[]
    assert.equal(new Set(hosts).size, 3, 'one of each, and the one that the moved server may go back to')
    const third = await world.create({ serverGroupId })
    assert.equal((await world.ended(third.operationId)).status, 'failed')
    await world.settled()
  })
})

async function makeGroup(world: World, policy: ServerGroupPolicy): Promise<string> {
  const id = crypto.randomUUID()
  const { projectId, userId } = actor
  const group = { id, projectId, userId, name: policy, policy, maxServerPerHost: null, members: [] }
  await insertServerGroup(world.db, group, 1)
  return id
}

/** Beside the one that servers are made of. */
async function images(world: World): Promise<readonly string[]> {
  return (await world.db('images').whereNotIn('status', ['deleted', 'deleting']).pluck('name')) as string[]
}
