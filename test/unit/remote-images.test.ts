/** Image bytes for agents of their own: addresses that are good once, and a fetch that goes on where it broke. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { ControlClient } from '../../src/agent/control-client.ts'
import { remoteImages } from '../../src/agent/remote-images.ts'
import type { ImageRef } from '../../src/driver/vm-spec.ts'
import { ImageAddresses } from '../../src/images/image-addresses.ts'
import type { AgentId, HostId, ImageId } from '../../src/model/ids.ts'
import { insertCommand } from '../../src/store/commands.ts'
import { findSnapshotCall } from '../../src/store/image-addresses.ts'
import { openDatabase } from '../../src/store/database.ts'
import { insertImage } from '../../src/store/images.ts'
import { insertOperation } from '../../src/store/operations.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { addHostRow, newOperation } from '../store/store-rows.ts'
import { testImage } from '../support/world.ts'

const agentId = 'aaaaaaaa-0000-4000-8000-000000000001' as AgentId
const imageId = testImage.id
const stranger = 'cccccccc-0000-4000-8000-000000000001' as ImageId

test('an address is for an image that the agent was asked to use, good once, and for a minute', async (t) => {
  const db = await openDatabase({ engine: 'sqlite', filename: ':memory:' })
  t.after(() => db.destroy())
  let nowMs = 1_000_000
  const addresses = new ImageAddresses(db, { nowMs: () => nowMs, monotonicMs: () => nowMs })
  await insertImage(db, testImage)
  await assert.rejects(addresses.issue(agentId, imageId), { kind: 'forbidden' })
  const message = { call: { spec: { disks: [{ source: { image: { imageId } } }] } } }
  await addHostRow(db, 'h' as HostId, 1, agentId)
  const operation = newOperation()
  await insertOperation(db, operation)
  const lease = { operationId: operation.id, epoch: 0 }
  assert.equal(await insertCommand(db, { key: 'k', lease, hostId: 'h' as HostId, message }, nowMs), agentId)
  // What a tenant wrote into an image's properties asks for nothing.
  const properties = { method: 'snapshot', imageId: stranger }
  const ofTenants = { call: { method: 'ensure-present', spec: { disks: [], imageProperties: properties } } }
  await insertCommand(db, { key: 'k2', lease, hostId: 'h' as HostId, message: ofTenants }, nowMs)
  await assert.rejects(addresses.issue(agentId, stranger), { kind: 'forbidden' })
  assert.equal(await findSnapshotCall(db, stranger), undefined)
  const other = 'bbbbbbbb-0000-4000-8000-000000000001' as AgentId
  await assert.rejects(addresses.issue(other, imageId), { kind: 'forbidden' })
  await assert.rejects(addresses.issue(agentId, '%'), { kind: 'forbidden' })
  const { key } = await addresses.issue(agentId, imageId)
  assert.ok(!JSON.stringify(await db('image_addresses')).includes(key))
  assert.equal((await addresses.redeem(key)).id, imageId)
  await assert.rejects(addresses.redeem(key), { kind: 'not-found' })
  const late = await addresses.issue(agentId, imageId)
  nowMs += 60_001
  await assert.rejects(addresses.redeem(late.key), { kind: 'not-found' })
})

/** An API that breaks off each answer after `breakAfter` bytes, and notes the ranges that it was asked for. */
async function brokenApi(t: TestContext, content: Buffer, breakAfter: number) {
  const ranges: (string | undefined)[] = []
  let addresses = 0
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      addresses += 1
      const address = { path: `/v1/image-data?key=${addresses}`, expires_at: '' }
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ address }))
      return
    }
    assert.equal(request.url, `/v1/image-data?key=${addresses}`, 'each fetch has an address of its own')
    const { range } = request.headers
    ranges.push(range)
    const first = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
    const rest = content.subarray(first)
    response.writeHead(range === undefined ? 200 : 206, { 'content-length': rest.length })
    response.write(rest.subarray(0, breakAfter), () => rest.length > breakAfter && response.destroy())
    if (rest.length <= breakAfter) response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ranges }
}

function imageOf(content: Buffer): ImageRef {
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { imageId, format: 'raw', sha256, sizeBytes: content.length, virtualSizeBytes: content.length }
}

test('a fetch that breaks goes on where it broke, under a new address', async (t) => {
  const content = randomBytes(1_000_000)
  const { url, ranges } = await brokenApi(t, content, 300_000)
  const source = remoteImages({ client: new ControlClient(url), token: () => 'token', log: silentLogger })
  const opened = await source.open(imageOf(content), new AbortController().signal)
  assert.equal(opened.via, 'stream')
  assert.ok((await buffer(opened.stream)).equals(content))
  assert.deepEqual(ranges, [undefined, 'bytes=300000-', 'bytes=600000-', 'bytes=900000-'])
})

test('an image that the API does not give is a bad image', async (t) => {
  const server = createServer((_request, response) => {
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":{"message":"No."}}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const source = remoteImages({ client: new ControlClient(url), token: () => 'token', log: silentLogger })
  const opened = await source.open(imageOf(Buffer.from('x')), new AbortController().signal)
  assert.equal(opened.via, 'stream')
  await assert.rejects(text(opened.stream), { code: 'IMAGE_BAD' })
})

test('an API that answers well and gives nothing is asked a few times, with pauses, and no more', async (t) => {
  let asked = 0
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      const address = { path: '/v1/image-data?key=1', expires_at: '' }
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ address }))
      return
    }
    asked += 1
    response.writeHead(200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const client = new ControlClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const source = remoteImages({ client, token: () => 'token', log: silentLogger, pauseMs: 1 })
  const opened = await source.open(imageOf(Buffer.from('x')), new AbortController().signal)
  assert.equal(opened.via, 'stream')
  await assert.rejects(text(opened.stream), { code: 'UNREACHABLE', retry: 'later' })
  assert.equal(asked, 8)
})
