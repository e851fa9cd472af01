/** What a stranger gets: the packed package, installed elsewhere from its tarball, as a library and as a command. */
// One database is enough: it is about what the package brings.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { makeDriver } from '../../scripts/new-driver/make-driver.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { removeDataDir, startService } from '../support/start-service.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const npmTimeoutMs = 300_000

let folder: string
let elsewhere: string
before(
  async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'polyvisor-elsewhere-'))
    folder = await realpath(await mkdtemp(join(tmpdir(), 'polyvisor-package-')))
    const quiet = ['--no-audit', '--no-fund', '--loglevel', 'error']
    await run('npm', ['pack', '--pack-destination', folder, ...quiet], { cwd: root })
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    const tarball = `./polyvisor-${version}.tgz`
    await run('npm', ['install', '--no-save', '--prefer-offline', ...quiet, tarball], { cwd: folder })
  },
  { timeout: npmTimeoutMs },
)
after(() => Promise.all([folder, elsewhere].map((each) => rm(each, { recursive: true, force: true }))))

test('the driver contract and the conformance kit can be imported, on the node that came with it', async () => {
  const file = join(folder, 'uses.mjs')
  await writeFile(
    file,
    `import { DriverError } from 'polyvisor/driver'
import { checks, describeDriver, rules, startDriverProcess } from 'polyvisor/conformance'
const error = new DriverError('INVALID_SPEC', 'no', { effect: 'none' })
const kinds = [describeDriver, startDriverProcess].map((each) => typeof each)
console.log(JSON.stringify({ isError: error instanceof Error, kinds, checks: checks.length > 20, rules: typeof rules }))
`,
  )
  const { stdout } = await run(join(folder, 'node_modules/.bin/node'), [file])
  assert.deepEqual(JSON.parse(stdout), {
    isError: true,
    kinds: ['function', 'function'],
    checks: true,
    rules: 'object',
  })
})

test('nothing else of it can be imported', async () => {
  const file = join(folder, 'reaches-in.mjs')
  await writeFile(file, `import 'polyvisor/dist/src/main.js'\n`)
  await assert.rejects(run(join(folder, 'node_modules/.bin/node'), [file]), /ERR_PACKAGE_PATH_NOT_EXPORTED/)
})

/** @returns what the compiler has to say */
async function typeCheck(...args: readonly string[]): Promise<string> {
  const types = ['--typeRoots', join(root, 'node_modules/@types')]
  return run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...types, ...args], {
    cwd: folder,
  }).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  )
}

test('its declarations type-check a driver that new-driver made elsewhere, and catch a wrong one', async () => {
  const made = await makeDriver({ name: 'acme', root, at: folder })
  assert.equal(await typeCheck('--project', made.folder), '')
  const driver = join(made.folder, 'driver.ts')
  await writeFile(driver, (await readFile(driver, 'utf8')).replace('async close()', 'async open()'))
  assert.match(await typeCheck('--project', made.folder), /driver\.ts\(.* error TS2420: .*'close' is missing/s)
})

/** Nothing is installed beside it. */
const driverFromElsewhere = `import { abilities } from 'polyvisor/driver'
const node = { id: '6f0c0f5e-4b1f-4a53-9a3c-1c1f5d8a7b11', name: 'away', vcpus: 1, memoryMb: 1, diskGb: 1, traits: [] }
const driver = {
  capabilities: () => ({ architectures: ['x86_64'], hypervisorTypes: ['away'], vmModes: ['hvm'], disk: [], power: [],
    limits: { parallelOperations: 1 } }),
  async *fingerprint() { yield { status: 'unhealthy', message: String(abilities.includes('console')) } },
  nodes: async () => [node],
  list: async () => [],
  close: async () => undefined,
}
const manifest = { id: 'away', contract: '1', version: '1.0.0', hypervisorType: 'AWAY', configSchema: {} }
export const plugin = { manifest, open: async () => driver }
`

test('its command serves, with a driver from elsewhere beside its own', { timeout: 60_000 }, async () => {
  const command = join(folder, 'node_modules/.bin/polyvisor')
  const { stdout } = await run(command, ['--version'])
  assert.equal(stdout.trim(), version)
  const away = join(elsewhere, 'driver.mjs')
  await writeFile(away, driverFromElsewhere)
  const drivers = ['--driver', 'sim', '--driver', away]
  const service = await startService({ command, args: [...drivers, '--log-level', 'warn'] })
  try {
    const health = await fetch(`${service.url}/healthz`)
    assert.equal(health.status, 200)
    const client = await service.client()
    await client.get('/compute/v2.1/servers/detail')
    const host = await waitUntil('the host of the driver from elsewhere', async () => {
      const { hosts } = await client.get<{ hosts: readonly { name: string; message: string }[] }>('/v1/hosts')
      return hosts.find(({ name }) => name === 'away')
    })
    assert.equal(host.message, 'true')
    // Parts that are read or loaded at their first use only.
    assert.match(await (await fetch(`${service.url}/openapi.yaml`)).text(), /^openapi: 3/m)
    await run(command, ['backup', '--data-dir', service.dataDir, join(folder, 'backup.tar')])
  } finally {
    assert.equal(await service.stop(), 0, service.logs())
    await removeDataDir(service.dataDir)
  }
})
