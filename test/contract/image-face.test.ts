import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { waitUntil } from '../../src/util/wait-until.ts'
import { publicUrl, startFaces } from '../support/face-harness.ts'
import type { FaceHarness, Tenant } from '../support/face-harness.ts'

let faces: FaceHarness
let server: Server
let ann: Tenant
let bob: Tenant
let reader: Tenant
const maxImageBytes = 1024 * 1024

before(async () => {
  faces = await startFaces({ maxImageBytes })
  ann = await faces.addTenant('ann', 'member')
  bob = await faces.addTenant('bob', 'member')
  reader = await faces.addTenant('reader', 'reader')
  server = createServer(faces.app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
after(async () => {
  server.closeAllConnections()
  server.close()
  await faces.stop()
})

const v2 = '/image/v2/images'
const by = (tenant: Tenant) => ({ 'x-auth-token': tenant.token })
const get = (path: string, tenant = ann) => supertest(faces.app).get(path).set(by(tenant))
const create = (body: object, tenant = ann) => supertest(faces.app).post(v2).set(by(tenant)).send(body)
const put = (id: string, data: Buffer | string, tenant = ann) =>
  supertest(faces.app)
    .put(`${v2}/${id}/file`)
    .set(by(tenant))
    .set('content-type', 'application/octet-stream')
    .send(data)
const remove = (id: string, tenant = ann) => supertest(faces.app).delete(`${v2}/${id}`).set(by(tenant))
const raw = { name: 'disk', disk_format: 'raw', container_format: 'bare' }

async function queued(body: object = raw, tenant = ann): Promise<string> {
  return (await create(body, tenant).expect(201)).body.id
}

test('discovery: 300 at both addresses, links from the public URL', async () => {
  for (const path of ['/image', '/image/', '/image/versions']) {
    const { body } = await supertest(faces.app).get(path).expect(300)
    assert.equal(body.versions[0].status, 'CURRENT')
    for (const version of body.versions) assert.equal(version.links[0].href, `${publicUrl}/image/v2/`)
  }
})

test('an image’s life: create, upload, show, download, delete', async () => {
  const properties = { 'owner_specified.openstack.md5': '', os_distro: 'debian', __proto__x: 'kept' }
  const created = await create({ ...raw, ...properties, tags: ['a', 'a'], min_disk: 1 }).expect(201)
  const { id } = created.body
  assert.equal(created.headers['location'], `${publicUrl}${v2}/${id}`)
  assert.equal(created.body.status, 'queued')
  assert.equal(created.body.size, null)
  assert.equal(created.body.os_distro, 'debian')
  assert.deepEqual(created.body.tags, ['a'])
  assert.equal(created.body.visibility, 'shared')
  await get(`${v2}/${id}/file`).expect(204)
  const data = randomBytes(100_000)
  await put(id, data).expect(204)
  const { body } = await get(`${v2}/${id}`).expect(200)
  assert.equal(body.status, 'active')
  assert.equal(body.size, data.length)
  assert.equal(body.virtual_size, Math.ceil(data.length / 512) * 512)
  assert.equal(body.checksum, createHash('md5').update(data).digest('hex'))
  assert.equal(body.os_hash_value, createHash('sha512').update(data).digest('hex'))
  assert.equal(body.file, `/v2/images/${id}/file`)
  await put(id, data).expect(409)
  const file = await get(`${v2}/${id}/file`).buffer(true).expect(200)
  assert.deepEqual(file.body, data)
  assert.equal(file.headers['content-type'], 'application/octet-stream')
  assert.equal(file.headers['content-md5'], body.checksum)
  assert.equal(file.headers['content-length'], String(data.length))
  await remove(id).expect(204)
  await remove(id).expect(404)
  await get(`${v2}/${id}`).expect(404)
  await get(`${v2}/${id}/file`).expect(404)
})

test('VHD has two names on the way in and one on the way out', async () => {
  for (const name of ['vhd', 'vpc']) {
    const { body } = await create({ ...raw, disk_format: name }).expect(201)
    assert.equal(body.disk_format, 'vhd')
  }
})

test('creations that are refused say why, in Glance’s envelope', async () => {
  const refusals: [number, object, RegExp][] = [
    [400, { ...raw, disk_format: 'ami' }, /must be one of raw/],
    [400, { ...raw, container_format: 'ova' }, /must be bare/],
    [400, { ...raw, min_disk: -1 }, /min_disk/],
    [400, { ...raw, os_version: 12 }, /os_version/],
    [400, { ...raw, id: 'not-a-uuid' }, /id/],
    [400, { ...raw, visibility: 'secret' }, /visibility/],
    [403, { ...raw, visibility: 'public' }, /Only an admin/],
    [403, { ...raw, owner: bob.projectId }, /Only an admin/],
    [403, { ...raw, status: 'active' }, /read-only/],
    [403, { ...raw, os_glance_x: '1' }, /reserved/],
    [403, { ...raw, polyvisor_upload_error: 'none' }, /reserved/],
  ]
  for (const [status, body, words] of refusals) {
    const response = await create(body)
    assert.equal(response.status, status, response.text)
    assert.match(response.body.message, words)
    assert.equal(response.body.error.code, status)
  }
  const id = randomUUID()
  await create({ ...raw, id }).expect(201)
  await create({ ...raw, id }).expect(409)
})

test('uploads that are refused leave the image queued, with the reason', async () => {
  const id = await queued({ name: 'empty-handed' })
  await put(id, 'x').expect(400)
  const typed = await queued()
  await supertest(faces.app).put(`${v2}/${typed}/file`).set(by(ann)).send({ json: true }).expect(415)
  const qcow2 = Buffer.alloc(200_000)
  qcow2.write('QFI\xfb', 'latin1')
  const lie = await put(typed, qcow2).expect(400)
  assert.match(lie.body.message, /declared as raw, but its content is qcow2/)
  const { body } = await get(`${v2}/${typed}`).expect(200)
  assert.equal(body.status, 'queued')
  assert.match(body.polyvisor_upload_error, /declared as raw/)
  await put(typed, Buffer.alloc(maxImageBytes + 1)).expect(413)
  await put(typed, Buffer.alloc(0)).expect(400)
  await put(randomUUID(), 'x').expect(404)
  await put(typed, Buffer.alloc(512)).expect(204)
})

test('an upload that is refused early still gets its answer, and the connection serves on', async () => {
  const id = await queued(raw)
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const head = (method: string, path: string, rest: string) =>
    `${method} ${path} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${ann.token}\r\n${rest}\r\n`
  const type = 'Content-Type: application/octet-stream\r\n'
  socket.write(head('PUT', `${v2}/${id}/file`, `${type}Transfer-Encoding: chunked\r\n`))
  const chunk = `10000\r\n${'QFI\xfb'.repeat(16_384)}\r\n`
  for (let i = 0; i < 10; i += 1) socket.write(chunk, 'latin1')
  socket.write('0\r\n\r\n')
  socket.write(head('GET', `${v2}/${id}`, 'Connection: close\r\n'))
  const answers = await text(socket)
  assert.match(answers, /^HTTP\/1\.1 400 [\s\S]*declared as raw[\s\S]*HTTP\/1\.1 200 [\s\S]*"status":"queued"/)
})

test('an upload cut half way leaves the image queued and nothing on disk', async () => {
  const id = await queued()
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  socket.write(
    `PUT ${v2}/${id}/file HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${ann.token}\r\n` +
      'Content-Type: application/octet-stream\r\nContent-Length: 100000\r\n\r\n' +
      'z'.repeat(50_000),
  )
  const isThere = async () =>
    (await readdir(faces.imageFolder, { recursive: true })).some((name) => name.includes(`g/${id}`))
  await waitUntil('the upload to begin', async () => ((await isThere()) ? true : undefined))
  assert.equal((await get(`${v2}/${id}`)).body.status, 'saving')
  await put(id, 'x').expect(409)
  socket.destroy()
  const image = await waitUntil('the image to be queued again', async () => {
    const { body } = await get(`${v2}/${id}`)
    return body.status === 'queued' ? body : undefined
  })
  assert.match(image.polyvisor_upload_error, /ended before all of its bytes/)
  assert.equal(await isThere(), false)
})

test('who may see and do what', async () => {
  const id = await queued()
  await get(`${v2}/${id}`, bob).expect(404)
  await get(`${v2}/${id}/file`, bob).expect(404)
  await put(id, 'x', bob).expect(404)
  await remove(id, bob).expect(404)
  const community = await queued({ ...raw, visibility: 'community' })
  await get(`${v2}/${community}`, bob).expect(200)
  await remove(community, bob).expect(403)
  await create(raw, reader).expect(403)
  await get(v2, reader).expect(200)
  const kept = await queued({ ...raw, protected: true })
  await remove(kept).expect(403)
  await supertest(faces.app).get(v2).expect(401)
})

test('lists: filters, sorting and pages by the next link', async () => {
  const eve = await faces.addTenant('eve', 'member')
  for (const name of ['one', 'two', 'three', 'four', 'five']) {
    await queued({ ...raw, name, disk_format: name === 'two' ? 'qcow2' : 'raw', os: name }, eve)
  }
  const names = async (query: string): Promise<string[]> =>
    (await get(`${v2}?${query}`, eve).expect(200)).body.images.map(({ name }: { name: string }) => name)
  assert.deepEqual(await names('sort=name:asc'), ['five', 'four', 'one', 'three', 'two'])
  assert.deepEqual(await names('sort_key=name&sort_dir=desc&limit=2'), ['two', 'three'])
  assert.deepEqual(await names('name=in:one,"two"&sort=name'), ['two', 'one'])
  assert.deepEqual(await names('disk_format=qcow2'), ['two'])
  assert.deepEqual(await names('os=three'), ['three'])
  assert.deepEqual(await names('status=active'), [])
  assert.deepEqual(await names('os_hidden=True'), [])
  assert.deepEqual(await names('protected=False&tag=none'), [])
  const seen: string[] = []
  for (let path: string | undefined = '/v2/images?limit=2&sort=name:asc'; path !== undefined;) {
    const body: { first: string; next?: string; images: { name: string }[] } = (
      await get(`/image${path}`, eve).expect(200)
    ).body
    assert.equal(body.first, '/v2/images?limit=2&sort=name%3Aasc')
    seen.push(...body.images.map(({ name }) => name))
    path = body.next
  }
  assert.deepEqual(seen, ['five', 'four', 'one', 'three', 'two'])
})

test('bad lists are 400', async () => {
  for (const query of ['limit=-1', 'limit=x', 'marker=nothing', 'sort=colour', 'sort_dir=up', 'visibility=x']) {
    const response = await get(`${v2}?${query}`)
    assert.equal(response.status, 400, `${query}: ${response.text}`)
  }
})

test('no token was logged', () => {
  for (const { token } of [ann, bob, reader]) assert.ok(!faces.logged().includes(token))
})
