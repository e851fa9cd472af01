/** `npm run conformance -- <driver>`: runs the kit, prints what it proves, and ends with 1 when a rule is broken. */
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { provideContract } from '../../src/driver/provide-contract.ts'
import type { ConformanceTarget } from './fixture.ts'
import { makeReport, reportPage, type Report } from './report.ts'
import { runConformance, titleOf, type CheckResult } from './run.ts'

const usage = `usage: npm run conformance -- <driver> [options]
  --fixture FILE  exports \`conformance\`; drivers/<driver>/conformance-fixture.ts without it
  --full          sweeps try every moment instead of a sample
  --rule N        only the checks of that rule
  --match TEXT    only the checks whose name contains the text
  --json FILE     the report for machines
  --docs          writes docs/generated/conformance-<driver>.{md,json}
`
const marks = { pass: '✔', fail: '✖', skip: '–' } as const
/** As of a shell whose command was ended by SIGINT. */
const interruptedStatus = 130
const root = fileURLToPath(new URL('../../', import.meta.url))

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      fixture: { type: 'string' },
      full: { type: 'boolean', default: false },
      rule: { type: 'string' },
      match: { type: 'string' },
      json: { type: 'string' },
      docs: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const [name] = positionals
  if (values.help || (name === undefined && values.fixture === undefined)) {
    process.stderr.write(usage)
    return 2
  }
  const isPart = values.rule !== undefined || values.match !== undefined
  if (values.docs && isPart) {
    process.stderr.write('--docs writes what is known of a whole driver: run it without --rule and --match\n')
    return 2
  }
  const target = await load(values.fixture ?? fixtureOf(name ?? ''))
  if (typeof target.skipReason === 'string') {
    process.stderr.write(`${target.skipReason}\n`)
    return 2
  }
  const signal = interrupted()
  const run = await runConformance(target, {
    signal,
    full: values.full,
    select: (check) =>
      (values.rule === undefined || check.rule === Number(values.rule)) && check.name.includes(values.match ?? ''),
    onResult: print,
  })
  if (signal.aborted) {
    process.stderr.write('\ninterrupted: nothing was written\n')
    return interruptedStatus
  }
  const report = makeReport(target, run)
  if (values.json !== undefined) await write(values.json, report)
  if (values.docs) await writeDocs(report)
  return summarise(run.results)
}

/** Ctrl-C ends the run in order: the fixture shall not leave a hypervisor behind. */
function interrupted(): AbortSignal {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())
  return stop.signal
}

/** One driver may be tried in more than one way: `drivers/qemu/conformance-fixture-kvm.ts` is `kvm`. */
function fixtureOf(name: string): string {
  const [extension, drivers] = [extname(import.meta.url), join(root, 'drivers')]
  const ways = readdirSync(drivers).map((driver) => join(drivers, driver, `conformance-fixture-${name}${extension}`))
  return ways.find((file) => existsSync(file)) ?? join(drivers, name, `conformance-fixture${extension}`)
}

async function load(file: string): Promise<ConformanceTarget> {
  provideContract()
  const found = (await import(pathToFileURL(resolve(file)).href)) as { conformance?: ConformanceTarget }
  if (found.conformance === undefined) throw new Error(`${file} exports no \`conformance\``)
  return found.conformance
}

function print({ check, outcome, reason, ms }: CheckResult): void {
  const why = reason === undefined ? '' : `\n    ${reason.replaceAll('\n', '\n    ')}`
  process.stdout.write(`${marks[outcome]} ${titleOf(check)} (${ms} ms)${why}\n`)
}

function summarise(results: readonly CheckResult[]): number {
  const count = (outcome: CheckResult['outcome']): number => results.filter((each) => each.outcome === outcome).length
  process.stdout.write(`\n${count('pass')} passed, ${count('fail')} failed, ${count('skip')} skipped\n`)
  return count('fail') === 0 && count('pass') > 0 ? 0 : 1
}

async function write(file: string, report: Report): Promise<void> {
  await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`)
}

async function writeDocs(report: Report): Promise<void> {
  const base = join(root, 'docs/generated', `conformance-${report.driver}`)
  await mkdir(dirname(base), { recursive: true })
  await write(`${base}.json`, report)
  await writeFile(`${base}.md`, reportPage(report))
}

process.exitCode = await main()
