/** A driver that `npm run new-driver` makes, far from the repository: its own test passes, and the service runs servers on it. */
// One database is enough: it is about a driver.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { provideContract } from '../../src/driver/provide-contract.ts'
import {
  createFlavor,
  createServer,
  uploadImage,
  waitForConsole,
  waitForHosts,
  waitUntilSettled,
} from '../support/servers.ts'
import { removeDataDir, startService } from '../support/start-service.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))
const away = await mkdtemp(join(tmpdir(), 'polyvisor-away-'))

const script = ['scripts/node.sh', 'scripts/new-driver.ts', 'acme', '--at', away]
const { stdout } = await run('sh', script, { cwd: root })
const folder = join(away, 'acme')
// Its own test file: the whole kit, as tests of this file. Nothing is awaited behind it: the hook below is for the end of all.
provideContract()
await import(pathToFileURL(join(folder, 'acme.test.ts')).href)
after(() => rm(away, { recursive: true, force: true }))

test('it says what to do next', () => {
  assert.match(stdout, new RegExp(`^made ${folder}; next:$`, 'm'))
  assert.ok(stdout.includes(`bin/polyvisor serve --driver ${folder}/index.ts`))
})

test('a second time it refuses, and touches nothing', async () => {
  const before = await readFile(join(folder, 'index.ts'), 'utf8')
  await assert.rejects(run('sh', script, { cwd: root }), (error: { code: number; stderr: string }) => {
    assert.equal(error.code, 2)
    assert.match(error.stderr, /^new-driver: .*acme is there already/)
    return true
  })
  assert.equal(await readFile(join(folder, 'index.ts'), 'utf8'), before)
})

test('the service boots a server on it, and one on a driver in Python beside it', { timeout: 120_000 }, async () => {
  const drivers = [
    '--driver',
    join(folder, 'index.ts'),
    '--driver',
    join(root, 'drivers/json-lines/example/driver.json'),
  ]
  const service = await startService({ args: [...drivers, '--log-level', 'warn'] })
  try {
    const client = await service.client()
    const hosts = await waitForHosts(client, undefined, 2)
    assert.deepEqual(hosts.map(({ driver }) => driver).sort(), ['acme', 'files'])
    const image = join(away, 'guest.raw')
    await writeFile(image, Buffer.alloc(4096, 1))
    const imageId = await uploadImage(client, image, 'acme', { img_hv_type: 'acme' })
    const id = await createServer(client, imageId, await createFlavor(client, 'small'), 'first')
    const server = await waitUntilSettled(client, id)
    assert.equal(server.status, 'ACTIVE', JSON.stringify(server.fault))
    await waitForConsole(client, id, `ACME-GUEST-UP ${id}`)
    const other = await uploadImage(client, image, 'files', { img_hv_type: 'files' })
    const second = await createServer(client, other, await createFlavor(client, 'small-2'), 'second')
    assert.equal((await waitUntilSettled(client, second)).status, 'ACTIVE')
    await waitForConsole(client, second, `FILES-GUEST-UP ${second}`)
  } finally {
    assert.equal(await service.stop(), 0, service.logs())
    await removeDataDir(service.dataDir)
  }
})
