/** The systemd units and the compose file: systemd and docker-compose accept them, and real guests start with no more rights than granted. */
// One database is enough: it is about the rights that units and containers grant.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { unknownEnvironment } from '../../src/config/load-config.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import {
  createFlavor,
  createServer,
  deleteServer,
  uploadImage,
  waitForHosts,
  waitUntilSettled,
} from '../support/servers.ts'
import { makeDataDir, removeDataDir, startService } from '../support/start-service.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))
const unit = join(root, 'packaging/systemd/polyvisor.service')

test('systemd has nothing to say against the units', async (t) => {
  const folder = join(root, 'packaging/systemd')
  const units = (await readdir(folder)).map((name) => join(folder, name))
  assert.equal(units.length, 4, 'one for all roles together, and one for each')
  const answer = await run('systemd-analyze', ['verify', '--man=no', ...units]).catch(
    (error: NodeJS.ErrnoException) => error,
  )
  if ('code' in answer && answer.code === 'ENOENT') return t.skip('systemd-analyze is not installed')
  assert.ok('stderr' in answer)
  const complaints = String(answer.stderr)
    .split('\n')
    .filter((line) => line.includes('polyvisor'))
  assert.deepEqual(complaints, [])
})

test('docker-compose has nothing to say against the compose file', async (t) => {
  const args = ['-f', join(root, 'docker-compose.yml'), 'config']
  const answer = await run('docker-compose', args).catch((error: NodeJS.ErrnoException) => error)
  if ('code' in answer && answer.code === 'ENOENT') return t.skip('docker-compose is not installed')
  assert.ok(!(answer instanceof Error), String(answer))
  const { services } = parse(String(answer.stdout)) as { services: Record<string, { environment?: object }> }
  assert.deepEqual(Object.keys(services).toSorted(), [
    'agent',
    'api-1',
    'api-2',
    'conductor-1',
    'conductor-2',
    'postgres',
    'rabbitmq',
    'secrets',
  ])
  // Every POLYVISOR_… variable is a setting: a misspelt one would change nothing.
  for (const { environment = {} } of Object.values(services)) {
    assert.deepEqual(unknownEnvironment(environment as Record<string, string>), [])
  }
})

test(
  'real guests start with the capabilities that the unit leaves',
  { skip: qemuMissing, timeout: 180_000 },
  async (t) => {
    if (process.getuid?.() !== 0) return t.skip('only root can give capabilities away')
    const folder = await mkdtemp(join(tmpdir(), 'polyvisor-unit-'))
    const dataDir = await makeDataDir()
    const command = join(folder, 'polyvisor')
    const kept = (await capabilities()).map((name) => `+${name}`).join(',')
    const line = `exec setpriv --no-new-privs --bounding-set=-all,${kept} '${join(root, 'bin/polyvisor')}' "$@"`
    await writeFile(command, `#!/bin/sh\n${line}\n`, { mode: 0o755 })
    const service = await startService({ command, dataDir, args: ['--driver', 'qemu', '--log-level', 'warn'] })
    try {
      const client = await service.client()
      await waitForHosts(client)
      const image = join(folder, 'empty.raw')
      await writeFile(image, Buffer.alloc(64 * 1024))
      const server = await createServer(client, await uploadImage(client, image), await createFlavor(client, 'tiny'))
      const { status, fault } = await waitUntilSettled(client, server)
      assert.equal(status, 'ACTIVE', fault?.message)
      await deleteServer(client, server)
    } finally {
      await service.stop()
      await removeDataDir(dataDir)
      await rm(folder, { recursive: true })
    }
  },
)

/** As setpriv writes them: `chown`, `setuid`, … */
async function capabilities(): Promise<readonly string[]> {
  const [, names] = /^CapabilityBoundingSet=(.+)$/m.exec(await readFile(unit, 'utf8')) ?? []
  assert.ok(names !== undefined)
  return names.split(' ').map((name) => name.replace('CAP_', '').toLowerCase())
}
