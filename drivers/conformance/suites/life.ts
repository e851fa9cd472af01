/** The driver's own life: health, events, closing. */
import assert from 'node:assert/strict'
import type { DriverEvent, Health } from '../../../src/driver/index.ts'
import { waitUntil } from '../../../src/util/wait-until.ts'
import type { Bench } from '../bench.ts'
import { suite, without, withoutHook, type Check } from '../check.ts'

const firstWordMs = 1_000
const endMs = 1_000

async function endsSoon(work: Promise<unknown>, what: string): Promise<void> {
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what} did not end within ${endMs} ms of the signal`)), endMs)
    const stop = (): void => clearTimeout(timer)
    work.then(stop, stop)
  })
  await Promise.race([work, late])
}

/**
 * Listens while `work` runs, and until an event of every kind wanted has come.
 * @param work is given what was seen so far: a driver may listen only a moment after it was asked to
 */
async function listen(
  bench: Bench,
  work: (seen: readonly DriverEvent[]) => Promise<void>,
  isEnough: (seen: readonly DriverEvent[]) => boolean,
): Promise<readonly DriverEvent[]> {
  const stop = new AbortController()
  const seen: DriverEvent[] = []
  const events = bench.driver.events?.(stop.signal)
  const listening = (async () => {
    for await (const event of events ?? []) seen.push(event)
  })()
  try {
    await work(seen)
    await waitUntil('the events', () => (isEnough(seen) ? true : undefined))
  } finally {
    stop.abort()
    await endsSoon(listening, 'events()')
  }
  return seen
}

export const lifeChecks: readonly Check[] = suite('life', 0, [
  {
    name: 'says how it is within a second, gets healthy, and ends on the signal',
    run: async (bench) => {
      await bench.restart()
      const stop = new AbortController()
      const seen: Health[] = []
      const startedAt = performance.now()
      let firstMs = Infinity
      const watching = (async () => {
        for await (const health of bench.driver.fingerprint(stop.signal)) {
          firstMs = Math.min(firstMs, performance.now() - startedAt)
          seen.push(health)
        }
      })()
      watching.catch(() => undefined)
      await waitUntil('a first word', () => seen[0])
      assert.ok(firstMs <= firstWordMs, `its first word took ${Math.round(firstMs)} ms`)
      await waitUntil('health', () => (seen.at(-1)?.status === 'healthy' ? true : undefined), { timeoutMs: 60_000 })
      assert.ok(seen.every(({ message }) => message.length > 0))
      stop.abort()
      await endsSoon(watching, 'fingerprint()')
    },
  },
  {
    name: 'leaves guests running when it is closed, and finds them again',
    run: async (bench) => {
      const spec = await bench.running()
      await bench.driver.close()
      assert.equal((await bench.observe(spec)).power, 'on')
      await bench.reopen()
      await bench.expect(spec, 'on')
    },
  },
  {
    name: 'leaves guests running when it is killed, and finds them again',
    run: async (bench) => {
      const spec = await bench.running()
      await bench.restart()
      await bench.expect(spec, 'on')
    },
  },
  {
    name: 'tells of what happens to its VMs, and ends on the signal',
    skip: without('events'),
    run: async (bench) => {
      const spec = await bench.present()
      const act = (): Promise<void> => bench.driver.setPower(spec, 'on', {}, bench.control())
      const seen = await listen(bench, act, (events) => events.some(({ instanceId }) => instanceId === spec.instanceId))
      assert.ok(seen.every(({ instanceId }) => instanceId === spec.instanceId))
    },
  },
  {
    name: 'tells of a guest that somebody else switched off',
    skip: (bench) => without('events')(bench) ?? withoutHook('meddle')(bench),
    run: async (bench) => {
      const spec = await bench.present()
      const told = (events: readonly DriverEvent[]): number =>
        events.filter(({ instanceId }) => instanceId === spec.instanceId).length
      let before = 0
      const act = async (seen: readonly DriverEvent[]): Promise<void> => {
        await bench.driver.setPower(spec, 'on', {}, bench.control())
        await waitUntil('word of its start', () => (told(seen) > 0 ? true : undefined))
        await bench.booted(spec, 1)
        before = told(seen)
        await bench.fixture.meddle?.switchOff(spec.instanceId)
      }
      await listen(bench, act, (events) => told(events) > before)
    },
  },
])
