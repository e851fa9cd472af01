/** Live migration: on which side the guest is at each moment, and what comes of every end. */
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { describe, test, type TestContext } from 'node:test'
import type { FaultConfig } from '../../drivers/sim/manifest.ts'
import type { HostId, InstanceId, OperationId } from '../../src/model/ids.ts'
import { LiveMigrations } from '../../src/operations/live-migrations.ts'
import { listServerMigrations } from '../../src/store/server-migrations.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { active, ended, held, isRefused, makeWorld, powers, record } from '../support/moves.ts'
import type { World } from '../support/world.ts'

describe('live-migrate', () => {
  test('it runs throughout, on one side at a time, and nothing is left where it was', async (t) => {
    const world = await makeWorld(t, { migrationMs: 200 })
    const id = await active(world)
    const { hostId } = await world.instance(id)
    const [before] = await consoles(world, id)
    assert.match(before ?? '', /POLYVISOR-SIM-UP/)
    const seen = new Set<number>()
    const timer = setInterval(() => seen.add(running(world, id).length), 1)
    const status = await ended(world, world.liveMigrate(id))
    clearInterval(timer)
    assert.equal(status, 'succeeded')
    assert.deepEqual([...seen], [1], 'always on one host, as far as anybody in this process can see')
    assert.deepEqual(await consoles(world, id), [before], 'it was not booted anew')
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

  test('a host that does not say whether the guest came: the guest is followed, not moved again', async (t) => {
    // One look fails, after the move and then also in the undo; in the end enough of them that a step gives up.
    for (const times of [1, 2, 12]) {
      const world = await makeWorld(t, { nodes: 3, faults: [{ ...silent, node: nodeName(2), after: 1, times }] })
      const id = await activeOnFirst(world)
      const { hostId } = await world.instance(id)
      assert.equal(await ended(world, world.liveMigrate(id, nodeName(2))), 'succeeded')
      assert.notEqual((await world.instance(id)).hostId, hostId)
      assert.deepEqual(await powers(world, id), ['on'])
      assert.deepEqual(await held(world), { vcpus: 1, count: 1 })
      assert.deepEqual(await record(world, id), ['live-migration', 'completed', true])
      await world.settled()
    }
  })

  test('the answer lost and both hosts silent for a while: nobody guesses, and the guest lives', async (t) => {
    const lost = { call: 'migrate', action: 'lose-answer', code: 'TIMEOUT', times: 1 } as const
    const faults = [lost, { ...silent, node: nodeName(2), after: 1, times: 3 }]
    const world = await makeWorld(t, { nodes: 3, faults })
    const id = await activeOnFirst(world)
    assert.equal(await ended(world, world.liveMigrate(id, nodeName(2))), 'succeeded')
    assert.deepEqual(await powers(world, id), ['on'])
    assert.deepEqual(await record(world, id), ['live-migration', 'completed', true])
    await world.settled()
  })

  test('what came and stands still, since the source did not come to say so, is told to go on', async (t) => {
    const { world, id, operationId } = await standingStill(t)
    assert.equal((await world.ended(operationId)).status, 'succeeded')
    assert.deepEqual(await powers(world, id), ['on'])
    assert.equal((await world.instance(id)).vmState, 'active')
    await world.settled()
  })

  test('a source that is silent for good holds its guest until an operator says that it is down', async (t) => {
    const { world, id, operationId, source } = await standingStill(t, [
      { ...silent, node: nodeName(1), after: 2, times: 1_000 },
    ])
    await world.db('hosts').where({ id: source }).update({ forced_down: true, updated_at: Date.now() })
    assert.equal((await world.ended(operationId)).status, 'succeeded')
    assert.notEqual((await world.instance(id)).hostId, source)
    assert.ok((await powers(world, id)).includes('on'))
  })

  test('what opens the destination is told to nobody, and kept no longer than the operation', async (t) => {
    const world = await makeWorld(t)
    const { state, steps } = await world.ended((await world.liveMigrate(await active(world))).operationId)
    assert.equal(state.outputs['prepare'], null)
    assert.equal(steps.find(({ step }) => step === 'prepare')?.output, null)
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

const silent = { call: 'get', action: 'fail', code: 'UNREACHABLE', retry: 'elsewhere' } as const

/** A guest that has come to the second node and stands still there, and whose operation has not heard that it came. */
async function standingStill(
  t: TestContext,
  more: readonly FaultConfig[] = [],
): Promise<{ world: World; id: InstanceId; operationId: OperationId; source: HostId | null }> {
  const lost = { call: 'migrate', action: 'lose-answer', code: 'TIMEOUT', times: 9 } as const
  const world = await makeWorld(t, {
    nodes: 3,
    faults: [lost, { ...silent, node: nodeName(2), after: 1, times: 3 }, ...more],
  })
  const id = await activeOnFirst(world)
  const { hostId: source } = await world.instance(id)
  const { operationId } = await world.liveMigrate(id, nodeName(2))
  const arrival = await waitUntil('the guest at the destination', () => {
    const isThere = running(world, id).some((hostId) => hostId !== source)
    return isThere ? world.vms().find(({ power }) => power === 'on') : undefined
  })
  await world.crash()
  const vm = JSON.parse(await readFile(arrival.path, 'utf8')) as object
  await writeFile(arrival.path, JSON.stringify({ ...vm, power: 'paused' }))
  await world.start()
  return { world, id, operationId, source }
}

/** Nodes count from one. */
function nodeName(index: number): string {
  return `world-sim-${index}`
}

async function activeOnFirst(world: World): Promise<InstanceId> {
  const others = world.db('hosts').whereNot({ name: nodeName(1) })
  assert.ok((await others.clone().update({ enabled: false, updated_at: Date.now() })) > 0)
  const id = await active(world)
  await others.clone().update({ enabled: true, updated_at: Date.now() })
  return id
}

/** What its guests wrote, by host. */
async function consoles(world: World, id: InstanceId): Promise<readonly string[]> {
  const files = world.vms().filter(({ instanceId }) => instanceId === id)
  const texts = await Promise.all(files.map(({ path }) => readFile(path, 'utf8')))
  return texts.map((text) => (JSON.parse(text) as { console: string }).console)
}

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
