import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BatchedReads, SharedReads } from '../../src/store/read-model/joined-reads.ts'

/** A read of several keys that ends when the test says so. */
function gatedReads(): {
  readonly asked: (readonly string[])[]
  readonly reads: BatchedReads<string, string>
  end(found: Record<string, string> | Error): Promise<void>
} {
  const asked: (readonly string[])[] = []
  const gates: PromiseWithResolvers<ReadonlyMap<string, string>>[] = []
  const reads = new BatchedReads<string, string>((keys) => {
    asked.push(keys)
    const gate = Promise.withResolvers<ReadonlyMap<string, string>>()
    gates.push(gate)
    return gate.promise
  })
  return {
    asked,
    reads,
    async end(found) {
      const gate = gates.shift()
      if (found instanceof Error) gate?.reject(found)
      else gate?.resolve(new Map(Object.entries(found)))
      await new Promise(setImmediate)
    },
  }
}

test('whoever asks during a read waits for the next one, which is one for all of them', async () => {
  const { asked, reads, end } = gatedReads()
  const first = reads.read('a')
  const later = [reads.read('a'), reads.read('b'), reads.read('a'), reads.read('missing')]
  assert.deepEqual(asked, [['a']])
  await end({ a: 'old' })
  assert.equal(await first, 'old')
  assert.deepEqual(asked, [['a'], ['a', 'b', 'missing']])
  await end({ a: 'new', b: 'b' })
  assert.deepEqual(await Promise.all(later), ['new', 'b', 'new', undefined], 'none is older than its question')
  void reads.read('c')
  assert.deepEqual(asked.at(-1), ['c'], 'and then at once again')
})

test('a read that fails fails for those who waited for it, not for the next', async () => {
  const { reads, end } = gatedReads()
  const first = assert.rejects(reads.read('a'), /away/)
  const second = reads.read('a')
  await end(new Error('away'))
  await first
  await end({ a: 'there' })
  assert.equal(await second, 'there')
})

test('the same question is asked once for those who wait, another at once', async () => {
  const shared = new SharedReads<number>()
  const gate = Promise.withResolvers<undefined>()
  let asked = 0
  const ask = async (): Promise<number> => {
    asked += 1
    const answer = asked
    await gate.promise
    return answer
  }
  const all = [shared.read('q', ask), shared.read('q', ask), shared.read('q', ask), shared.read('other', ask)]
  assert.equal(asked, 2)
  gate.resolve(undefined)
  assert.deepEqual(await Promise.all(all), [1, 3, 3, 2])
  assert.equal(await shared.read('q', ask), 4)
})
