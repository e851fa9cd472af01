/** Work beside the watch: a VM that holds it up holds up itself only, and one where it fails is left alone for longer and longer. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Beside } from '../../drivers/uml/beside.ts'

test('one at a time per VM, beside all others; the end waits for it', async () => {
  const seen: string[] = []
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const beside = new Beside(async (id, done) => {
    seen.push(`${id}${done}`)
    if (id === 'slow') await gate
    return `${done}+`
  })
  const ids = new Set(['slow', 'quick'])
  for (let times = 0; times < 3; times++) {
    beside.begin(ids)
    await settled()
  }
  assert.deepEqual(seen, ['slow', 'quick', 'quick+', 'quick++'])
  const ended = beside.end().then(() => seen.push('ended'))
  await settled()
  assert.ok(!seen.includes('ended'))
  open()
  await ended
  beside.begin(ids)
  await beside.end()
  assert.deepEqual(seen.slice(4), ['ended', 'slow+', 'quick+++'])
})

test('after failures it is not due for 2 seconds, then 4, 8 … 60; after a success, or without the VM, all is new', async () => {
  let nowMs = 1_000
  let calls = 0
  let outcome: string | undefined
  const beside = new Beside(
    async () => {
      calls += 1
      return outcome
    },
    () => nowMs,
  )
  const isDueAfter = async (ms: number): Promise<boolean> => {
    nowMs += ms
    const before = calls
    beside.begin(new Set(['some']))
    await beside.end()
    return calls > before
  }
  assert.ok(await isDueAfter(0))
  for (const seconds of [2, 4, 8, 16, 32, 60, 60]) {
    assert.ok(!(await isDueAfter(seconds * 1000 - 1)))
    assert.ok(await isDueAfter(1))
  }
  outcome = 'done'
  assert.ok(await isDueAfter(60_000))
  outcome = undefined
  assert.ok(await isDueAfter(0))
  assert.ok(!(await isDueAfter(1_999)))
  beside.begin(new Set())
  assert.ok(await isDueAfter(0))
})

/** All that can happen without anything from outside has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
