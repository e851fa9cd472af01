/** Snapshots of running guests whose file systems stand still meanwhile, with a real Linux guest and Debian's agent in it. */
// One database is enough: it is about guests.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { typeAt } from '../support/guest-shell.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import { QemuObserver } from '../support/qemu-observer.ts'
import {
  createFlavor,
  createServer,
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
/** Long before Linux writes by itself what was written to a file. */
const keepInMemory = 'echo 0 > /proc/sys/vm/dirty_writeback_centisecs'
const onDisk = 'quiet-42-please'

describe('a snapshot of a running guest', { skip: qemuMissing, timeout: 500_000 }, () => {
  let dataDir: string
  let service: SpawnedService
  let client: ApiClient
  let observer: QemuObserver
  let file: string
  let flavor: string

  before(async () => {
    dataDir = await makeDataDir()
    service = await startService({ args, dataDir })
    client = await service.client()
    observer = new QemuObserver(dataDir)
    await waitForHosts(client)
    flavor = await createFlavor(client, 'guest', 160)
    file = await makeAgentGuest(dataDir)
  })
  after(async () => {
    await service.stop()
    await removeDataDir(dataDir)
  })

  /** A guest that has written to a file what Linux still has in its memory alone; ext4 writes out what replaces something. */
  const guestThatWrites = async (properties: Readonly<Record<string, string>>): Promise<string> => {
    const image = await uploadImage(client, file, 'agent', properties)
    const id = await createServer(client, image, flavor, 'writes')
    assert.equal((await waitUntilSettled(client, id)).status, 'ACTIVE')
    await waitForConsole(client, id, 'POLYVISOR-GUEST-UP')
    const write = `grep -q /disk /proc/mounts && ${keepInMemory} && echo quiet-$((40+2))-please >> /disk/f`
    await typeAt({ client, observer, id }, `${write} && echo written-$((40+2))`, 'written-42')
    return id
  }
  const snapshotOf = async (id: string): Promise<{ readonly imageId: string; readonly status: string | undefined }> => {
    const body = { createImage: { name: 'snap' } }
    const answer = await client.send('POST', `/compute/v2.1/servers/${id}/action`, { body })
    const imageId = answer.headers.get('location')?.split('/').at(-1) ?? ''
    const status = await waitUntil('the image', async () => {
      const found = await client.send('GET', `/image/v2/images/${imageId}`).then(
        async (response) => ((await response.json()) as { status: string }).status,
        () => 'gone',
      )
      return found === 'queued' || found === 'saving' ? undefined : found
    })
    await waitUntilSettled(client, id)
    return { imageId, status }
  }
  const holds = async (imageId: string, text: string): Promise<boolean> => {
    const image = await client.send('GET', `/image/v2/images/${imageId}/file`)
    const path = join(dataDir, imageId)
    await writeFile(path, Buffer.from(await image.arrayBuffer()))
    await run('qemu-img', ['convert', '-O', 'raw', path, `${path}.raw`])
    return (await readFile(`${path}.raw`)).includes(text)
  }
  const agent = (id: string, command: string): Promise<string> =>
    observer.virsh('qemu-agent-command', id, JSON.stringify({ execute: command }))
  const untilAgent = async (id: string): Promise<void> => {
    const answers = (): Promise<true | undefined> =>
      agent(id, 'guest-ping').then(
        () => true,
        () => undefined,
      )
    await waitUntil('the agent', answers, { timeoutMs: 60_000 })
  }

  test('with an agent has what its guest had written, also what was in memory; and the guest goes on', async () => {
    const id = await guestThatWrites({ hw_qemu_guest_agent: 'yes', os_require_quiesce: 'yes' })
    await untilAgent(id)
    const { imageId, status } = await snapshotOf(id)
    assert.equal(status, 'active')
    assert.ok(await holds(imageId, onDisk), 'the snapshot lacks it')
    assert.match(await agent(id, 'guest-fsfreeze-status'), /thawed/)
    await typeAt({ client, observer, id }, 'echo more > /disk/g && sync && echo goes-$((40+2))', 'goes-42')

    // What a service leaves that dies while the guest is frozen.
    await writeFile(join(observer.stateDir, 'instances', id, 'frozen'), '')
    await observer.virsh('domfsfreeze', id)
    assert.match(await agent(id, 'guest-fsfreeze-status'), /frozen/)
    await service.kill9()
    service = await startService({ args, dataDir })
    client = await service.client()
    const isThawed = async (): Promise<true | undefined> =>
      (await agent(id, 'guest-fsfreeze-status')).includes('thawed') ? true : undefined
    await waitUntil('the guest thawed', isThawed, { timeoutMs: 60_000 })

    await typeAt({ client, observer, id }, 'touch /no-agent; killall qemu-ga; echo without-$((40+2))', 'without-42')
    const refused = await snapshotOf(id)
    assert.notEqual(refused.status, 'active')
    const { status: stays } = await waitUntilSettled(client, id)
    assert.equal(stays, 'ACTIVE')
  })

  test('without an agent has what was on the disk at that moment', async () => {
    const id = await guestThatWrites({})
    const { imageId, status } = await snapshotOf(id)
    assert.equal(status, 'active')
    assert.ok(!(await holds(imageId, onDisk)), 'Linux had written it by itself: the first test proves nothing')
  })
})
