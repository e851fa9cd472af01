/** Who gets a place when many want one. */
// One database is enough: it plays no part.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFairLimiter, type FairLimiterOptions } from '../../src/util/fair-limiter.ts'

/** Work that lasts until it is ended, in the order in which it began. */
function stage(options: Omit<FairLimiterOptions, 'whenFull'>) {
  const limited = createFairLimiter({ ...options, whenFull: () => new Error('full') })
  const begun: string[] = []
  const ends: (() => void)[] = []
  const works: Promise<void>[] = []
  const add = (party: string): Promise<void> => {
    const work = limited(party, () => {
      begun.push(party)
      return new Promise<void>((resolve) => ends.push(resolve))
    })
    works.push(work)
    return work
  }
  const settled = async (): Promise<readonly string[]> => {
    await new Promise((resolve) => setImmediate(resolve))
    return begun
  }
  /** Ends the oldest that runs. */
  const end = async (): Promise<readonly string[]> => {
    ends.shift()?.()
    return settled()
  }
  return { add, settled, end, works }
}

test('one party has half of the places at most, and a newcomer begins at once', async () => {
  const { add, settled } = stage({ atOnce: 4, atOnceEach: 2, maxWaitingEach: 10 })
  for (let i = 0; i < 8; i += 1) void add('greedy')
  assert.deepEqual(await settled(), ['greedy', 'greedy'])
  void add('modest')
  assert.deepEqual(await settled(), ['greedy', 'greedy', 'modest'])
})

test('parties that wait take turns, however long the line of one is', async () => {
  const { add, settled, end, works } = stage({ atOnce: 1, atOnceEach: 1, maxWaitingEach: 10 })
  for (const party of ['a', 'a', 'a', 'a', 'b', 'c', 'b']) void add(party)
  assert.deepEqual(await settled(), ['a'])
  for (let i = 0; i < 6; i += 1) await end()
  assert.deepEqual(await settled(), ['a', 'b', 'c', 'a', 'b', 'a', 'a'])
  await end()
  await Promise.all(works)
})

test('a full line is the matter of its party alone, and work that fails gives its place back', async () => {
  const { add, settled } = stage({ atOnce: 2, atOnceEach: 1, maxWaitingEach: 1 })
  void add('a')
  void add('a')
  await assert.rejects(add('a'), /full/)
  void add('b')
  assert.deepEqual(await settled(), ['a', 'b'])
  const limited = createFairLimiter({ atOnce: 1, atOnceEach: 1, maxWaitingEach: 0, whenFull: () => new Error('full') })
  await assert.rejects(
    limited('a', () => Promise.reject(new Error('broken'))),
    /broken/,
  )
  assert.equal(await limited('b', async () => 'done'), 'done')
})
