/** `polyvisor explain` against a running service: flavors and images by name, a table for people, JSON for programs. */
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, mock, test } from 'node:test'
import type { CliError } from '../../src/cli/cli-error.ts'
import { printExplanation, type ExplainOptions } from '../../src/cli/explain.ts'
import { startInProcess, type InProcessService } from '../support/start-in-process.ts'
import { createFlavor, uploadImage, waitForHosts } from '../support/servers.ts'

let service: InProcessService
let image: string

before(async () => {
  service = await startInProcess()
  await waitForHosts(service.client)
  const file = join(service.dataDir, 'blank.raw')
  await writeFile(file, Buffer.alloc(512))
  image = await uploadImage(service.client, file)
  await createFlavor(service.client, 'small')
  await createFlavor(service.client, 'huge', 10_000_000)
})
after(() => service.stop())

async function run(options: Partial<ExplainOptions>): Promise<string> {
  const log = mock.method(console, 'log', () => {})
  try {
    await printExplanation(service.client, { flavor: 'small', image, count: 1, json: false, ...options })
    return log.mock.calls.map(({ arguments: [line] }) => String(line)).join('\n')
  } finally {
    log.mock.restore()
  }
}

test('a table of filters, with what was wanted and had, and the hosts for admins', async () => {
  assert.match(await run({}), /^It fits: 1 of 1 hosts would take it\./)
  const text = await run({ flavor: 'huge' })
  assert.match(text, /^No host can take this server: .*With at most \d+ MB of memory it would fit/)
  assert.match(text, /\nFILTER +CHECKED +PASSED +REFUSED +REASON +WANTED +HAD\n/)
  assert.match(text, /\nmemory +1 +0 +1 +not enough free memory \(MB\) +10000000 +\d+\n/)
  assert.match(text, /\nHOST +REFUSED BY .*\n\S+ +memory /)
})

test('JSON is what the service answered', async () => {
  const explanation = JSON.parse(await run({ count: 3, json: true })) as { count: number; fits: number }
  assert.deepEqual({ count: explanation.count, fits: explanation.fits }, { count: 3, fits: 3 })
})

test('a flavor that is not there is named', async () => {
  await assert.rejects(run({ flavor: 'nope' }), (error: CliError) => error.message === 'there is no flavor nope')
})
