/** Who waits for whom among calls to libvirt. The sessions are the test's: no process is started. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SessionPool } from '../../drivers/libvirt/session-pool.ts'
import type { LibvirtSession } from '../../drivers/libvirt/session.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

class FakeSession {
  readonly #end = Promise.withResolvers<string>()
  readonly opened = Promise.resolve('1.0.0')
  readonly ended = this.#end.promise
  isUsable = true

  close(): Promise<void> {
    this.isUsable = false
    this.#end.resolve('closed')
    return Promise.resolve()
  }
}

function makePool(mostSessions: number, idleMs = 3_600_000): SessionPool {
  return new SessionPool({ mostSessions, idleMs, open: () => new FakeSession() as unknown as LibvirtSession })
}

const never = (): Promise<never> => new Promise(() => undefined)

test('however many calls hang, quick ones find a session, and ends before changes', async () => {
  const pool = makePool(8)
  const begun: string[] = []
  for (const kind of ['long', 'change', 'question', 'end'] as const)
    for (let each = 0; each < 9; each += 1)
      void pool
        .use(kind, undefined, () => {
          begun.push(kind)
          return never()
        })
        .catch(() => undefined)
  await waitUntil('all that find room', () => (begun.length === 7 ? true : undefined))
  assert.deepEqual(begun, [...Array<string>(4).fill('long'), 'change', 'question', 'end'])
  assert.equal(await pool.use('quick', undefined, () => Promise.resolve('seen')), 'seen')
  assert.equal(begun.length, 7)
  await pool.close()
})

test('repeated questions of one line take one session, one after the other', async () => {
  const pool = makePool(8)
  const answers = [1, 2, 3].map(() => Promise.withResolvers<void>())
  let begun = 0
  const asked = answers.map(({ promise }) =>
    pool.use('question', 'stats of one', () => {
      begun += 1
      return promise
    }),
  )
  for (const [index, { resolve }] of answers.entries()) {
    await waitUntil('the question', () => (begun === index + 1 ? true : undefined))
    resolve()
    await asked[index]
  }
  assert.equal(pool.size, 1)
  await pool.close()
})

test('of sessions that are not needed any more one stays; whoever comes after the end is refused', async () => {
  const pool = makePool(8, 10)
  const answer = Promise.withResolvers<void>()
  let begun = 0
  const calls = [1, 2, 3].map(() =>
    pool.use('quick', undefined, () => {
      begun += 1
      return answer.promise
    }),
  )
  await waitUntil('three at once', () => (begun === 3 ? true : undefined))
  assert.equal(pool.size, 3)
  answer.resolve()
  await Promise.all(calls)
  await waitUntil('the end of two', () => (pool.size === 1 ? true : undefined))
  await pool.close()
  await assert.rejects(pool.use('quick', undefined, never), { code: 'UNREACHABLE', effect: 'none' })
})
