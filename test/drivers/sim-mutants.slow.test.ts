/** The kit is tried itself: of each mutant of the simulated driver it finds the rule that it breaks, and nothing else. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { describe, test } from 'node:test'
import { rules, runConformance } from '../../drivers/conformance/index.ts'
import type { Fixture } from '../../drivers/conformance/index.ts'
import { conformance, makeSimFixture } from '../../drivers/sim/conformance-fixture.ts'
import { SimDriver } from '../../drivers/sim/sim-driver.ts'
import { mutants } from './sim-mutants.ts'
import type { Mutant } from './sim-mutants/base.ts'

// Their hypervisors are files that change a hundred thousand times: in memory they wait for nobody else's disk.
if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm'

/** How long a check may take: a mutant may wait for what never comes. */
const mostMs = 60_000

/** Fewer VMs and smaller disks show as well what a mutant keeps; and on a busy machine a sound call may be late. */
async function fixtureOf({ make = (parts) => new SimDriver(parts) }: Mutant): Promise<Fixture> {
  const fixture = await makeSimFixture(make)
  return { ...fixture, guest: { ...fixture.guest, diskBytes: 64 * 1024 }, manyVms: 20, cancelWithinMs: 2_000 }
}

function byNumber(numbers: Iterable<number>): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}

describe('each mutant breaks exactly its rule', { concurrency: 4 }, () => {
  for (const mutant of mutants) {
    const { name, breaks, alsoBreaks = [], check, plugin = conformance.plugin } = mutant
    test(`rule ${breaks}: ${name}`, async () => {
      const { results } = await runConformance({ plugin, makeFixture: () => fixtureOf(mutant) }, { mostMs })
      const failed = results.filter(({ outcome }) => outcome === 'fail')
      const told = failed.map(({ check: { rule, name }, reason }) => `rule ${rule}: ${name}: ${reason}`).join('\n')
      assert.deepEqual(byNumber(failed.map(({ check: { rule } }) => rule)), byNumber([breaks, ...alsoBreaks]), told)
      const isNamed = failed.some(({ check: { rule, name } }) => rule === breaks && name.includes(check))
      assert.ok(isNamed, `nobody noticed at the check ‘${check}’; others did:\n${told}`)
    })
  }
})

test('every rule that has checks has a mutant that breaks it alone', () => {
  const broken = new Set(mutants.filter(({ alsoBreaks }) => alsoBreaks === undefined).map(({ breaks }) => breaks))
  const missing = rules.map(({ rule }) => rule).filter((rule) => !broken.has(rule))
  assert.deepEqual(missing, [])
})
