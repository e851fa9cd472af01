/** Migrating, resizing to another host, evacuating and live-migrating: where the VMs are at each moment, what is held, and what comes of every end. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { InstanceId } from '../../src/model/ids.ts'
import { PolyvisorError } from '../../src/model/errors.ts'
import { LiveMigrations } from '../../src/operations/live-migrations.ts'
import { listServerMigrations } from '../../src/store/server-migrations.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { testFlavor, World, type WorldOptions } from '../support/world.ts'

async function makeWorld(t: TestContext, options: WorldOptions = {}): Promise<World> {
  const world = await World.make({ nodes: 2, ...options })
  t.after(() => world.end())
  return world
}

async function active(world: World, changes: Parameters<World['create']>[0] = {}): Promise<InstanceId> {
  const { instanceId, operationId } = await world.create(changes)
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  return instanceId
}

async function ended(world: World, begun: Promise<{ operationId: Parameters<World['ended']>[0] }>): Promise<string> {
  return (await world.ended((await begun).operationId)).status
}

/** Power of its VM on each host, the instance's own first. */
async function powers(world: World, id: InstanceId): Promise<readonly string[]> {
  const { hostId } = await world.instance(id)
  const vms = world.vms().filter(({ instanceId }) => instanceId === id)
  return vms.sort((a, b) => Number(b.hostId === hostId) - Number(a.hostId === hostId)).map(({ power }) => power)
}

async function record(world: World, id: InstanceId): Promise<unknown> {
  const [last] = await listServerMigrations(world.db, { instanceId: id, limit: 1 })
  return [last?.type, last?.status, last?.destHost !== null && last?.destHost !== last?.sourceHost]
}

async function held(world: World): Promise<unknown> {
  const sums = await world.db('hosts').sum({ vcpus: 'used_vcpus', count: 'instance_count' }).first()
  return { vcpus: Number(sums?.['vcpus']), count: Number(sums?.['count']) }
}

const isRefused =
  (kind: PolyvisorError['kind'], message: RegExp) =>
  (error: unknown): boolean =>
    error instanceof PolyvisorError && error.kind === kind && message.test(error.message)

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

describe('live-migrate', () => {
  test('it runs throughout, on one side at a time, and nothing is left where it was', async (t) => {
    const world = await makeWorld(t, { migrationMs: 200 })
    const id = await active(world)
    const { hostId } = await world.instance(id)
    const seen = new Set<string>()
    const timer = setInterval(() => seen.add([...running(world, id)].join()), 1)
    const status = await ended(world, world.liveMigrate(id))
    clearInterval(timer)
    assert.equal(status, 'succeeded')
    assert.ok(![...seen].some((hosts) => hosts.includes(',')), 'never on both')
    const after = await world.instance(id)
    assert.notEqual(after.hostId, hostId)
    assert.equal(after.vmState, 'active')
    assert.deepEqual(await powers(world, id), ['on'])
    assert.deepEqual(await held(world), { vcpus: 1, count: 1 })
    assert.deepEqual(await record(world, id), ['live-migration', 'completed', true])
    await world.settled()
  })

  test('a paused one stays paused; a stopped one is refused', async (t) => {
    const world = await makeWorld(t)
    const id = await active(world)
    await ended(world, world.act(id, 'pause'))
    assert.equal(await ended(world, world.liveMigrate(id)), 'succeeded')
    assert.equal((await world.instance(id)).vmState, 'paused')
    assert.deepEqual(await powers(world, id), ['paused'])
    await ended(world, world.act(id, 'unpause'))
    await ended(world, world.act(id, 'stop'))
    await assert.rejects(world.liveMigrate(id), isRefused('conflict', /vm_state stopped/))
    await world.settled()
  })

  test('aborted it goes on where it was, and the other side is clean', async (t) => {
    const world = await makeWorld(t, { migrationMs: 60_000 })
    const id = await active(world)
    const before = await world.instance(id)
    const { operationId } = await world.liveMigrate(id)
    await isRunning(world, id)
    await world.control.operations.cancel(operationId)
    assert.equal((await world.ended(operationId)).status, 'cancelled')
    const after = await world.instance(id)
    assert.deepEqual([after.hostId, after.vmState, after.fault], [before.hostId, 'active', null])
    assert.deepEqual(await powers(world, id), ['on'])
    assert.deepEqual(await record(world, id), ['live-migration', 'cancelled', true])
    await world.settled()
  })

  test('forced it comes to its end; what was not begun cannot be forced', async (t) => {
    const world = await makeWorld(t, { migrationMs: 60_000 })
    const id = await active(world)
    const live = new LiveMigrations(world.db, world.control.queries, world.control.operations)
    await assert.rejects(live.forceComplete(id, '1'), isRefused('not-found', /could not be found/))
    const { operationId } = await world.liveMigrate(id)
    const number = await isRunning(world, id)
    // The host begins a moment after the record says so.
    await waitUntil('the host to take it', () =>
      live.forceComplete(id, number).then(
        () => true,
        () => undefined,
      ),
    )
    assert.equal((await world.ended(operationId)).status, 'succeeded')
    await assert.rejects(live.forceComplete(id, number), isRefused('bad-request', /is completed/))
    await world.settled()
  })

  test('a host that fails is left for the next; one whose answer is lost after the switch is believed', async (t) => {
    const world = await makeWorld(t, {
      nodes: 3,
      faults: [
        { call: 'migrate', action: 'fail', times: 1 },
        { call: 'migrate', action: 'lose-answer', times: 1 },
      ],
    })
    const id = await active(world)
    const { status, state } = await world.ended((await world.liveMigrate(id)).operationId)
    assert.equal(status, 'succeeded')
    assert.equal(state.attempt, 2)
    assert.deepEqual(await powers(world, id), ['on'])
    await world.settled()
  })

  test('deleted on its way, nothing is left on either side', async (t) => {
    const world = await makeWorld(t, { migrationMs: 60_000 })
    const id = await active(world)
    await world.liveMigrate(id)
    await isRunning(world, id)
    assert.equal(await ended(world, world.act(id, 'delete')), 'succeeded')
    assert.deepEqual(world.vms(), [])
    await world.settled()
  })
})

/** Where its guest is on now. */
function running(world: World, id: InstanceId): readonly string[] {
  return world.vms().flatMap(({ instanceId, hostId, power }) => (instanceId === id && power === 'on' ? [hostId] : []))
}

/** @returns the number of its record */
function isRunning(world: World, instanceId: InstanceId): Promise<string> {
  return waitUntil('the guest to be on its way', async () => {
    const [found] = await listServerMigrations(world.db, { instanceId, statuses: ['running'], limit: 1 })
    return found === undefined ? undefined : String(found.id)
  })
}

/** Beside the one that servers are made of. */
async function images(world: World): Promise<readonly string[]> {
  return (await world.db('images').whereNotIn('status', ['deleted', 'deleting']).pluck('name')) as string[]
}
