/** A host before and after maintenance, by the command line against a whole service. */
// One database is enough: draining runs on both in test/operations/host-drain.test.ts.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { exitCodes } from '../../src/cli/cli-error.ts'
import { createFlavor, createServer, waitForHosts, waitUntilSettled, type HostView } from '../support/servers.ts'
import { startInProcess, type InProcessService } from '../support/start-in-process.ts'

const never = async (): Promise<never> => assert.fail('not for this')

describe('host drain, disable and enable', () => {
  let service: InProcessService
  let host: HostView
  let server: string
  before(async () => {
    service = await startInProcess({ driverConfig: { sim: { nodes: 2 } } })
    // As `serve` writes it for those who have the data directory.
    const facts = { publicUrl: service.url, pid: process.pid, region: 'RegionOne' }
    await writeFile(join(service.dataDir, 'service.json'), JSON.stringify(facts))
    await waitForHosts(service.client, undefined, 2)
    const words = { name: 'i', disk_format: 'raw', container_format: 'bare' }
    const made = await service.client.send('POST', '/image/v2/images', { body: words })
    const { id: image } = (await made.json()) as { id: string }
    await service.client.send('PUT', `/image/v2/images/${image}/file`, { body: new Uint8Array(4096) })
    server = await createServer(service.client, image, await createFlavor(service.client, 'small'), 'guest')
    const { 'OS-EXT-SRV-ATTR:hypervisor_hostname': name } = await waitUntilSettled(service.client, server)
    host = (await hosts()).find((each) => each.name === name) ?? assert.fail()
  })
  after(() => service.stop())

  const hosts = async (): Promise<readonly HostView[]> =>
    (await service.client.get<{ hosts: readonly HostView[] }>('/v1/hosts')).hosts
  const again = async (): Promise<HostView> => (await hosts()).find(({ id }) => id === host.id) ?? assert.fail()

  async function run(t: TestContext, ...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
    const out: string[] = []
    const err: string[] = []
    t.mock.method(console, 'log', (text: string) => out.push(text))
    t.mock.method(console, 'error', (text: string) => err.push(text))
    try {
      const line = ['host', ...args, '--data-dir', service.dataDir]
      const code = await runCommandLine(line, { startService: never, loadBackup: never, loadValidateHost: never })
      return { code, out: out.join('\n'), err: err.join('\n') }
    } finally {
      t.mock.restoreAll()
    }
  }

  test('disable with a reason, which the list shows; enable takes it back', async (t) => {
    const { code, out } = await run(t, 'disable', host.name, '--reason', 'a new disk')
    assert.equal(code, exitCodes.ok)
    assert.match(out, /disabled/)
    const disabled = await again()
    assert.deepEqual([disabled.enabled, disabled.disabled_reason], [false, 'a new disk'])
    assert.equal((await run(t, 'enable', host.id)).code, exitCodes.ok)
    const enabled = await again()
    assert.deepEqual([enabled.enabled, enabled.disabled_reason], [true, null])
  })

  test('drain moves the server, waits for it, and leaves the host disabled', async (t) => {
    const { code, out } = await run(t, 'drain', host.name, '--wait')
    assert.equal(code, exitCodes.ok, out)
    assert.match(out, new RegExp(`${server} +guest +live `))
    assert.match(out, /✔ guest/)
    const left = await again()
    assert.deepEqual([left.instance_count, left.enabled], [0, false])
    assert.match((await run(t, 'drain', host.name)).out, /no server is on it/)
  })

  test('what stays is an error that says what to do; unknown hosts are named', async (t) => {
    const other = (await hosts()).find(({ id }) => id !== host.id) ?? assert.fail()
    // The only other host is disabled.
    const stuck = await run(t, 'drain', other.name, '--wait')
    assert.equal(stuck.code, exitCodes.failed)
    assert.match(stuck.out, /✖ guest .*: /)
    assert.match(stuck.err, /1 of the servers of .* stay there; see why, then repeat: polyvisor host drain/)
    const unknown = await run(t, 'drain', 'nowhere')
    assert.equal(unknown.code, exitCodes.failed)
    assert.match(unknown.err, /there is no host nowhere; known are: /)
  })
})
