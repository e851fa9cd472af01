import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { after, test } from 'node:test'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { exitCodes } from '../../src/cli/cli-error.ts'
import { renderTable } from '../../src/cli/table.ts'
import type { Config } from '../../src/config/config.ts'
import { validateHost } from '../../src/process/validate-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'polyvisor-cli-'))
after(() => rmSync(folder, { recursive: true }))

interface Result {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function run(t: TestContext, args: readonly string[], startService = neverStarted): Promise<Result> {
  const out: string[] = []
  const err: string[] = []
  t.mock.method(console, 'log', (text: string) => out.push(text))
  t.mock.method(console, 'error', (text: string) => err.push(text))
  t.mock.method(process.stderr, 'write', (text: string) => (err.push(text), true))
  try {
    const parts = { startService, loadBackup, loadValidateHost: async () => validateHost }
    return { code: await runCommandLine(args, parts), out: out.join('\n'), err: err.join('\n') }
  } finally {
    t.mock.restoreAll()
  }
}

async function neverStarted(_config: Config): Promise<never> {
  throw new Error('the service was started')
}

async function loadBackup(): Promise<never> {
  throw new Error('a backup was begun')
}

function dataDirOf(publicUrl: string, pid: number): string {
  const dir = mkdtempSync(join(folder, 'data-'))
  writeFileSync(join(dir, 'service.json'), JSON.stringify({ publicUrl, pid, region: 'RegionOne' }))
  writeFileSync(join(dir, 'admin-password'), "it's secret\n", { mode: 0o600 })
  return dir
}

test('openrc prints exports that a shell takes, whatever is in the password', async (t) => {
  const result = await run(t, ['openrc', '--data-dir', dataDirOf('http://127.0.0.1:1', process.pid)])
  assert.equal(result.code, exitCodes.ok)
  assert.match(result.out, /^export OS_AUTH_URL='http:\/\/127\.0\.0\.1:1\/identity'$/m)
  assert.match(result.out, /^export OS_PASSWORD='it'\\''s secret'$/m)
  for (const line of result.out.split('\n')) assert.match(line, /^(export OS_[A-Z_]+='.*'|#.*)$/)
  assert.equal(result.err, '')
})

test('openrc warns when the service does not run, and says how to start it', async (t) => {
  // Beyond the largest process id that Linux gives.
  const result = await run(t, ['openrc', '--data-dir', dataDirOf('http://127.0.0.1:1', 2 ** 22 + 1)])
  assert.equal(result.code, exitCodes.ok)
  assert.match(result.err, /does not run; start it with: polyvisor serve --data-dir/)
})

test('openrc without a service says what to do', async (t) => {
  const result = await run(t, ['openrc', '--data-dir', join(folder, 'nothing')])
  assert.equal(result.code, exitCodes.unreachable)
  assert.match(result.err, /no service has been started in .*nothing; start one with/)
})

test('a service that does not answer is told apart from one that refuses', async (t) => {
  const silent = await run(t, ['host', 'list', '--data-dir', dataDirOf('http://127.0.0.1:1', process.pid)])
  assert.equal(silent.code, exitCodes.unreachable)
  assert.match(silent.err, /no service answers at http:\/\/127\.0\.0\.1:1/)

  const server = createServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json', 'x-openstack-request-id': 'req-1' })
    response.end('{"error":{"code":401,"title":"Unauthorized","message":"The password is wrong."}}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const refused = await run(t, ['host', 'list', '--data-dir', dataDirOf(url, process.pid)])
  assert.equal(refused.code, exitCodes.denied)
  assert.match(refused.err, /The password is wrong\. \(HTTP 401\) \[req-1\]/)
})

test('wrong configuration ends with the usage code before anything is started', async (t) => {
  const result = await run(t, ['serve', '--listen', '10.0.0.1:80'])
  assert.equal(result.code, exitCodes.usage)
  assert.match(result.err, /listen \(--listen\): would send passwords in clear/)
})

test('a port in use is explained', async (t) => {
  const result = await run(t, ['serve', '--data-dir', folder], async () => {
    throw Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' })
  })
  assert.equal(result.code, exitCodes.failed)
  assert.match(result.err, /127\.0\.0\.1:8774 is in use by another program; choose another address with --listen/)
})

test('every setting reaches the service', async (t) => {
  let seen: Config | undefined
  const args = ['serve', '--data-dir', folder, '--listen', '127.0.0.1:0', '--driver', 'sim', '--driver', 'qemu']
  const more = ['--log-level', 'debug', '--set', 'limits.bodyBytes=2048', '--set', 'driverConfig.sim.hosts=3']
  await run(t, [...args, ...more], async (config) => {
    seen = config
    throw new Error('enough seen')
  })
  assert.deepEqual(seen?.drivers, ['sim', 'qemu'])
  assert.deepEqual(seen?.driverConfig, { sim: { hosts: 3 } })
  assert.equal(seen?.limits.bodyBytes, 2048)
  assert.equal(seen?.logLevel, 'debug')
})

test('tables line up', () => {
  assert.equal(
    renderTable(
      ['ID', 'NAME'],
      [
        ['1', 'long name'],
        ['22222', 'b'],
      ],
    ),
    'ID     NAME\n1      long name\n22222  b',
  )
})
