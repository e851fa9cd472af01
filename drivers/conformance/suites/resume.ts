/** Rule 3: the driver goes on from every checkpoint, from a lost one, and from wherever a native call left it. */
import assert from 'node:assert/strict'
import type { Bench } from '../bench.ts'
import { cases, expectDone, skipCase, trialsOf, type CallCase } from '../cases.ts'
import { suite, type Check } from '../check.ts'
import { crashAtCheckpoint, crashWhileFetching } from '../crash.ts'

const mostBytes = 4096

/** How many checkpoints an undisturbed run makes. */
async function countCheckpoints(bench: Bench, known: CallCase): Promise<number> {
  const spec = await known.prepare(bench)
  const control = bench.control()
  await known.call(bench.driver, spec, control)
  await expectDone(bench, known, spec)
  for (const state of control.checkpoints) {
    const text = JSON.stringify(state)
    assert.ok(text.length <= mostBytes, `a checkpoint of ${text.length} bytes`)
    assert.deepEqual(JSON.parse(text), state, 'a checkpoint is not JSON')
  }
  await bench.driver.ensureAbsent(spec, {}, bench.control())
  return control.checkpoints.length
}

async function sweep(bench: Bench, known: CallCase): Promise<void> {
  const count = await countCheckpoints(bench, known)
  const moments = Array.from({ length: count }, (_, index) => index)
  for (const { moment, way: isLost } of trialsOf(bench, known, moments, [false, true])) {
    const spec = await known.prepare(bench)
    const found = await crashAtCheckpoint(bench, known, spec, moment)
    assert.ok(found, `checkpoint ${moment} did not come again`)
    try {
      await known.call(bench.driver, spec, bench.control(isLost ? {} : { resume: found.state }))
      await expectDone(bench, known, spec)
    } catch (error) {
      throw new Error(`after a crash at checkpoint ${moment}${isLost ? ', which was lost' : ''}: ${String(error)}`, {
        cause: error,
      })
    }
    await bench.driver.ensureAbsent(spec, {}, bench.control())
  }
}

export const resumeChecks: readonly Check[] = suite('resume', 3, [
  ...cases.map((known) => ({
    name: `goes on from every checkpoint of ${known.name}, and from a lost one`,
    skip: skipCase(known),
    run: (bench: Bench) => sweep(bench, known),
  })),
  {
    name: 'finishes a VM whose making was killed while the image was fetched',
    run: async (bench) => {
      const spec = await bench.spec({}, (await bench.newImage()).ref)
      await crashWhileFetching(bench, spec)
      await bench.driver.ensurePresent(spec, bench.control())
      await bench.expect(spec, 'off')
    },
  },
  {
    name: 'hands VMs back after a restart: recover() answers a handle that works',
    run: async (bench) => {
      const spec = await bench.spec()
      const handle = await bench.driver.ensurePresent(spec, bench.control())
      assert.ok(JSON.stringify(handle).length <= mostBytes, 'a handle has at most 4 KiB')
      await bench.driver.setPower({ ...spec, handle }, 'on', {}, bench.control())
      await bench.restart()
      const recovered = await bench.driver.recover({ ...spec, handle })
      assert.ok(recovered.version >= handle.version)
      assert.deepEqual((await bench.driver.get(spec))?.handle, recovered)
      await bench.expect(spec, 'on')
      await bench.driver.setPower({ ...spec, handle: recovered }, 'off', {}, bench.control())
      await bench.expect(spec, 'off')
    },
  },
])
