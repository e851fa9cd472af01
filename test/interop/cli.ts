/**
 * npm run test:interop -- [--list FILE | --regex REGEX] [--only REGEX] [--database sqlite|postgres] [--concurrency N]
 * [--keep FOLDER]: OpenStack's own acceptance tests against this service. Without options it runs those that the interop
 * guidelines 2020.06 and 2022.11 require of compute, identity and image. Status 1 unless every test passes or stands in
 * skip-list.txt with its reason.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { nameOf, readList, readSkipList, scoreLine, scoreTests, type Result } from './score.ts'
import { setStage, type Stage } from './stage.ts'
import { Tempest } from './tempest.ts'

const { values } = parseArgs({
  options: {
    list: { type: 'string' },
    regex: { type: 'string' },
    only: { type: 'string' },
    database: { type: 'string', default: 'sqlite' },
    concurrency: { type: 'string', default: '2' },
    keep: { type: 'string' },
  },
})
const { database, only } = values
const concurrency = Number(values.concurrency)
if (database !== 'sqlite' && database !== 'postgres') fail('--database takes sqlite or postgres')
if (!Number.isSafeInteger(concurrency) || concurrency < 1) fail('--concurrency takes a whole number from 1 on')
if (values.list !== undefined && values.regex !== undefined) fail('give --list or --regex, not both')

const workspace = values.keep === undefined ? await mkdtemp(join(tmpdir(), 'polyvisor-interop-')) : resolve(values.keep)
let stage: Stage | undefined
try {
  stage = await setStage(database)
  const tempest = await Tempest.init(workspace, stage.configFor)
  const tests = await testsToRun(tempest)
  if (tests.length === 0) fail('no test is left to run; see --list, --regex and --only')
  console.log(`${tests.length} tests, on ${database}, ${concurrency} at a time`)
  const recorded = await tempest.run(tests, concurrency)
  const reasons = readSkipList(await readOwn('skip-list.txt'))
  const score = scoreTests(tests, recorded, reasons)
  const explained = score.results.filter(({ id, outcome }) => outcome !== 'pass' && reasons.has(id))
  for (const { id } of explained) console.log(`skip-list  ${id}: ${reasons.get(id)}`)
  for (const id of score.outdated) console.log(`passes     ${id}: take it out of the skip list`)
  for (const result of score.unexplained) console.log(describe(result))
  console.log(scoreLine(score))
  process.exitCode = score.unexplained.length === 0 ? 0 : 1
} finally {
  await stage?.stop()
  if (values.keep === undefined) await rm(workspace, { recursive: true, force: true })
  else console.log(`tempest's logs and configuration (with a password that is no more) are in ${workspace}`)
}

async function testsToRun(tempest: Tempest): Promise<readonly string[]> {
  const listed =
    values.regex !== undefined
      ? await withoutGone(await tempest.list(values.regex))
      : readList(
          values.list === undefined
            ? await readOwn('lists/core-compute-identity-image.txt')
            : await readFile(values.list, 'utf8'),
        )
  return only === undefined ? listed : listed.filter((test) => new RegExp(only).test(test))
}

/** Nova itself fails these: what they test was taken out of it. */
async function withoutGone(tests: readonly string[]): Promise<readonly string[]> {
  const gone = new Set(readList(await readOwn('lists/gone-from-nova.txt')).map(nameOf))
  return tests.filter((test) => !gone.has(nameOf(test)))
}

function readOwn(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8')
}

function describe({ id, outcome, said }: Result): string {
  return `${outcome.padEnd(13)} ${id}\n              ${said.slice(0, 300)}`
}

function fail(complaint: string): never {
  console.error(`interop: ${complaint}`)
  process.exit(2)
}
