/** What a stranger gets: the packed package, installed elsewhere from its tarball, as a library and as a command. */
// One database is enough: it is about what the package brings.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { removeDataDir, startService } from '../support/start-service.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const npmTimeoutMs = 300_000

let folder: string
before(
  async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'polyvisor-package-')))
    const quiet = ['--no-audit', '--no-fund', '--loglevel', 'error']
    await run('npm', ['pack', '--pack-destination', folder, ...quiet], { cwd: root })
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    const tarball = `./polyvisor-${version}.tgz`
    await run('npm', ['install', '--no-save', '--prefer-offline', ...quiet, tarball], { cwd: folder })
  },
  { timeout: npmTimeoutMs },
)
after(() => rm(folder, { recursive: true, force: true }))

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

async function typeCheck(text: string): Promise<string> {
  const file = join(folder, 'consumer.ts')
  await writeFile(file, text)
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
  const flags = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext', ...types]
  const args = [join(root, 'node_modules/typescript/bin/tsc'), ...flags, file]
  return run(process.execPath, args, { cwd: folder }).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  )
}

test('its declarations type-check a driver written elsewhere, and catch a wrong one', async () => {
  const imports = `import { DriverError, type Driver, type DriverPlugin } from 'polyvisor/driver'
import { describeDriver, type ConformanceTarget } from 'polyvisor/conformance'
`
  const good = `export function judge(plugin: DriverPlugin, target: Omit<ConformanceTarget, 'plugin'>): void {
  describeDriver({ ...target, plugin })
}
export const open: DriverPlugin['open'] = async (): Promise<Driver> => {
  throw new DriverError('INVALID_SPEC', 'not yet', { effect: 'none' })
}
`
  assert.equal(await typeCheck(imports + good), '')
  assert.match(await typeCheck(`${imports}${good}export const wrong: DriverPlugin = 1\n`), /error TS2322/)
})

test('its command serves', { timeout: 60_000 }, async () => {
  const command = join(folder, 'node_modules/.bin/polyvisor')
  const { stdout } = await run(command, ['--version'])
  assert.equal(stdout.trim(), version)
  const service = await startService({ command, args: ['--driver', 'sim', '--log-level', 'warn'] })
  try {
    const health = await fetch(`${service.url}/healthz`)
    assert.equal(health.status, 200)
    const client = await service.client()
    await client.get('/compute/v2.1/servers/detail')
    // Parts that are read or loaded at their first use only.
    assert.match(await (await fetch(`${service.url}/openapi.yaml`)).text(), /^openapi: 3/m)
    await run(command, ['backup', '--data-dir', service.dataDir, join(folder, 'backup.tar')])
  } finally {
    assert.equal(await service.stop(), 0, service.logs())
    await removeDataDir(service.dataDir)
  }
})
