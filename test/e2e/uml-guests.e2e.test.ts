/** Real User-Mode Linux guests through the whole service, beside simulated hosts. ps looks on, and kill interferes. */
// One database is enough: it is about guests; sagas run on both databases on simulated hosts.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { makeDataDir, removeDataDir, startService, type SpawnedService } from '../support/start-service.ts'
import {
  createFlavor,
  createServer,
  deleteServer,
  uploadImage,
  waitForConsole,
  waitForHosts,
  type ServerView,
} from '../support/servers.ts'
import { guestMarker, makeUmlGuest } from '../support/test-guest.ts'
import { umlMissing } from '../support/uml-missing.ts'

const run = promisify(execFile)

interface Process {
  readonly pid: number
  readonly uid: number
}

describe('User-Mode Linux guests', { skip: umlMissing, timeout: 300_000 }, () => {
  let dataDir: string
  let service: SpawnedService
  let client: ApiClient
  let id: string

  const args = ['--driver', 'uml', '--driver', 'sim', '--log-level', 'warn']
  const start = async (): Promise<void> => {
    service = await startService({ args, dataDir })
    client = await service.client()
    await waitForHosts(client, undefined, 2)
  }
  const show = async (): Promise<ServerView> =>
    (await client.get<{ server: ServerView }>(`/compute/v2.1/servers/${id}`)).server
  const act = (body: object): Promise<unknown> => client.send('POST', `/compute/v2.1/servers/${id}/action`, { body })
  const reach = (status: string): Promise<ServerView> =>
    waitUntil(
      `the server to be ${status}`,
      async () => {
        const server = await show()
        return server.status === status && server['OS-EXT-STS:task_state'] === null ? server : undefined
      },
      { timeoutMs: 60_000 },
    )
  /** The guest's processes, oldest first. */
  const processes = async (): Promise<readonly Process[]> => {
    const { stdout } = await run('ps', ['-ww', '-eo', 'pid=,uid=,args=', '--sort=start_time'])
    return stdout.split('\n').flatMap((line) => {
      const [, pid, uid, args = ''] = /^ *(\d+) +(\d+) +(.*)$/.exec(line) ?? []
      return args.includes(`umid=${id}`) ? [{ pid: Number(pid), uid: Number(uid) }] : []
    })
  }

  before(async () => {
    dataDir = await makeDataDir()
    await start()
    const imageId = await uploadImage(client, await makeUmlGuest(dataDir), 'uml-guest', { hw_vm_mode: 'uml' })
    id = await createServer(client, imageId, await createFlavor(client, 'uml'), 'uml')
    await reach('ACTIVE')
  })
  after(async () => {
    for (const { pid } of await processes()) process.kill(pid, 'SIGKILL')
    await service.kill9()
    await removeDataDir(dataDir)
  })

  test('an image says that it is for User-Mode Linux, and only such a host takes it', async () => {
    const { hypervisors } = await client.get<{
      hypervisors: { hypervisor_type: string; hypervisor_hostname: string }[]
    }>('/compute/v2.1/os-hypervisors/detail')
    assert.deepEqual(new Set(hypervisors.map(({ hypervisor_type: type }) => type)), new Set(['UML', 'sim']))
    const host = (await show())['OS-EXT-SRV-ATTR:hypervisor_hostname']
    const its = hypervisors.find(({ hypervisor_hostname: name }) => name === host)
    assert.equal(its?.hypervisor_type, 'UML')
  })

  test('it boots, and its root finds none of the host’s files', async () => {
    const output = await waitForConsole(client, id, 'POLYVISOR-GUEST-HOST-FILES')
    assert.match(output, new RegExp(guestMarker))
    assert.match(output, /^POLYVISOR-GUEST-HOST-FILES \[\]\r?$/m)
  })

  test('its processes are nobody’s, when we are root: a user of its own', async () => {
    const uids = new Set((await processes()).map(({ uid }) => uid))
    assert.equal(uids.size, 1)
    const [uid = 0] = uids
    if (process.getuid?.() === 0) assert.ok(uid >= 1_800_000_000, `it runs as ${uid}`)
  })

  test('it outlives the service, paused too', async () => {
    const [main] = await processes()
    await act({ pause: null })
    await reach('PAUSED')
    await service.kill9()
    await start()
    assert.equal((await show()).status, 'PAUSED')
    await act({ unpause: null })
    await reach('ACTIVE')
    assert.deepEqual((await processes())[0], main)
  })

  test('killed from outside it is SHUTOFF, starts again, and nothing of it is left when it is deleted', async () => {
    const before = await processes()
    const [main] = before
    assert.ok(main)
    process.kill(main.pid, 'SIGKILL')
    await reach('SHUTOFF')
    await act({ 'os-start': null })
    await reach('ACTIVE')
    const now = await processes()
    for (const { pid } of before) assert.ok(!now.some((process) => process.pid === pid), `process ${pid} was left over`)
    await deleteServer(client, id)
    assert.deepEqual(await processes(), [])
    assert.deepEqual(readdirSync(join(dataDir, 'agent/drivers/uml/instances')), [])
  })
})
