/** Nobody keeps a driver's places from others: neither what guests draw out nor what carries whole disks away. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DriverSlots } from '../../src/agent/driver-slots.ts'
import type { AgentMethod } from '../../src/bus/messages/agent-call.ts'
import { DriverError } from '../../src/driver/index.ts'

const { signal } = new AbortController()

/** Whether it gets a place before anybody gives one back. */
async function getsPlace(slots: DriverSlots, method: AgentMethod): Promise<boolean> {
  const stop = new AbortController()
  const taken = slots.take(method, 'another', stop.signal).then(
    (giveBack) => (giveBack(), true),
    () => false,
  )
  await new Promise((resolve) => setImmediate(resolve))
  stop.abort()
  return await taken
}

function isBusy(error: unknown): true {
  assert.ok(error instanceof DriverError)
  assert.deepEqual([error.code, error.retry, error.effect], ['BUSY', 'later', 'none'])
  return true
}

test('a few screenshots and passwords at once, beside all other work; more are BUSY, to be tried later', async () => {
  const slots = new DriverSlots(1)
  const methods = ['take-screenshot', 'set-admin-password', 'take-screenshot', 'take-screenshot'] as const
  const taken = await Promise.all(methods.map((method, guest) => slots.take(method, `guest ${guest}`, signal)))
  await assert.rejects(slots.take('take-screenshot', 'guest', signal), isBusy)
  assert.ok(await getsPlace(slots, 'ensure-present'))
  taken[0]?.()
  await slots.take('set-admin-password', 'guest', signal)
})

test('one guest is asked twice at once, and leaves the places of others', async () => {
  const slots = new DriverSlots(4)
  const first = await slots.take('read-stats', 'silent', signal)
  await slots.take('take-screenshot', 'silent', signal)
  for (const method of ['read-stats', 'take-screenshot'] as const)
    await assert.rejects(slots.take(method, 'silent', signal), isBusy)
  await slots.take('read-stats', 'another', signal)
  await slots.take('set-power', 'silent', signal)
  first()
  await slots.take('read-stats', 'silent', signal)
  await slots.take('get', 'another', signal)
  assert.ok(!(await getsPlace(slots, 'get')))
})

test('other work waits for a place, in its order', async () => {
  const slots = new DriverSlots(1)
  const first = await slots.take('ensure-present', 'guest', signal)
  const order: number[] = []
  const second = slots.take('resize', 'guest', signal).then((giveBack) => (order.push(2), giveBack))
  const third = slots.take('ensure-absent', 'guest', signal).then((giveBack) => (order.push(3), giveBack))
  first()
  ;(await second)()
  ;(await third)()
  assert.deepEqual(order, [2, 3])
  assert.ok(await getsPlace(slots, 'ensure-present'))
})

test('snapshots and migrations leave half of the places to others, and one of them is hurried without a place', async () => {
  const slots = new DriverSlots(4)
  const transfers = await Promise.all([slots.take('snapshot', 'guest', signal), slots.take('migrate', 'guest', signal)])
  assert.ok(!(await getsPlace(slots, 'snapshot')))
  const others = await Promise.all([
    slots.take('ensure-present', 'guest', signal),
    slots.take('ensure-absent', 'guest', signal),
  ])
  assert.ok(!(await getsPlace(slots, 'set-power')))
  await slots.take('complete-migration', 'guest', signal)
  transfers[0]?.()
  assert.ok(await getsPlace(slots, 'snapshot'))
  for (const giveBack of others) giveBack()
})

test('who is cancelled leaves the queue, and the place goes to the next', async () => {
  const slots = new DriverSlots(1)
  const first = await slots.take('snapshot', 'guest', signal)
  const stop = new AbortController()
  const cancelled = slots.take('snapshot', 'guest', stop.signal)
  const next = slots.take('get', 'guest', signal)
  stop.abort(new Error('nobody wants it any more'))
  await assert.rejects(cancelled, /nobody wants it any more/)
  first()
  ;(await next)()
  assert.ok(await getsPlace(slots, 'snapshot'))
})
