/** Snapshots of running guests whose file systems stand still meanwhile, with a real Linux guest and Debian's agent in it. */
// One database is enough: it is about guests.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { waitUntil } from '../../src/util/wait-until.ts'
import { AgentStage } from '../support/agent-stage.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import { waitForConsole, waitUntilSettled } from '../support/servers.ts'

const run = promisify(execFile)
/**
 * Has Linux keep in memory what is written to a file: no flush by time for an hour (0 would flush at once), and none by amount
 * either, which for a disk that has written little yet begins at the first page.
 */
const keepInMemory = 'echo 50 > /sys/block/vda/bdi/min_ratio && echo 360000 > /proc/sys/vm/dirty_writeback_centisecs'
const onDisk = 'quiet-42-please'

describe('a snapshot of a running guest', { skip: qemuMissing, timeout: 500_000 }, () => {
  let stage: AgentStage

  before(async () => {
    stage = await AgentStage.open()
  })
  after(() => stage?.close())

  /** A guest that has written to a file what Linux still has in its memory alone; ext4 writes out what replaces something. */
  const guestThatWrites = async (properties: Readonly<Record<string, string>>): Promise<string> => {
    const id = await stage.boot(properties)
    await waitForConsole(stage.client, id, 'POLYVISOR-GUEST-UP')
    const write = `grep -q /disk /proc/mounts && ${keepInMemory} && echo quiet-$((40+2))-please >> /disk/f`
    await stage.type(id, `${write} && echo written-$((40+2))`, 'written-42')
    return id
  }
  const snapshotOf = async (id: string): Promise<{ readonly imageId: string; readonly status: string | undefined }> => {
    const { client } = stage
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
    const image = await stage.client.send('GET', `/image/v2/images/${imageId}/file`)
    const path = join(stage.dataDir, imageId)
    await writeFile(path, Buffer.from(await image.arrayBuffer()))
    await run('qemu-img', ['convert', '-O', 'raw', path, `${path}.raw`])
    return (await readFile(`${path}.raw`)).includes(text)
  }
  test('with an agent has what its guest had written, also what was in memory; and the guest goes on', async () => {
    const id = await guestThatWrites({ hw_qemu_guest_agent: 'yes', os_require_quiesce: 'yes' })
    await stage.untilAgent(id)
    const { imageId, status } = await snapshotOf(id)
    assert.equal(status, 'active')
    assert.ok(await holds(imageId, onDisk), 'the snapshot lacks it')
    assert.match(await stage.ask(id, 'guest-fsfreeze-status'), /thawed/)
    await stage.type(id, 'echo more > /disk/g && sync && echo goes-$((40+2))', 'goes-42')

    // What a service leaves that dies while the guest is frozen.
    await writeFile(join(stage.observer.stateDir, 'instances', id, 'frozen'), '')
    await stage.observer.virsh('domfsfreeze', id)
    assert.match(await stage.ask(id, 'guest-fsfreeze-status'), /frozen/)
    await stage.crash()
    const isThawed = async (): Promise<true | undefined> =>
      (await stage.ask(id, 'guest-fsfreeze-status')).includes('thawed') ? true : undefined
    await waitUntil('the guest thawed', isThawed, { timeoutMs: 60_000 })

    await stage.type(id, 'touch /no-agent; killall qemu-ga; echo without-$((40+2))', 'without-42')
    const refused = await snapshotOf(id)
    assert.notEqual(refused.status, 'active')
    const { status: stays } = await waitUntilSettled(stage.client, id)
    assert.equal(stays, 'ACTIVE')
  })

  test('without an agent has what was on the disk at that moment', async () => {
    const id = await guestThatWrites({})
    const { imageId, status } = await snapshotOf(id)
    assert.equal(status, 'active')
    assert.ok(!(await holds(imageId, onDisk)), 'Linux had written it by itself: the first test proves nothing')
  })
})
