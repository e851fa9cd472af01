/** A bus that refuses messages: what is to be done stands in the database, and is done once the bus is back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bus } from '../../src/bus/bus.ts'
import { World } from '../support/world.ts'

/** @param refuses whether this message to this queue is refused */
async function worldWith(
  t: { after(work: () => Promise<void>): void },
  refuses: (queue: string) => boolean,
): Promise<World> {
  const wrapBus = (bus: Bus): Bus => ({
    send: async (queue, message) => {
      if (refuses(queue)) throw new Error('the bus is away')
      await bus.send(queue, message)
    },
    publish: (topic, message) => bus.publish(topic, message),
    consume: (queue, handle) => bus.consume(queue, handle),
    subscribe: (to, handle) => bus.subscribe(to, handle),
    health: () => bus.health(),
    close: () => bus.close(),
  })
  const world = await World.make({ wrapBus })
  t.after(() => world.end())
  return world
}

test('an operation that the conductors were not told of is found', async (t) => {
  let refused = 0
  const world = await worldWith(t, (queue) => queue === 'conductor' && (refused += 1) > 0)
  const { operationId } = await world.create()
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  assert.ok(refused > 0)
})

test('a call that could not be sent is sent soon after, long before its agent counts as silent', async (t) => {
  let isArmed = false
  let refused = 0
  const world = await worldWith(t, (queue) => isArmed && queue.startsWith('agent.') && (refused += 1) === 1)
  isArmed = true
  const { operationId } = await world.create()
  const operation = await world.ended(operationId)
  assert.equal(operation.status, 'succeeded')
  assert.equal(operation.state.attempt, 1)
  assert.ok(refused > 1)
  assert.ok(operation.steps.every(({ status }) => status === 'done'))
})

test('a call that is given up is called off, because it may wait for its agent for hours', async (t) => {
  let isHeld = false
  const held: { readonly type?: unknown; readonly key?: unknown }[] = []
  const wrapBus = (bus: Bus): Bus => ({
    send: async (queue, message) => {
      if (isHeld && queue.startsWith('agent.')) held.push(message as (typeof held)[number])
      else await bus.send(queue, message)
    },
    publish: (topic, message) => bus.publish(topic, message),
    consume: (queue, handle) => bus.consume(queue, handle),
    subscribe: (to, handle) => bus.subscribe(to, handle),
    health: () => bus.health(),
    close: () => bus.close(),
  })
  const world = await World.make({ wrapBus, callTimes: { silenceMs: 1 } })
  t.after(() => world.end())
  const { instanceId, operationId } = await world.create()
  await world.ended(operationId)
  isHeld = true
  const given = await world.ended((await world.changePassword(instanceId, 'x')).operationId)
  assert.deepEqual([given.status, given.error?.code], ['failed', 'UNREACHABLE'])
  const keys = (type: string): readonly unknown[] => held.filter((one) => one.type === type).map(({ key }) => key)
  assert.ok(keys('agent-command').length > 0)
  assert.deepEqual(new Set(keys('agent-cancel')), new Set(keys('agent-command')))
})
