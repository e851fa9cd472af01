/** Rule 4: on the signal the driver stops within 5 s and leaves nothing, or something that can be finished or removed. */
import assert from 'node:assert/strict'
import type { VmSpec } from '../../../src/driver/index.ts'
import type { Bench } from '../bench.ts'
import { abortAt, momentsOf, within, type Moment } from '../cancel-at.ts'
import { cases, expectDone, skipCase, trialsOf, type CallCase } from '../cases.ts'
import { suite, type Check } from '../check.ts'
import { assertDriverError, expectError } from '../expect-error.ts'

async function momentsIn(bench: Bench, known: CallCase): Promise<readonly Moment[]> {
  const spec = await known.prepare(bench)
  const control = bench.control()
  await known.call(bench.driver, spec, control)
  await bench.driver.ensureAbsent(spec, {}, bench.control())
  return momentsOf(control)
}

/** A call that had done everything when the signal came may say so; otherwise it is CANCELLED and tells what it left. */
async function cancelAt(bench: Bench, known: CallCase, spec: VmSpec, moment: Moment): Promise<void> {
  const stop = new AbortController()
  const call = known.call(bench.driver, spec, bench.control(abortAt(stop, moment)))
  const failure = await within(bench, call, stop.signal).then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  if (failure === undefined) {
    assert.notEqual(
      `${moment.kind} ${known.name}`,
      'checkpoint ensurePresent',
      'the step after the checkpoint was done',
    )
    return expectDone(bench, known, spec)
  }
  assertDriverError(failure.error)
  assert.equal(failure.error.code, 'CANCELLED', failure.error.message)
  if (failure.error.effect === 'none' && known.name === 'ensurePresent') await bench.expect(spec, null)
}

async function sweep(bench: Bench, known: CallCase): Promise<void> {
  const moments = await momentsIn(bench, known)
  for (const { moment, way: after } of trialsOf(bench, known, moments, ['finish', 'remove'] as const)) {
    const spec = await known.prepare(bench)
    try {
      await cancelAt(bench, known, spec, moment)
      if (after === 'finish') {
        await known.call(bench.driver, spec, bench.control())
        await expectDone(bench, known, spec)
      }
      await bench.driver.ensureAbsent(spec, {}, bench.control())
      await bench.expect(spec, null)
    } catch (error) {
      throw new Error(`cancelled at ${moment.kind} ${moment.index}, then ${after}: ${String(error)}`, { cause: error })
    }
  }
}

export const cancelChecks: readonly Check[] = suite('cancel', 4, [
  ...cases.flatMap((known) => [
    {
      name: `does nothing for ${known.name} when it is cancelled before it began`,
      skip: skipCase(known),
      run: async (bench: Bench) => {
        const spec = await known.prepare(bench)
        const before = await bench.observe(spec)
        const signal = AbortSignal.abort()
        const call = known.call(bench.driver, spec, bench.control({ signal }))
        await expectError(within(bench, call, signal), 'CANCELLED')
        assert.deepEqual(await bench.observe(spec), before)
      },
    },
    {
      name: `stops ${known.name} at every checkpoint and progress, and can finish or remove it afterwards`,
      skip: skipCase(known),
      run: (bench: Bench) => sweep(bench, known),
    },
  ]),
  {
    name: 'stops waiting for an image that never comes, and leaves nothing',
    run: async (bench) => {
      const spec = await bench.spec({}, (await bench.newImage()).ref)
      const stop = new AbortController()
      const images = { open: () => new Promise<never>(() => stop.abort()) }
      const call = bench.driver.ensurePresent(spec, bench.control({ signal: stop.signal, images }))
      const error = await expectError(within(bench, call, stop.signal), 'CANCELLED')
      if (error.effect === 'none') await bench.expect(spec, null)
      await bench.driver.ensurePresent(spec, bench.control())
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'stops waiting for a guest that does not switch itself off',
    skip: ({ driver }) => (driver.capabilities().power.includes('soft-off') ? undefined : 'the driver has no soft-off'),
    run: async (bench) => {
      const spec = await bench.running()
      const stop = new AbortController()
      setTimeout(() => stop.abort(), 100)
      const call = bench.driver.setPower(spec, 'soft-off', { graceMs: 60_000 }, bench.control({ signal: stop.signal }))
      const failure = await within(bench, call, stop.signal).then(
        () => undefined,
        (error: unknown) => ({ error }),
      )
      if (failure === undefined) return bench.expect(spec, 'off')
      assertDriverError(failure.error)
      assert.equal(failure.error.code, 'CANCELLED')
      await bench.driver.setPower(spec, 'off', {}, bench.control())
      await bench.expect(spec, 'off')
    },
  },
])
