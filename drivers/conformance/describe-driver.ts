/** The kit for drivers outside of this repository: `describeDriver(target)` in a file of node:test. */
import { after, before, describe, test } from 'node:test'
import { Bench } from './bench.ts'
import type { ConformanceTarget, Fixture } from './fixture.ts'
import { runCheck, titleOf, type RunOptions } from './run.ts'
import { checks } from './suites/index.ts'

/** Registers one test per check. Those that need what the driver or its fixture has not are `todo` with the reason: a skip means that the machine lacks something. */
export function describeDriver(target: ConformanceTarget, options: Omit<RunOptions, 'onResult'> = {}): void {
  const skip = target.skipReason ?? false
  describe(`the driver ${target.name ?? target.plugin.manifest.id} keeps the contract`, { skip }, () => {
    let fixture: Fixture | undefined
    let bench: Bench | undefined
    before(async () => {
      fixture = await target.makeFixture()
      bench = new Bench(target.plugin, fixture, options)
      await bench.open()
    })
    after(() => fixture?.dispose())
    for (const check of checks.filter(options.select ?? (() => true))) {
      test(titleOf(check), async (t) => {
        if (bench === undefined) throw new Error('the driver was not opened')
        const { outcome, reason } = await runCheck(check, bench)
        if (outcome === 'skip') t.todo(`not tried: ${reason}`)
        if (outcome === 'fail') throw new Error(reason)
      })
    }
  })
}
