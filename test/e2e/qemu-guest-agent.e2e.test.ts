/** changePassword and a screenshot through the whole service, with a real Linux guest and Debian's agent in it. */
// One database is enough: it is about guests.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { readPng } from '../../drivers/conformance/read-png.ts'
import { AgentStage } from '../support/agent-stage.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import { deleteServer, waitForConsole, waitUntilSettled } from '../support/servers.ts'

const run = promisify(execFile)
const password = 'Tr0ub4dor-of-the-test'

describe('a guest with an agent', { skip: qemuMissing, timeout: 400_000 }, () => {
  let stage: AgentStage

  before(async () => {
    stage = await AgentStage.open()
  })
  after(() => stage?.close())

  const change = (id: string): Promise<Response> => {
    const body = { changePassword: { adminPass: password } }
    return stage.client.send('POST', `/compute/v2.1/servers/${id}/action`, { body })
  }

  test('gets another password, which nobody but the guest keeps, and its screen is shown', async () => {
    const { client, dataDir, service } = stage
    const id = await stage.boot({ hw_qemu_guest_agent: 'yes' })
    await waitForConsole(client, id, 'POLYVISOR-GUEST-AGENT')
    await stage.untilAgent(id)
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
    await stage.type(id, `${hash}; ${same}`, 'it-opens-42')
    const picture = await client.send('GET', `/v1/servers/${id}/screenshot`)
    const { width, height } = readPng(Buffer.from(await picture.arrayBuffer()))
    assert.ok(width >= 320 && height >= 200, `${width} x ${height}`)
    await deleteServer(client, id)
  })

  test('without the word of its image it is 409, and nothing is begun', async () => {
    const { client } = stage
    const id = await stage.boot({ hw_qemu_guest_agent: 'no' })
    await assert.rejects(change(id), /hw_qemu_guest_agent=yes.*\(HTTP 409\)/)
    assert.equal((await waitUntilSettled(client, id)).fault, undefined)
    await deleteServer(client, id)
  })
})
