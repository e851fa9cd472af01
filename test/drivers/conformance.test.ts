/** The simulated driver keeps every rule, and what the docs say of all drivers is what the kit asks. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { makeReport, reportPage, runConformance } from '../../drivers/conformance/index.ts'
import type { Report } from '../../drivers/conformance/report.ts'
import { checks } from '../../drivers/conformance/suites/index.ts'
import { conformance } from '../../drivers/sim/conformance-fixture.ts'

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
