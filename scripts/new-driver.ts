/** `npm run new-driver -- <name>`: the beginning of a driver, which passes the conformance kit as it is. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { makeDriver, NewDriverError } from './new-driver/make-driver.ts'

const usage = `usage: npm run new-driver -- <name> [--at DIR]
  <name>    the driver's id: lower-case letters, digits and dashes, such as xen or acme-cloud
  --at DIR  makes DIR/<name>, outside of this repository; drivers/<name> without it
`
const root = fileURLToPath(new URL('../', import.meta.url))

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { at: { type: 'string' }, help: { type: 'boolean', default: false } },
  })
  const [name] = positionals
  if (values.help || name === undefined || positionals.length > 1) {
    process.stderr.write(usage)
    return 2
  }
  // npm changes the working directory and says where it was called.
  const at = values.at === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? '.', values.at)
  const { folder, test } = await makeDriver({ name, root, ...(at === undefined ? {} : { at }) })
  process.stdout.write(nextSteps(name, folder, test, at === undefined))
  return 0
}

function nextSteps(name: string, folder: string, test: string, isInside: boolean): string {
  const inside = [
    `name it in src/process/driver-choices.ts, then: bin/polyvisor serve --driver ${name}`,
    `npm run format; its test runs with the others: ${test}`,
  ]
  const outside = [`for types and \`npm test\` in it: npm install, with the package that \`npm pack\` makes here`]
  const steps = [
    `npm run conformance -- --fixture ${folder}/conformance-fixture.ts    # green now: keep it so`,
    `bin/polyvisor serve --driver ${folder}/index.ts`,
    `put your hypervisor's calls in the place of ${folder}/guests.ts`,
    ...(isInside ? inside : outside),
    'docs/adding-a-driver.md is the check-list from here',
  ]
  return `made ${folder}; next:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`
}

try {
  process.exitCode = await main()
} catch (error) {
  const isUsers = error instanceof NewDriverError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')
  if (isUsers !== true) throw error
  process.stderr.write(`new-driver: ${(error as Error).message}\n`)
  process.exitCode = 2
}
