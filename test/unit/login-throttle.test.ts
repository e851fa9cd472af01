/** Wrong passwords: counted by user and address and by address, forgotten in time, and never more kept than allowed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unauthenticated } from '../../src/identity/authenticate.ts'
import { LoginThrottle, type LoginThrottleOptions } from '../../src/identity/login-throttle.ts'
import { PolyvisorError } from '../../src/model/errors.ts'

function make(options: Partial<LoginThrottleOptions> = {}) {
  const time = { nowMs: 0 }
  const clock = { nowMs: () => time.nowMs, monotonicMs: () => time.nowMs }
  const limits = { failuresPerUser: 3, failuresPerAddress: 5, windowMs: 10_000 }
  const throttle = new LoginThrottle({ clock, ...limits, ...options })
  const attempt = (user: string, address: string, isRight: boolean): Promise<string> =>
    throttle
      .guard(user, address, async () => {
        if (!isRight) throw unauthenticated()
      })
      .then(
        () => 'in',
        (error: unknown) => (error instanceof PolyvisorError ? String(error.status) : 'broken'),
      )
  const wrong = async (user: string, address: string, times = 1): Promise<string[]> => {
    const answers: string[] = []
    for (let i = 0; i < times; i += 1) answers.push(await attempt(user, address, false))
    return answers
  }
  return { throttle, time, attempt, wrong }
}

test('after so many for one user from one address even the right one is not looked at', async () => {
  const { attempt, wrong, time } = make()
  assert.deepEqual(await wrong('ann', '10.0.0.1', 4), ['401', '401', '401', '429'])
  assert.equal(await attempt('ann', '10.0.0.1', true), '429')
  assert.equal(await attempt('ann', '10.0.0.2', true), 'in', 'ann herself, from elsewhere')
  assert.equal(await attempt('bob', '10.0.0.1', true), 'in')
  time.nowMs = 10_000
  assert.equal(await attempt('ann', '10.0.0.1', true), 'in')
})

test('it says how long to wait', async () => {
  const { throttle, wrong, time } = make()
  await wrong('ann', '10.0.0.1', 3)
  time.nowMs = 2_500
  await assert.rejects(
    throttle.guard('ann', '10.0.0.1', async () => 'in'),
    (error: unknown) => error instanceof PolyvisorError && error.details?.['retryAfterSeconds'] === 8,
  )
})

test('a right one resets the user’s count, and not the address’s', async () => {
  const { attempt, wrong } = make()
  await wrong('ann', '10.0.0.1', 2)
  assert.equal(await attempt('ann', '10.0.0.1', true), 'in')
  assert.deepEqual(await wrong('ann', '10.0.0.1', 3), ['401', '401', '401'])
  assert.equal(await attempt('bob', '10.0.0.1', true), '429', 'five wrong ones came from there')
})

test('many users from one address', async () => {
  const { wrong } = make()
  const answers: string[] = []
  for (let i = 0; i < 7; i += 1) answers.push(...(await wrong(`user${i}`, '10.0.0.1')))
  assert.deepEqual(answers, ['401', '401', '401', '401', '401', '429', '429'])
})

test('a rush of guesses learns no more than the limit, whatever is right', async () => {
  const { throttle } = make()
  const gate = Promise.withResolvers<void>()
  const guesses = Array.from({ length: 50 }, (_, index) =>
    throttle.guard('ann', '10.0.0.1', async () => {
      await gate.promise
      if (index !== 20) throw unauthenticated()
    }),
  )
  gate.resolve()
  const answers = await Promise.allSettled(guesses)
  const told = answers.filter(({ status, ...rest }) => status === 'fulfilled' || statusOf(rest) === 401)
  assert.equal(told.length, 3)
  assert.equal(answers[20]?.status, 'rejected')
})

test('errors that say nothing about the password are not counted', async () => {
  const { throttle, attempt } = make({ failuresPerUser: 1 })
  const scope = new PolyvisorError('unauthorized', 'no-access-to-scope', '')
  await assert.rejects(throttle.guard('ann', '10.0.0.1', () => Promise.reject(scope)))
  assert.equal(await attempt('ann', '10.0.0.1', true), 'in')
})

test('one network of IPv6 is one address, and an IPv4 address is one in either dress', async () => {
  const { attempt, wrong } = make()
  await wrong('ann', '2001:db8:0:1::1', 3)
  assert.equal(await attempt('ann', '2001:db8::1:2:3:4:5', true), '429')
  assert.equal(await attempt('ann', '2001:db8:0:2::1', true), 'in')
  await wrong('bob', '::ffff:10.0.0.9', 3)
  assert.equal(await attempt('bob', '10.0.0.9', true), '429')
})

test('memory is bounded: the oldest counts make room', async () => {
  const { throttle, wrong, time } = make({ maxCounts: 100 })
  for (let i = 0; i < 1_000; i += 1) await wrong(`user${i}`, `10.0.${i >> 8}.${i & 255}`)
  assert.equal(throttle.size, 100)
  time.nowMs = 20_000
  await wrong('ann', '10.0.0.1')
  assert.equal(throttle.size, 2)
})

function statusOf(rest: object): number | undefined {
  return 'reason' in rest && rest.reason instanceof PolyvisorError ? rest.reason.status : undefined
}
