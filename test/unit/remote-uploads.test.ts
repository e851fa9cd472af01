/** Snapshots from agents of their own, over the API's real face: addresses that are good once, and uploads that may break. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { ControlClient } from '../../src/agent/control-client.ts'
import { remoteUploads } from '../../src/agent/remote-uploads.ts'
import { sendSnapshot } from '../../src/agent/send-snapshot.ts'
import { DriverError, type Control, type SnapshotAbility } from '../../src/driver/index.ts'
import { openFilesystemStore } from '../../src/images/filesystem-store.ts'
import { ImageAddresses } from '../../src/images/image-addresses.ts'
import { ImageService } from '../../src/images/image-service.ts'
import { SnapshotUploads } from '../../src/images/snapshot-uploads.ts'
import type { AgentId, HostId } from '../../src/model/ids.ts'
import { answerCommand, insertCommand } from '../../src/store/commands.ts'
import { findImage, insertImage, markDeleting } from '../../src/store/images.ts'
import { changeInstance, findInstance } from '../../src/store/instances.ts'
import { insertOperation } from '../../src/store/operations.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { addHostRow, newOperation } from '../store/store-rows.ts'
import { startApiFixture } from '../support/api-fixture.ts'
import { testImage } from '../support/world.ts'

const agentId = 'aaaaaaaa-0000-4000-8000-000000000001' as AgentId
const imageId = testImage.id
const ref = { instanceId: 'i', nodeId: 'n' }
const control = { signal: new AbortController().signal } as Control
const content = randomBytes(600_000)

/** An agent was asked for an image: what the request and the saga have written by then. */
async function stage(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-uploads-'))
  const parts: { images?: ImageService; snapshots?: SnapshotUploads } = {}
  const api = await startApiFixture({
    agents: { authenticate: async (token: string) => (token === 'agent' ? agentId : undefined) } as never,
    get images() {
      return parts.images as ImageService
    },
    get snapshots() {
      return parts.snapshots as SnapshotUploads
    },
  })
  const { db } = api
  const store = await openFilesystemStore({ folder, reserveBytes: 0 })
  const clock = api.services.clock
  const images = new ImageService({ db, store, logger: silentLogger, clock })
  const snapshots = new SnapshotUploads(db, clock, images)
  Object.assign(api.services, { images, snapshots, imageAddresses: new ImageAddresses(db, clock) })
  await insertImage(db, { ...testImage, status: 'queued', diskFormat: null, containerFormat: null })
  const instance = await api.addInstance()
  await addHostRow(db, 'h' as HostId, 1, agentId)
  const operation = { ...newOperation(), instanceId: instance.id }
  await insertOperation(db, operation)
  const { id: operationId } = operation
  await changeInstance(db, instance.id, { taskState: 'image_pending_upload', operationId }, 1)
  const message = { call: { method: 'snapshot', imageId } }
  await insertCommand(db, { key: 'k', lease: { operationId, epoch: 0 }, hostId: 'h' as HostId, message }, 1)
  const server = createServer(api.app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(async () => {
    server.closeAllConnections()
    server.close()
    assert.deepEqual(api.violations, [])
    await api.close()
    await rm(folder, { recursive: true })
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const uploads = remoteUploads({ client: new ControlClient(url), token: () => 'agent' })
  return { db, url, snapshots, uploads, instance, file: join(folder, imageId), addresses: api.services.imageAddresses }
}

/** @param after what happens when so many bytes are out */
function disk(bytes: Buffer, after?: { readonly bytes: number; readonly then: () => Promise<void> }): SnapshotAbility {
  return {
    formats: ['raw'],
    async *read() {
      const cut = after?.bytes ?? bytes.length
      for (let at = 0; at < bytes.length; at += 100_000) {
        if (at >= cut) await after?.then()
        yield bytes.subarray(at, at + 100_000)
      }
    },
  }
}

test('what the driver gives is the image; sent again when it is there already, it stays', async (t) => {
  const { db, uploads, instance, file } = await stage(t)
  const order = { ref, diskId: 'root', imageId }
  assert.deepEqual(await sendSnapshot(disk(content), order, control, uploads), { format: 'raw' })
  const image = await findImage(db, imageId)
  assert.deepEqual([image?.status, image?.diskFormat, image?.sizeBytes], ['active', 'raw', content.length])
  assert.ok((await readFile(file)).equals(content))
  assert.equal((await findInstance(db, instance.id))?.taskState, 'image_uploading')
  await sendSnapshot(disk(randomBytes(1_000)), order, control, uploads)
  assert.ok((await readFile(file)).equals(content))
})

test('an upload that breaks leaves nothing, and one that is sent anew takes over from one that hangs', async (t) => {
  const { db, uploads, file } = await stage(t)
  const order = { ref, diskId: 'root', imageId }
  const broken = async (): Promise<void> => {
    throw new DriverError('STORAGE_FULL', 'No room.', { effect: 'none' })
  }
  const failing = disk(content, { bytes: 300_000, then: broken })
  await assert.rejects(sendSnapshot(failing, order, control, uploads), { code: 'STORAGE_FULL' })
  await waitUntil('the broken one to end', async () => {
    const image = await findImage(db, imageId)
    return image?.status === 'queued' && image.fault !== null ? true : undefined
  })
  const hung = Promise.withResolvers<void>()
  const hanging = disk(content, { bytes: 300_000, then: () => hung.promise })
  const first = sendSnapshot(hanging, order, control, uploads)
  first.catch(() => undefined)
  await waitUntil('the first to be received', async () =>
    (await findImage(db, imageId))?.status === 'saving' ? true : undefined,
  )
  await sendSnapshot(disk(content), order, control, uploads)
  hung.resolve()
  await assert.rejects(first)
  assert.equal((await findImage(db, imageId))?.status, 'active')
  assert.ok((await readFile(file)).equals(content))
})

test('cancelled half way it says so, and the image waits', async (t) => {
  const { uploads } = await stage(t)
  const stop = new AbortController()
  const ability = disk(content, {
    bytes: 300_000,
    then: async () => {
      stop.abort()
      await new Promise((resolve) => setImmediate(resolve))
    },
  })
  const sending = sendSnapshot(ability, { ref, diskId: 'root', imageId }, { ...control, signal: stop.signal }, uploads)
  await assert.rejects(sending, { code: 'CANCELLED' })
})

test('bytes that change on their way, and an API that is away', async (t) => {
  const { uploads } = await stage(t)
  const order = { ref, diskId: 'root', imageId }
  const flipped = {
    send: async () => ({ sizeBytes: 1, sha256: '0'.repeat(64) }),
  }
  await assert.rejects(sendSnapshot(disk(content), order, control, flipped), { code: 'IMAGE_BAD' })
  await assert.rejects(sendSnapshot(disk(Buffer.alloc(0)), order, control, uploads), { code: 'HYPERVISOR' })
  const away = remoteUploads({ client: new ControlClient('http://127.0.0.1:1'), token: () => 'agent' })
  await assert.rejects(sendSnapshot(disk(content), order, control, away), { code: 'UNREACHABLE', retry: 'later' })
})

test('an address is for the agent that was asked, good once, for sending only, and not for what is over', async (t) => {
  const { db, url, snapshots, addresses } = await stage(t)
  const put = async (key: string): Promise<number> => {
    const headers = { 'content-type': 'application/octet-stream' }
    const init = { method: 'PUT', headers, body: Buffer.from('bytes') }
    return (await fetch(`${url}/v1/image-data?key=${key}&disk_format=raw`, init)).status
  }
  await assert.rejects(snapshots.issue('other' as AgentId, imageId), { kind: 'forbidden' })
  await assert.rejects(snapshots.issue(agentId, '%'), { kind: 'forbidden' })
  const { operation_id } = (await db('commands').where({ key: 'k' }).first()) as { operation_id: string }
  const reading = JSON.stringify({ call: { method: 'rescue', image: { imageId } } })
  await db('commands').insert({ key: 'r', operation_id, agent_id: agentId, message: reading, created_at: 1 })
  const toFetch = await addresses.issue(agentId, imageId)
  assert.equal(await put(toFetch.key), 404)
  const { key = '' } = (await snapshots.issue(agentId, imageId)) ?? {}
  assert.ok(!JSON.stringify(await db('image_addresses')).includes(key))
  assert.equal((await fetch(`${url}/v1/image-data?key=${key}`)).status, 404)
  assert.equal(await put(key), 200)
  assert.equal(await put(key), 404)
  assert.equal(await snapshots.issue(agentId, imageId), undefined)
  await markDeleting(db, imageId, 1)
  await assert.rejects(snapshots.issue(agentId, imageId), { kind: 'gone' })
  await answerCommand(db, { key: 'k', agentId, result: {} }, 1)
  await assert.rejects(snapshots.issue(agentId, imageId), { kind: 'forbidden' })
})
