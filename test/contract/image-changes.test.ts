/** Images that change: JSON patches of both versions, tags, parts of downloads, times as filters, and the empty id. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { startFaces, type FaceHarness, type Tenant } from '../support/face-harness.ts'

const v2 = '/image/v2/images'
const v21 = 'application/openstack-images-v2.1-json-patch'
const v20 = 'application/openstack-images-v2.0-json-patch'
const data = randomBytes(10_000)
let faces: FaceHarness
let ann: Tenant
let bob: Tenant
let admin: Tenant
let active: string

before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
  bob = await faces.addTenant('bob', 'member')
  admin = { ...ann, token: faces.adminToken }
  active = await queued()
  await supertest(faces.app)
    .put(`${v2}/${active}/file`)
    .set(by(ann))
    .set('content-type', 'application/octet-stream')
    .send(data)
    .expect(204)
})
after(() => faces.stop())

const by = (tenant: Tenant) => ({ 'x-auth-token': tenant.token })
const get = (path: string, tenant = ann) => supertest(faces.app).get(path).set(by(tenant))
const patch = (id: string, body: unknown, { tenant = ann, type = v21 } = {}) =>
  supertest(faces.app).patch(`${v2}/${id}`).set(by(tenant)).set('content-type', type).send(JSON.stringify(body))
const tag = (method: 'put' | 'delete', id: string, name: string, tenant = ann) =>
  supertest(faces.app)[method](`${v2}/${id}/tags/${name}`).set(by(tenant))

async function queued(body: object = {}): Promise<string> {
  const image = { name: 'disk', disk_format: 'raw', container_format: 'bare', os_distro: 'debian', ...body }
  return (await supertest(faces.app).post(v2).set(by(ann)).send(image).expect(201)).body.id
}

test('a patch of v2.1 adds, replaces and removes; the answer is the whole image', async () => {
  const id = await queued()
  const changes = [
    { op: 'replace', path: '/name', value: 'renamed' },
    { op: 'add', path: '/hw_disk_bus', value: 'virtio' },
    { op: 'add', path: '/os_distro', value: 'devuan' },
    { op: 'add', path: '/a~1b~0c', value: 'escaped' },
    { op: 'replace', path: '/tags', value: ['one', 'one', 'two'] },
    { op: 'replace', path: '/min_ram', value: 64 },
    { op: 'replace', path: '/protected', value: true },
    { op: 'replace', path: '/visibility', value: 'private' },
  ]
  const { body } = await patch(id, changes).expect(200)
  assert.equal(body.name, 'renamed')
  assert.equal(body.hw_disk_bus, 'virtio')
  assert.equal(body.os_distro, 'devuan')
  assert.equal(body['a/b~c'], 'escaped')
  assert.deepEqual(body.tags, ['one', 'two'])
  assert.deepEqual([body.min_ram, body.protected, body.visibility], [64, true, 'private'])
  assert.deepEqual((await get(`${v2}/${id}`).expect(200)).body, body)
  await supertest(faces.app).delete(`${v2}/${id}`).set(by(ann)).expect(403)
  const less = await patch(id, [
    { op: 'remove', path: '/os_distro' },
    { op: 'replace', path: '/name', value: null },
  ]).expect(200)
  assert.equal(less.body.os_distro, undefined)
  assert.equal(less.body.name, null)
})

test('a patch of v2.0 says its operation as the key; its add refuses what is there', async () => {
  const id = await queued()
  const answer = await patch(
    id,
    [
      { replace: '/name', value: 'old way' },
      { add: '/hw_x', value: 'y' },
    ],
    { type: v20 },
  )
  assert.equal(answer.status, 200, answer.text)
  assert.deepEqual([answer.body.name, answer.body.hw_x], ['old way', 'y'])
  await patch(id, [{ add: '/hw_x', value: 'z' }], { type: v20 }).expect(409)
  await patch(id, [{ remove: '/hw_x' }], { type: v20 }).expect(200)
  await patch(id, [{ op: 'replace', path: '/name', value: 'x' }], { type: v20 }).expect(400)
})

const refusals: readonly [number, unknown][] = [
  [403, { op: 'replace', path: '/id', value: 'x' }],
  [403, { op: 'replace', path: '/status', value: 'active' }],
  [403, { op: 'remove', path: '/checksum' }],
  [403, { op: 'add', path: '/os_hash_value', value: 'x' }],
  [403, { op: 'add', path: '/deleted', value: 'x' }],
  [403, { op: 'add', path: '/os_glance_x', value: 'x' }],
  [403, { op: 'add', path: '/polyvisor_upload_error', value: 'x' }],
  [403, { op: 'remove', path: '/name' }],
  [403, { op: 'replace', path: '/visibility', value: 'public' }],
  [403, { op: 'replace', path: '/owner', value: 'somebody-else' }],
  [409, { op: 'replace', path: '/no_such', value: 'x' }],
  [409, { op: 'remove', path: '/no_such' }],
  [409, { op: 'remove', path: '/toString' }],
  [400, { op: 'replace', path: '/visibility', value: 'secret' }],
  [400, { op: 'replace', path: '/name', value: 7 }],
  [400, { op: 'replace', path: '/min_disk', value: -1 }],
  [400, { op: 'replace', path: '/protected', value: 'yes' }],
  [400, { op: 'replace', path: '/tags', value: 'one' }],
  [400, { op: 'replace', path: '/disk_format', value: 'floppy' }],
  [400, { op: 'add', path: '/hw_x', value: { deep: true } }],
  [400, { op: 'add', path: '/hw_x' }],
  [400, { op: 'move', path: '/name', from: '/hw_x' }],
  [400, { op: 'add', path: 'name', value: 'x' }],
  [400, { op: 'add', path: '/', value: 'x' }],
  [400, { op: 'add', path: '/tags/0', value: 'x' }],
  [400, { op: 'add', path: '/a~2', value: 'x' }],
  [400, 'replace'],
]

test('refusals: read-only and reserved 403, absent 409, malformed 400; and then nothing has changed', async () => {
  const id = await queued()
  const before = (await get(`${v2}/${id}`)).body
  for (const [status, change] of refusals) {
    const answer = await patch(id, [{ op: 'replace', path: '/name', value: 'half' }, change])
    assert.equal(answer.status, status, JSON.stringify([change, answer.body]))
  }
  await patch(id, { op: 'add' }).expect(400)
  await patch(id, [], { type: 'application/json' }).expect(415)
  assert.deepEqual((await get(`${v2}/${id}`)).body, before)
})

test('who may: the owner and admins; others are told 404, or 403 where they can see it', async () => {
  const id = await queued()
  const rename = [{ op: 'replace', path: '/name', value: 'x' }]
  await patch(id, rename, { tenant: bob }).expect(404)
  await patch(id, [{ op: 'replace', path: '/visibility', value: 'public' }], { tenant: admin }).expect(200)
  await patch(id, rename, { tenant: bob }).expect(403)
  await tag('put', id, 'x', bob).expect(403)
  await patch(id, rename).expect(200)
  const given = await patch(id, [{ op: 'replace', path: '/owner', value: bob.projectId }], { tenant: admin }).expect(
    200,
  )
  assert.equal(given.body.owner, bob.projectId)
  await patch('11111111-2222-4333-8444-555555555555', rename).expect(404)
})

test('formats stay what the data was inspected as', async () => {
  await patch(active, [{ op: 'replace', path: '/disk_format', value: 'qcow2' }]).expect(403)
  const id = await queued()
  const { body } = await patch(id, [{ op: 'replace', path: '/disk_format', value: 'qcow2' }]).expect(200)
  assert.equal(body.disk_format, 'qcow2')
})

test('tags: put twice, deleted once', async () => {
  const id = await queued()
  for (const name of ['a', 'a', 'with%20blank']) await tag('put', id, name).expect(204)
  assert.deepEqual((await get(`${v2}/${id}`)).body.tags, ['a', 'with blank'])
  assert.equal((await get(`${v2}?tag=with%20blank`)).body.images.length, 1)
  await tag('delete', id, 'a').expect(204)
  await tag('delete', id, 'a').expect(404)
  await tag('put', id, 'x'.repeat(256)).expect(400)
  await tag('put', '11111111-2222-4333-8444-555555555555', 'a').expect(404)
})

test('a part of the data is sent with 206; a range behind the end is 416 with the size', async () => {
  const fetchRange = (range: string, headers: Record<string, string> = {}) =>
    get(`${v2}/${active}/file`)
      .set({ range, ...headers })
      .buffer(true)
  const whole = await get(`${v2}/${active}/file`).buffer(true).expect(200)
  assert.equal(whole.headers['accept-ranges'], 'bytes')
  assert.deepEqual(whole.body, data)
  const shown = (await get(`${v2}/${active}`)).body
  assert.equal(shown.os_hash_algo, 'sha512')
  assert.equal(shown.os_hash_value, createHash('sha512').update(data).digest('hex'))
  for (const [range, first, last] of [
    ['bytes=0-99', 0, 99],
    ['bytes=9990-', 9_990, 9_999],
    ['bytes=-10', 9_990, 9_999],
    ['bytes=9990-20000', 9_990, 9_999],
    ['bytes=-20000', 0, 9_999],
  ] as const) {
    const part = await fetchRange(range).expect(206)
    assert.equal(part.headers['content-range'], `bytes ${first}-${last}/10000`)
    assert.equal(part.headers['content-length'], String(last - first + 1))
    assert.equal(part.headers['content-md5'], undefined)
    assert.deepEqual(part.body, data.subarray(first, last + 1))
  }
  for (const range of ['bytes=10000-', 'bytes=0-1,5-6', 'bytes=-0']) {
    const refused = await get(`${v2}/${active}/file`).set({ range }).expect(416)
    assert.equal(refused.headers['content-range'], 'bytes */10000')
    assert.match(refused.body.message, /10000 bytes/)
  }
  for (const range of ['lines=1-2', 'bytes=9-3', 'bytes=x-', 'bytes=-']) await fetchRange(range).expect(200)
  await fetchRange('bytes=0-9', { 'if-range': '"tag"' }).expect(200)
  await get(`${v2}/${await queued()}/file`)
    .set('range', 'bytes=0-9')
    .expect(204)
})

