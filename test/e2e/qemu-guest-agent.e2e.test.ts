/** changePassword and a screenshot through the whole service, with a real Linux guest and Debian's agent in it. */
// One database is enough: it is about guests.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { readPng } from '../../drivers/conformance/read-png.ts'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { typeAt } from '../support/guest-shell.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import { QemuObserver } from '../support/qemu-observer.ts'
import {
  createFlavor,
  createServer,
  deleteServer,
  uploadImage,
  waitForConsole,
  waitForHosts,
  waitUntilSettled,
} from '../support/servers.ts'
import type { SpawnedService } from '../support/start-service.ts'
import { makeDataDir, removeDataDir, startService } from '../support/start-service.ts'
import { makeAgentGuest } from '../support/test-guest.ts'

const run = promisify(execFile)
const args = ['--driver', 'qemu', '--log-level', 'debug']
const password = 'Tr0ub4dor-of-the-test'

describe('a guest with an agent', { skip: qemuMissing, timeout: 400_000 }, () => {
  let dataDir: string
  let service: SpawnedService
  let client: ApiClient
  let file: string
  let flavor: string

  before(async () => {
    dataDir = await makeDataDir()
    service = await startService({ args, dataDir })
    client = await service.client()
    await waitForHosts(client)
    flavor = await createFlavor(client, 'guest', 160)
    file = await makeAgentGuest(dataDir)
  })
  after(async () => {
    await service.stop()
    await removeDataDir(dataDir)
  })

  const serverOf = async (properties: Readonly<Record<string, string>>): Promise<string> => {
    const image = await uploadImage(client, file, 'agent', properties)
    const id = await createServer(client, image, flavor, 'agent')
    const { status } = await waitUntilSettled(client, id)
    assert.equal(status, 'ACTIVE')
    return id
  }
  const change = (id: string): Promise<Response> => {
    const body = { changePassword: { adminPass: password } }
    return client.send('POST', `/compute/v2.1/servers/${id}/action`, { body })
  }

  test('gets another password, which nobody but the guest keeps, and its screen is shown', async () => {
    const id = await serverOf({ hw_qemu_guest_agent: 'yes' })
    await waitForConsole(client, id, 'POLYVISOR-GUEST-AGENT')
    const observer = new QemuObserver(dataDir)
    const ping = ['qemu-agent-command', id, '{"execute":"guest-ping"}'] as const
    await waitUntil(
      'the agent',
      () =>
        observer.virsh(...ping).then(
          () => true,
          () => undefined,
        ),
      { timeoutMs: 60_000 },
    )
    await change(id)
    const after = await waitUntilSettled(client, id)
    assert.deepEqual([after.status, after.fault], ['ACTIVE', undefined])
    const secrets = ['-e', password, '-e', Buffer.from(password).toString('base64')]
    // While the operation ran the database had it.
    const grep = run('grep', ['-rlaF', '--exclude-dir=database', ...secrets, dataDir])
    await assert.rejects(grep, { code: 1, stdout: '' }, 'a file has it')
    assert.ok(!(await readFile(service.logFile, 'utf8')).includes(password), 'the log has it')
    const hash = 'h=$(cut -d: -f2 /etc/shadow); s=$(echo "$h" | cut -d"$" -f3)'
    const same = `[ "$(mkpasswd -m sha512 -S "$s" '${password}')" = "$h" ] && echo it-opens-$((40+2))`
    await typeAt({ client, observer, id }, `${hash}; ${same}`, 'it-opens-42')
    const picture = await client.send('GET', `/v1/servers/${id}/screenshot`)
    const { width, height } = readPng(Buffer.from(await picture.arrayBuffer()))
    assert.ok(width >= 320 && height >= 200, `${width} x ${height}`)
    await deleteServer(client, id)
  })

  test('without the word of its image it is 409, and nothing is begun', async () => {
    const id = await serverOf({ hw_qemu_guest_agent: 'no' })
    await assert.rejects(change(id), /hw_qemu_guest_agent=yes.*\(HTTP 409\)/)
    assert.equal((await waitUntilSettled(client, id)).fault, undefined)
    await deleteServer(client, id)
  })
})
