/** The kit is tried itself: the simulated driver keeps every rule, and each mutant of it is caught by the rule that it breaks. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { makeReport, reportPage, runConformance, rules } from '../../drivers/conformance/index.ts'
import type { Report } from '../../drivers/conformance/report.ts'
import { checks } from '../../drivers/conformance/suites/index.ts'
import { conformance, makeSimFixture } from '../../drivers/sim/conformance-fixture.ts'
import { SimDriver } from '../../drivers/sim/sim-driver.ts'
import { mutants } from './sim-mutants.ts'

const docsDir = fileURLToPath(new URL('../../docs/generated/', import.meta.url))
const pageFile = `${docsDir}conformance-sim.md`

test('the simulated driver keeps every rule, and its page says so', async () => {
  const run = await runConformance(conformance)
  const failures = run.results.filter(({ outcome }) => outcome === 'fail')
  assert.deepEqual(
    failures.map(({ check, reason }) => `${check.name}: ${reason}`),
    [],
  )
  const page = reportPage(makeReport(conformance, run))
  assert.equal(page, readFileSync(pageFile, 'utf8'), 'run: npm run conformance -- sim --docs')
})

describe('each mutant is caught by the rule that it breaks', { concurrency: 4 }, () => {
  for (const { name, breaks, check, plugin = conformance.plugin, make } of mutants) {
    test(`rule ${breaks}: ${name}`, async () => {
      const makeFixture = (): ReturnType<typeof makeSimFixture> =>
        makeSimFixture(make ?? ((parts) => new SimDriver(parts)))
      const { results } = await runConformance(
        { plugin, makeFixture },
        { select: (each) => each.rule === breaks && each.name.includes(check) },
      )
      assert.ok(results.length > 0, 'there is no such check')
      assert.ok(
        results.some(({ outcome }) => outcome === 'fail'),
        'nobody noticed',
      )
    })
  }
})

test('every rule that has checks has a mutant', () => {
  const broken = new Set(mutants.map(({ breaks }) => breaks))
  const missing = rules.map(({ rule }) => rule).filter((rule) => !broken.has(rule))
  assert.deepEqual(missing, [])
})

describe('what the docs say of a driver is all that the kit asks, and nothing of it failed', () => {
  for (const file of readdirSync(docsDir).filter((name) => /^conformance-.*\.json$/.test(name))) {
    test(file, () => {
      const report = JSON.parse(readFileSync(`${docsDir}${file}`, 'utf8')) as Report
      const told = report.rules.flatMap((rule) => rule.checks)
      const titles = (all: readonly { suite: string; name: string }[]): string[] =>
        all.map(({ suite, name }) => `${suite}: ${name}`).toSorted()
      assert.deepEqual(titles(told), titles(checks), `run: npm run conformance -- ${report.driver} --docs`)
      assert.deepEqual(
        told.filter(({ outcome }) => outcome === 'fail'),
        [],
      )
    })
  }
})
