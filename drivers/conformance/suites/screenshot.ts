/** The ability screenshot: a whole picture of a guest, which notices nothing of it. */
import assert from 'node:assert/strict'
import { mostScreenshotBytes, type VmSpec } from '../../../src/driver/index.ts'
import type { Bench } from '../bench.ts'
import { suite, without, type Check } from '../check.ts'
import { expectError } from '../expect-error.ts'
import { readPng } from '../read-png.ts'

async function assertPicture({ driver }: Bench, spec: VmSpec): Promise<void> {
  const png = await driver.screenshot?.take(spec)
  assert.ok(png)
  assert.ok(png.length <= mostScreenshotBytes, `a picture of ${png.length} bytes`)
  readPng(png)
}

export const screenshotChecks: readonly Check[] = suite('screenshot', 0, [
  {
    name: 'screenshot: of a guest that is on or paused it is a whole PNG, also several at once, and changes nothing',
    skip: without('screenshot'),
    run: async (bench) => {
      const spec = await bench.running()
      await Promise.all([assertPicture(bench, spec), assertPicture(bench, spec)])
      await bench.expect(spec, 'on')
      await bench.restart()
      await assertPicture(bench, spec)
      if (bench.fixture.guest.bootMarker !== undefined && bench.driver.console !== undefined)
        assert.equal(await bench.boots(spec), 1, 'it booted anew')
      if (bench.driver.pause === undefined) return
      await bench.driver.pause.pause(spec, bench.control())
      await assertPicture(bench, spec)
      await bench.expect(spec, 'paused')
    },
  },
  {
    name: 'screenshot: of neither a guest that is off or suspended nor one that is not there, without effect',
    skip: without('screenshot'),
    run: async (bench) => {
      const take = async (spec: VmSpec): Promise<void> => void (await bench.driver.screenshot?.take(spec))
      await expectError(take(await bench.spec()), 'NOT_FOUND', 'none')
      const off = await bench.present()
      await expectError(take(off), 'WRONG_STATE', 'none')
      await bench.expect(off, 'off')
      if (bench.driver.suspend === undefined) return
      const spec = await bench.running()
      await bench.driver.suspend.suspend(spec, bench.control())
      await expectError(take(spec), 'WRONG_STATE', 'none')
      await bench.expect(spec, 'suspended')
    },
  },
])
