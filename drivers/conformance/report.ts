/** What a run proved, rule by rule: as JSON for machines and as a page for people. Holds no times, so that equal runs give equal files. */
import type { ConformanceTarget } from './fixture.ts'
import { rules } from './rules.ts'
import type { Offer } from './offer.ts'
import type { ConformanceRun, CheckResult, Outcome } from './run.ts'

export interface Report {
  /** The target's name. */
  readonly driver: string
  readonly version: string
  readonly contract: string
  readonly offer: Offer
  readonly rules: readonly {
    readonly rule: number
    readonly title: string
    readonly outcome: Outcome
    readonly reason?: string
    readonly checks: readonly { suite: string; name: string; outcome: Outcome; reason?: string }[]
  }[]
}

export function makeReport(
  { name, plugin }: Pick<ConformanceTarget, 'name' | 'plugin'>,
  { offer, results }: ConformanceRun,
): Report {
  const { id, version, contract } = plugin.manifest
  return {
    driver: name ?? id,
    version,
    contract,
    offer,
    rules: rules.map(({ rule, title }) => {
      const own = results.filter(({ check }) => check.rule === rule)
      const reason = own.length === 0 ? 'not run' : undefined
      return {
        rule,
        title,
        outcome: outcomeOf(own),
        ...(reason === undefined ? {} : { reason }),
        checks: own.map(({ check, outcome, reason: why }) => ({
          suite: check.suite,
          name: check.name,
          outcome,
          ...(why === undefined ? {} : { reason: why }),
        })),
      }
    }),
  }
}

function outcomeOf(results: readonly CheckResult[]): Outcome {
  if (results.some(({ outcome }) => outcome === 'fail')) return 'fail'
  return results.some(({ outcome }) => outcome === 'pass') ? 'pass' : 'skip'
}

const marks: Readonly<Record<Outcome, string>> = { pass: '✔', fail: '✖', skip: '–' }

export function reportPage(report: Report): string {
  const lines = [
    `# Conformance of the driver ${report.driver}`,
    '',
    `Version ${report.version}, contract ${report.contract}. Written by \`npm run conformance -- ${report.driver} --docs\`;`,
    'the rules stand in [adding-a-driver.md](../adding-a-driver.md). ✔ proved, ✖ broken, – not tried, with the reason.',
    '',
    '| rule | | checks |',
    '| --- | --- | --- |',
  ]
  for (const { rule, title, outcome, checks, reason } of report.rules) {
    const passed = checks.filter((check) => check.outcome === 'pass').length
    lines.push(`| ${rule}. ${title} | ${marks[outcome]} | ${reason ?? `${passed} of ${checks.length}`} |`)
  }
  for (const { rule, title, checks } of report.rules.filter((each) => each.checks.length > 0)) {
    lines.push('', `## ${rule}. ${title}`, '', 'The driver …', '')
    for (const { name, outcome, reason } of checks) {
      lines.push(`- ${marks[outcome]} ${escape(name)}${reason === undefined ? '' : `: _${escape(reason)}_`}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function escape(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/([*_<>|`])/g, '\\$1')
}
