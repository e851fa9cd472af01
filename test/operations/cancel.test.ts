import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { allowedActions } from '../../src/model/allowed-actions.ts'
import type { PolyvisorError } from '../../src/model/errors.ts'
import { transitions, vmStates } from '../../src/model/instance-states.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { World, type WorldOptions } from '../support/world.ts'

const worlds: World[] = []
async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const world = await World.make(options)
  worlds.push(world)
  return world
}
after(() => Promise.all(worlds.map((world) => world.end())))

test('a create that is cancelled half way undoes itself, and says so', async () => {
  const world = await makeWorld({ faults: [{ call: 'ensurePresent', action: 'stall' }] })
  const { instanceId, operationId } = await world.create()
  await waitUntil('spawning', async () =>
    (await world.instance(instanceId)).taskState === 'spawning' ? true : undefined,
  )
  await world.control.operations.cancel(operationId)
  await world.control.operations.cancel(operationId).catch(() => {})
  assert.equal((await world.ended(operationId)).status, 'cancelled')
  const { vmState, fault } = await world.instance(instanceId)
  assert.equal(vmState, 'error')
  assert.match(fault?.message ?? '', /cancelled/)
  await world.settled()
})

test('what is over, and what must go through, cannot be cancelled', async () => {
  const world = await makeWorld({ latencyMs: 100 })
  const { instanceId, operationId } = await world.create()
  await world.ended(operationId)
  const isConflict = (error: PolyvisorError): boolean => error.kind === 'conflict'
  await assert.rejects(world.control.operations.cancel(operationId), isConflict)
  const deleted = await world.act(instanceId, 'delete')
  await assert.rejects(world.control.operations.cancel(deleted.operationId), isConflict)
  await world.ended(deleted.operationId)
})

test('pause, suspend and their ways back', async () => {
  const world = await makeWorld()
  const { instanceId, operationId } = await world.create()
  await world.ended(operationId)
  for (const [action, state] of [
    ['pause', 'paused'],
    ['unpause', 'active'],
    ['suspend', 'suspended'],
    ['resume', 'active'],
  ] as const) {
    assert.equal((await world.ended((await world.act(instanceId, action)).operationId)).status, 'succeeded', action)
    assert.equal((await world.instance(instanceId)).vmState, state)
  }
})

test('allowed actions are the state table, no more and no less', () => {
  for (const vmState of vmStates) {
    const allowed = allowedActions({ vmState, taskState: null, operationId: null }, [
      'pause',
      'suspend',
      'resize',
      'snapshot',
      'rescue',
      'migrate',
      'setAdminPassword',
    ])
      .filter(({ refusal }) => refusal === undefined)
      .map(({ action }) => action)
    const wanted = transitions.filter(
      ({ from, action }) => action === 'delete' || (from as readonly string[]).includes(vmState),
    )
    assert.deepEqual(
      allowed,
      wanted.map(({ action }) => action),
    )
  }
  const busy = allowedActions({ vmState: 'active', taskState: 'powering-off', operationId: null }, undefined)
  assert.deepEqual(
    busy.filter(({ refusal }) => refusal === undefined).map(({ action }) => action),
    ['delete'],
  )
  const poor = allowedActions({ vmState: 'active', taskState: null, operationId: null }, [])
  assert.match(poor.find(({ action }) => action === 'pause')?.refusal?.reason ?? '', /cannot pause/)
})
