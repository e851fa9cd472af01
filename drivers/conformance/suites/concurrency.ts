/** Rule 7: calls for different VMs may come at the same time, up to the declared limit. */
import assert from 'node:assert/strict'
import type { Bench } from '../bench.ts'
import { suite, type Check } from '../check.ts'
import { assertDriverError } from '../expect-error.ts'
import { waitUntil } from '../../../src/util/wait-until.ts'

const most = 8

/** A native lock is BUSY, to be tried later: that is what the core does. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  await waitUntil('a lock to be free', async () => {
    try {
      await work()
      return true
    } catch (error) {
      assertDriverError(error)
      if (error.code === 'BUSY' && error.retry === 'later') return undefined
      throw error
    }
  })
}

function countOf({ driver }: Bench): number {
  return Math.min(most, driver.capabilities().limits.parallelOperations)
}

export const concurrencyChecks: readonly Check[] = suite('concurrency', 7, [
  {
    name: 'makes, starts, stops and removes as many VMs at once as it says',
    run: async (bench) => {
      const { driver } = bench
      const image = (await bench.newImage()).ref
      const specs = await Promise.all(Array.from({ length: countOf(bench) }, () => bench.spec({}, image)))
      await Promise.all(specs.map((spec) => patiently(() => driver.ensurePresent(spec, bench.control()))))
      for (const spec of specs) await bench.expect(spec, 'off')
      await Promise.all(specs.map((spec) => patiently(() => driver.setPower(spec, 'on', {}, bench.control()))))
      for (const spec of specs) await bench.expect(spec, 'on')
      await Promise.all(specs.map((spec) => patiently(() => driver.setPower(spec, 'off', {}, bench.control()))))
      for (const spec of specs) await bench.expect(spec, 'off')
      await Promise.all(specs.map((spec) => patiently(() => driver.ensureAbsent(spec, {}, bench.control()))))
      for (const spec of specs) await bench.expect(spec, null)
    },
  },
  {
    name: 'keeps VMs apart while one is made, one is removed and one is cancelled',
    skip: (bench) => (countOf(bench) < 3 ? 'the driver does one thing at a time' : undefined),
    run: async (bench) => {
      const { driver } = bench
      const image = (await bench.newImage()).ref
      const [made, cancelled] = [await bench.spec({}, image), await bench.spec({}, image)]
      const removed = await bench.present()
      const stop = new AbortController()
      const images = {
        open: async (...args: Parameters<typeof bench.images.open>) => (stop.abort(), bench.images.open(...args)),
      }
      const [, one, other] = await Promise.allSettled([
        driver.ensurePresent(cancelled, bench.control({ signal: stop.signal, images })),
        patiently(() => driver.ensurePresent(made, bench.control())),
        patiently(() => driver.ensureAbsent(removed, {}, bench.control())),
      ])
      assert.deepEqual(
        [one, other].map(({ status }) => status),
        ['fulfilled', 'fulfilled'],
      )
      await bench.expect(made, 'off')
      await bench.expect(removed, null)
      await driver.ensureAbsent(cancelled, {}, bench.control())
      await bench.expect(made, 'off')
    },
  },
  {
    name: 'lists while VMs come and go',
    run: async (bench) => {
      const stays = await bench.present()
      const comes = await bench.spec()
      let isOver = false
      const churn = async (): Promise<void> => {
        for (let turn = 0; turn < 3; turn++) {
          await bench.driver.ensurePresent(comes, bench.control())
          await bench.driver.ensureAbsent(comes, {}, bench.control())
        }
      }
      const churning = churn().finally(() => (isOver = true))
      while (!isOver) {
        const ids = (await bench.driver.list()).map(({ instanceId }) => instanceId)
        assert.equal(ids.filter((id) => id === stays.instanceId).length, 1)
        assert.ok(ids.filter((id) => id === comes.instanceId).length <= 1)
        await Promise.race([churning, new Promise((resolve) => setTimeout(resolve, 5))])
      }
      await churning
    },
  },
  {
    name: 'lists many VMs within 2 s',
    skip: ({ fixture }) => (fixture.manyVms === undefined ? 'the fixture names no number' : undefined),
    run: async (bench) => {
      const count = bench.fixture.manyVms ?? 0
      for (let made = 0; made < count; made += most) {
        await Promise.all(Array.from({ length: Math.min(most, count - made) }, () => bench.present()))
      }
      const startedAt = performance.now()
      assert.equal((await bench.driver.list()).length, count)
      assert.ok(performance.now() - startedAt < 2_000, `it took ${Math.round(performance.now() - startedAt)} ms`)
    },
  },
])
