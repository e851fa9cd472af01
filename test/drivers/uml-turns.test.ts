/** Turns: one at a time per VM, in order, whatever becomes of those before; nothing stays behind. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Turns } from '../../drivers/uml/turns.ts'

test('one waits for the other, also when that fails; another VM waits for nobody', async () => {
  const turns = new Turns()
  const seen: string[] = []
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const first = turns.take('a', async () => {
    seen.push('first begins')
    await gate
    seen.push('first ends')
    throw new Error('as it happens')
  })
  const second = turns.take('a', async () => void seen.push('second'))
  const third = turns.take('a', async () => seen.push('third'))
  await turns.take('b', async () => void seen.push('other'))
  open()
  await assert.rejects(first, { message: 'as it happens' })
  await second
  assert.equal(await third, 5)
  assert.deepEqual(seen, ['first begins', 'other', 'first ends', 'second', 'third'])
  assert.ok(!turns.isTaken('a') && !turns.isTaken('b'))
})

test('whoever has the turn is told that somebody waits, and it is taken until the last has ended', async () => {
  const turns = new Turns()
  const begun = Promise.withResolvers<void>()
  const first = turns.take('a', async (wanted) => {
    assert.ok(!wanted.aborted)
    begun.resolve()
    await new Promise((resolve) => wanted.addEventListener('abort', resolve))
  })
  await begun.promise
  assert.ok(turns.isTaken('a'))
  await turns.take('a', async (wanted) => assert.ok(!wanted.aborted && turns.isTaken('a')))
  await first
  assert.ok(!turns.isTaken('a'))
})
