/** What guests draw out takes no place of a driver's other work, and is not taken on without end. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeSlot } from '../../src/agent/driver-slots.ts'
import type { OpenDriver } from '../../src/agent/driver-set.ts'
import { DriverError } from '../../src/driver/index.ts'

const driverWith = (free: number): OpenDriver => ({ limit: { free, waiting: [] } }) as unknown as OpenDriver

function isBusy(error: unknown): true {
  assert.ok(error instanceof DriverError)
  assert.deepEqual([error.code, error.retry, error.effect], ['BUSY', 'later', 'none'])
  return true
}

test('a few screenshots and passwords at once, beside all other work; more are BUSY, to be tried later', async () => {
  const open = driverWith(1)
  const methods = ['take-screenshot', 'set-admin-password', 'take-screenshot', 'take-screenshot'] as const
  const taken = await Promise.all(methods.map((method, guest) => takeSlot(open, method, `guest ${guest}`)))
  await assert.rejects(takeSlot(open, 'take-screenshot', 'another'), isBusy)
  const giveBack = await takeSlot(open, 'ensure-present', 'guest 0')
  assert.equal(open.limit.free, 0)
  giveBack()
  assert.equal(open.limit.free, 1)
  taken[0]?.()
  await takeSlot(open, 'set-admin-password', 'another')
})

test('one guest is asked twice at once, and leaves the places of others', async () => {
  const open = driverWith(4)
  const first = await takeSlot(open, 'read-stats', 'silent')
  await takeSlot(open, 'take-screenshot', 'silent')
  for (const method of ['read-stats', 'take-screenshot'] as const)
    await assert.rejects(takeSlot(open, method, 'silent'), isBusy)
  assert.equal(open.limit.free, 3)
  await takeSlot(open, 'read-stats', 'another')
  await takeSlot(open, 'set-power', 'silent')
  first()
  await takeSlot(open, 'read-stats', 'silent')
  assert.equal(open.limit.free, 1)
})

test('other work waits for a place, in its order', async () => {
  const open = driverWith(1)
  const first = await takeSlot(open, 'ensure-present', 'guest')
  const order: number[] = []
  const second = takeSlot(open, 'resize', 'guest').then((giveBack) => (order.push(2), giveBack))
  const third = takeSlot(open, 'ensure-absent', 'guest').then((giveBack) => (order.push(3), giveBack))
  first()
  ;(await second)()
  ;(await third)()
  assert.deepEqual(order, [2, 3])
  assert.equal(open.limit.free, 1)
})
