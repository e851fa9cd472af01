/** Emptying a host: what goes how, what stays and why, and that asking again finishes it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HostId, InstanceId } from '../../src/model/ids.ts'
import { HostDrain, type Drain } from '../../src/operations/host-drain.ts'
import { findHost } from '../../src/store/hosts.ts'
import { systemClock } from '../../src/util/clock.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { active, ended, held, isRefused, makeWorld, powers, record } from '../support/moves.ts'
import { actor, type World } from '../support/world.ts'

const drainer = (world: World): HostDrain =>
  new HostDrain({ db: world.db, clock: systemClock, instances: world.control.instances })

const drain = (world: World, hostId: HostId, cold = false): Promise<Drain> =>
  drainer(world).drain(hostId, { cold }, { ...actor, isAdmin: true })

async function hostOf(world: World, id: InstanceId): Promise<HostId> {
  const { hostId } = await world.instance(id)
  assert.ok(hostId !== null)
  return hostId
}

async function enableOthers(world: World, hostId: HostId, enabled: boolean): Promise<void> {
  await world.db('hosts').whereNot({ id: hostId }).update({ enabled, updated_at: Date.now() })
}

async function moved(world: World, { moving }: Drain): Promise<readonly string[]> {
  return Promise.all(moving.map(async ({ operationId }) => (await world.ended(operationId)).status))
}

/** With its verdict, which nobody gives by hand. */
async function idle(world: World, id: InstanceId): Promise<void> {
  const isIdle = async (): Promise<true | undefined> =>
    (await world.instance(id)).operationId === null ? true : undefined
  await waitUntil('the instance to be idle', isIdle)
}

test('a guest that runs goes while it runs, a stopped one cold and without a verdict, and no new one comes', async (t) => {
  const world = await makeWorld(t)
  const running = await active(world)
  const host = await hostOf(world, running)
  await enableOthers(world, host, false)
  const stopped = await active(world)
  await ended(world, world.act(stopped, 'stop'))
  await enableOthers(world, host, true)
  assert.equal(await hostOf(world, stopped), host, 'both are there')

  const begun = await drain(world, host)
  const how = Object.fromEntries(begun.moving.map(({ instance, how: way }) => [instance.id, way]))
  assert.deepEqual(how, { [running]: 'live', [stopped]: 'cold' })
  assert.deepEqual(begun.staying, [])
  assert.deepEqual(await moved(world, begun), ['succeeded', 'succeeded'])
  await idle(world, stopped)

  assert.notEqual(await hostOf(world, running), host)
  assert.notEqual(await hostOf(world, stopped), host)
  assert.deepEqual(
    [(await world.instance(running)).vmState, (await world.instance(stopped)).vmState],
    ['active', 'stopped'],
  )
  assert.deepEqual([await powers(world, running), await powers(world, stopped)], [['on'], ['off']])
  assert.deepEqual(await record(world, stopped), ['migration', 'confirmed', true])
  assert.deepEqual(await held(world), { vcpus: 2, count: 2 })
  const after = await findHost(world.db, host)
  assert.deepEqual([after?.enabled, after?.disabledReason], [false, 'drained for maintenance'])
  assert.deepEqual(await drain(world, host).then(({ moving, staying }) => [moving, staying]), [[], []])
  await world.settled()
})

test('where guests that run cannot move, they stay, or go cold when that is asked for', async (t) => {
  const world = await makeWorld(t)
  const id = await active(world)
  const host = await hostOf(world, id)
  const { capabilities } = (await findHost(world.db, host)) ?? assert.fail()
  const abilities = capabilities.abilities.filter((ability) => ability !== 'migrate')
  await world
    .db('hosts')
    .update({ capabilities: JSON.stringify({ ...capabilities, abilities }), updated_at: Date.now() })
  const first = await drain(world, host)
  assert.deepEqual(first.moving, [])
  assert.deepEqual(
    first.staying.map(({ instance, code }) => [instance.id, code]),
    [[id, 'not-while-it-runs']],
  )
  const second = await drain(world, host, true)
  assert.deepEqual(await moved(world, second), ['succeeded'])
  await idle(world, id)
  assert.notEqual(await hostOf(world, id), host)
  assert.equal((await world.instance(id)).vmState, 'active')
  assert.deepEqual(await powers(world, id), ['on'])
})

test('what waits for a verdict stays until it has one; the reason that somebody gave is kept', async (t) => {
  const world = await makeWorld(t)
  const id = await active(world)
  const from = await hostOf(world, id)
  await ended(world, world.migrate(id))
  const host = await hostOf(world, id)
  // Its way back lies there.
  const left = await drain(world, from)
  assert.deepEqual(
    left.staying.map(({ instance, code }) => [instance.id, code]),
    [[id, 'waits-for-verdict']],
  )
  await world.db('hosts').where({ id: from }).update({ enabled: true, updated_at: Date.now() })
  await world.db('hosts').where({ id: host }).update({ enabled: false, disabled_reason: 'a new disk' })
  const first = await drain(world, host)
  assert.deepEqual(
    first.staying.map(({ code }) => code),
    ['wrong-vm-state'],
  )
  assert.equal((await findHost(world.db, host))?.disabledReason, 'a new disk')
  await ended(world, world.act(id, 'confirm-resize'))
  const second = await drain(world, host)
  assert.deepEqual(await moved(world, second), ['succeeded'])
  assert.notEqual(await hostOf(world, id), host)
  await world.settled()
})

test('a host that is down, or not there', async (t) => {
  const world = await makeWorld(t)
  const id = await active(world)
  const host = await hostOf(world, id)
  await assert.rejects(drain(world, crypto.randomUUID() as HostId), isRefused('not-found', /host/i))
  await world.forceDownHostOf(id)
  await assert.rejects(drain(world, host), isRefused('conflict', /evacuated/))
})