test('times filter lists, in whole seconds', async () => {
  const { id, created_at: at } = (await get(`${v2}/${active}`)).body
  const found = async (query: string) =>
    ((await get(`${v2}?limit=1000&${query}`).expect(200)).body.images as { id: string }[]).some(
      (image) => image.id === id,
    )
  const later = new Date(Date.parse(at) + 1000).toISOString()
  for (const filter of [at, `eq:${at}`, `gte:${at}`, `lte:${at}`, `lt:${later}`, `neq:${later}`]) {
    assert.ok(await found(`created_at=${filter}`), filter)
  }
  for (const filter of [`gt:${at}`, `lt:${at}`, `neq:${at}`, `gte:${later}`]) {
    assert.ok(!(await found(`created_at=${filter}`)), filter)
  }
  assert.ok(await found(`updated_at=gte:${at}&updated_at=lt:2999-01-01`))
  await get(`${v2}?created_at=gt:yesterday`).expect(400)
})

test('an id that got lost names no image: 404, never the list', async () => {
  for (const method of ['get', 'delete', 'patch', 'post'] as const) {
    for (const path of [`${v2}/`, `/image//v2/images//`]) {
      await supertest(faces.app)[method](path).set(by(ann)).expect(404)
    }
  }
  await get(v2).expect(200)
})

test('schemas are there for the clients that ask', async () => {
  assert.equal((await get('/image/v2/schemas/image').expect(200)).body.properties.os_hash_value.readOnly, true)
  assert.equal((await get('/image/v2/schemas/images').expect(200)).body.name, 'images')
})
