/** Crashes: the driver is killed at a chosen moment of a call, and opened anew. What the killed call itself says is of no interest. */
import assert from 'node:assert/strict'
import type { VmSpec } from '../../src/driver/index.ts'
import type { Json } from '../../src/util/json.ts'
import type { Bench } from './bench.ts'
import type { CallCase } from './cases.ts'
import type { Observation } from './fixture.ts'

const never = new Promise<never>(() => undefined)

/** Kills the driver as soon as it asks for the image. @returns what the observer saw right before */
export async function crashWhileFetching(bench: Bench, spec: VmSpec): Promise<Observation> {
  const asked = Promise.withResolvers<void>()
  const images = { open: () => (asked.resolve(), never) }
  const ended = bench.driver.ensurePresent(spec, bench.control({ images })).then(
    () => assert.fail('it made a VM without its image'),
    (error: unknown) => assert.fail(`it ended before it asked for the image: ${String(error)}`),
  )
  await Promise.race([asked.promise, ended])
  ended.catch(() => undefined)
  const seen = await bench.observe(spec)
  await bench.restart()
  return seen
}

/** Kills the driver right after the checkpoint of that number. @returns the checkpoint; undefined when the call made fewer */
export async function crashAtCheckpoint(
  bench: Bench,
  { call }: Pick<CallCase, 'call'>,
  spec: VmSpec,
  checkpoint: number,
): Promise<{ readonly state: Json } | undefined> {
  const reached = Promise.withResolvers<{ readonly state: Json }>()
  const control = bench.control({
    onCheckpoint: (index, state) => {
      if (index !== checkpoint) return
      reached.resolve({ state })
      return never
    },
  })
  const ended = call(bench.driver, spec, control).then(() => undefined)
  const found = await Promise.race([reached.promise, ended])
  ended.catch(() => undefined)
  if (found !== undefined) await bench.restart()
  return found
}
