import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breathe } from '../../src/util/breathe.ts'

function busy(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

for (const together of [1, 40]) {
  test(`work of ${together} at a time, which waits for nothing, lets a timer in between`, async () => {
    let fired = false
    setTimeout(() => (fired = true), 1)
    let doneBefore = 0
    const work = async (): Promise<void> => {
      for (let piece = 0; piece < 200 / together; piece += 1) {
        await breathe()
        busy(1)
        if (!fired) doneBefore += 1
      }
    }
    await Promise.all(Array.from({ length: together }, work))
    assert.ok(doneBefore < 100, `${doneBefore} of 200 pieces were done before it`)
  })
}
