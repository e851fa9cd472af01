/** Rule 5: a change is over when it has been seen; the observer is asked, not the driver. */
import assert from 'node:assert/strict'
import type { PowerWant, VmSpec } from '../../../src/driver/index.ts'
import { waitUntil } from '../../../src/util/wait-until.ts'
import type { Bench } from '../bench.ts'
import { cases, expectDone, shortGraceMs, skipCase, type CallCase } from '../cases.ts'
import { suite, without, withoutHook, type Check } from '../check.ts'
import { assertDriverError, expectError } from '../expect-error.ts'

const starts = ['off', 'on', 'paused', 'suspended'] as const
type Start = (typeof starts)[number]
const goals = { on: 'on', off: 'off', reset: 'on', 'soft-off': 'off', 'soft-reset': 'on' } as const

async function bring(bench: Bench, spec: VmSpec, start: Start): Promise<void> {
  const { driver } = bench
  const now = (await bench.observe(spec)).power
  if (now === start) return
  if (now === 'paused') await driver.pause?.unpause(spec, bench.control())
  else if (now === 'suspended') await driver.suspend?.resume(spec, bench.control())
  if (start === 'off') return driver.setPower(spec, 'off', {}, bench.control())
  await driver.setPower(spec, 'on', {}, bench.control())
  if (start === 'paused') await driver.pause?.pause(spec, bench.control())
  if (start === 'suspended') await driver.suspend?.suspend(spec, bench.control())
}

/** Each action either leads where its name says or is WRONG_STATE without effect; on and off always lead there. */
async function tryPower(bench: Bench, spec: VmSpec, start: Start, want: PowerWant): Promise<void> {
  await bring(bench, spec, start)
  await bench.expect(spec, start)
  const mustWork = (want === 'on' || want === 'off' || start === 'on') ?? false
  try {
    await bench.driver.setPower(spec, want, { graceMs: shortGraceMs }, bench.control())
  } catch (error) {
    assertDriverError(error)
    assert.ok(
      !mustWork && error.code === 'WRONG_STATE' && error.effect === 'none',
      `${want} from ${start}: ${error.message}`,
    )
    return bench.expect(spec, start)
  }
  await bench.expect(spec, goals[want])
}

function cannotBe(start: Start): (bench: Bench) => string | undefined {
  if (start === 'paused') return without('pause')
  if (start === 'suspended') return without('suspend')
  return () => undefined
}

/** What nobody could read back: a guest that was reset is on as before, and a password is known to the guest alone. */
const changesNothing = /soft|reset|snapshot|setAdminPassword/

/** It says that nothing came of it, or did it without the hypervisor; only a start has no other way. */
async function callLied(bench: Bench, known: CallCase, spec: VmSpec): Promise<void> {
  const before = await bench.observe(spec)
  const failure = await known.call(bench.driver, spec, bench.control()).then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  if (failure === undefined) {
    assert.notEqual(known.name, 'setPower on', 'the guest did not start, or the fixture does not lie')
    return await expectDone(bench, known, spec)
  }
  const { error } = failure
  assertDriverError(error)
  // BUSY: a guest that does not let go of a device looks the same.
  assert.ok(['HYPERVISOR', 'TIMEOUT', 'BUSY'].includes(error.code), `${error.code}: ${error.message}`)
  if (error.effect === 'none') assert.deepEqual(await bench.observe(spec), before)
}

export const readBackChecks: readonly Check[] = suite('read-back', 5, [
  ...starts.map((start) => ({
    name: `keeps the power truth table from the state ${start}`,
    skip: cannotBe(start),
    run: async (bench: Bench) => {
      const spec = await bench.present()
      for (const want of bench.driver.capabilities().power) await tryPower(bench, spec, start, want)
    },
  })),
  ...cases.map((known) => ({
    name: `is done with ${known.name} when the observer sees it, and may be asked again`,
    skip: skipCase(known),
    run: async (bench: Bench) => {
      const spec = await known.prepare(bench)
      await known.call(bench.driver, spec, bench.control())
      await expectDone(bench, known, spec)
      await known.call(bench.driver, spec, bench.control())
      await expectDone(bench, known, spec)
    },
  })),
  ...cases
    .filter(({ name }) => !changesNothing.test(name))
    .map((known) => ({
      name: `does not believe a hypervisor that answers success to ${known.name} and changes nothing`,
      skip: skipCase(known, withoutHook('lie')),
      run: async (bench: Bench) => {
        const spec = await known.prepare(bench)
        await bench.fixture.lie?.begin()
        try {
          await callLied(bench, known, spec)
        } finally {
          await bench.fixture.lie?.end()
        }
        await known.call(bench.driver, spec, bench.control())
        await expectDone(bench, known, spec)
      },
    })),
  {
    name: 'really resets the guest: it boots again',
    skip: (bench) =>
      without('console')(bench) ??
      (bench.fixture.guest.bootMarker === undefined ? 'the fixture’s guest writes nothing' : undefined),
    run: async (bench) => {
      const spec = await bench.running()
      await bench.driver.setPower(spec, 'reset', {}, bench.control())
      await bench.booted(spec, 2)
      assert.equal(await bench.boots(spec), 2)
    },
  },
  {
    name: 'tells that a guest is off when somebody else switched it off',
    skip: withoutHook('meddle'),
    run: async (bench) => {
      const spec = await bench.running()
      await bench.fixture.meddle?.switchOff(spec.instanceId)
      await waitUntil('get() to say so', async () =>
        ['off', 'crashed'].includes((await bench.driver.get(spec))?.power ?? '') ? true : undefined,
      )
      await bench.driver.setPower(spec, 'on', {}, bench.control())
      await bench.expect(spec, 'on')
    },
  },
  {
    name: 'tells that a VM is gone, not off, when somebody else removed it; and cleans up after it',
    skip: withoutHook('meddle'),
    run: async (bench) => {
      const spec = await bench.present()
      await bench.fixture.meddle?.remove(spec.instanceId)
      assert.equal(await bench.driver.get(spec), null)
      assert.ok(!(await bench.driver.list()).some(({ instanceId }) => instanceId === spec.instanceId))
      await expectError(bench.driver.setPower(spec, 'on', {}, bench.control()), 'NOT_FOUND', 'none')
      await bench.driver.ensureAbsent(spec, {}, bench.control())
      await bench.expect(spec, null)
    },
  },
])
