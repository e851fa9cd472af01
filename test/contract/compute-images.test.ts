/** The old image proxy of the compute face, over HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import supertest from 'supertest'
import { publicUrl, startFaces, type FaceHarness, type Tenant } from '../support/face-harness.ts'

const proxy = '/compute/v2.1/images'
let faces: FaceHarness
let ann: Tenant
let bob: Tenant
let disk: string
before(async () => {
  faces = await startFaces()
  ann = await faces.addTenant('ann', 'member')
  bob = await faces.addTenant('bob', 'member')
  disk = await makeImage({ name: 'disk', disk_format: 'raw', container_format: 'bare', min_disk: 2, os: 'linux' })
  await send('put', `/image/v2/images/${disk}/file`)
    .set('content-type', 'application/octet-stream')
    .send(Buffer.alloc(512))
    .expect(204)
  await makeImage({ name: 'snapshot', image_type: 'snapshot', instance_uuid: 'f'.repeat(36) })
})
after(() => faces.stop())

type Method = 'get' | 'post' | 'put' | 'delete'

function send(method: Method, path: string, who = ann, microversion = '2.1') {
  return supertest(faces.app)
    [method](path)
    .set('x-auth-token', who.token)
    .set('openstack-api-version', `compute ${microversion}`)
}

async function makeImage(body: object): Promise<string> {
  return (await send('post', '/image/v2/images').send(body).expect(201)).body.id
}

test('an image as Nova shows it, whose links lead to both faces', async () => {
  const { image } = (await send('get', `${proxy}/${disk}`).expect(200)).body
  assert.equal(image.status, 'ACTIVE')
  assert.equal(image.progress, 100)
  assert.equal(image.minDisk, 2)
  assert.equal(image['OS-EXT-IMG-SIZE:size'], 512)
  assert.deepEqual(image.metadata, { os: 'linux' })
  assert.deepEqual(image.links, [
    { rel: 'self', href: `${publicUrl}${proxy}/${disk}` },
    { rel: 'bookmark', href: `${publicUrl}/compute/images/${disk}` },
    { rel: 'alternate', href: `${publicUrl}/image/images/${disk}`, type: 'application/vnd.openstack.image' },
  ])
  await send('get', `${proxy}/${disk}`, bob).expect(404)
  await send('get', `${proxy}/nonsense`).expect(404)
})

test('lists filter in Nova’s words, and page', async () => {
  const names = async (query: string): Promise<readonly string[]> =>
    (await send('get', `${proxy}/detail?${query}`).expect(200)).body.images.map(({ name }: { name: string }) => name)
  assert.deepEqual(await names(''), ['snapshot', 'disk'])
  for (const [query, expected] of [
    ['name=disk', ['disk']],
    ['status=active', ['disk']],
    ['status=SAVING', ['snapshot']],
    ['status=nonsense', []],
    ['type=snapshot', ['snapshot']],
    [`server=http://x/servers/${'f'.repeat(36)}`, ['snapshot']],
    ['minDisk=2', ['disk']],
    ['changes-since=2099-01-01T00:00:00Z', []],
    ['changes-since=2020-01-01T00:00:00Z', ['snapshot', 'disk']],
  ] as const)
    assert.deepEqual(await names(query), expected, query)
  const { body } = await send('get', `${proxy}?limit=1`).expect(200)
  assert.equal(body.images.length, 1)
  const [{ href }] = body.images_links
  assert.ok(href.startsWith(`${publicUrl}${proxy}?limit=1&marker=`))
  const next = (await send('get', href.slice(publicUrl.length)).expect(200)).body
  assert.deepEqual(
    next.images.map(({ name }: { name: string }) => name),
    ['disk'],
  )
  await send('get', `${proxy}?changes-since=yesterday`).expect(400)
})

test('metadata: merged, replaced, one by one; never the names of attributes', async () => {
  const id = await makeImage({ name: 'meta', a: '1' })
  const path = `${proxy}/${id}/metadata`
  const all = async () => (await send('get', path).expect(200)).body.metadata
  await send('post', path)
    .send({ metadata: { b: '2' } })
    .expect(200)
  assert.deepEqual(await all(), { a: '1', b: '2' })
  assert.deepEqual(
    (
      await send('put', `${path}/a`)
        .send({ meta: { a: '3' } })
        .expect(200)
    ).body,
    { meta: { a: '3' } },
  )
  await send('put', `${path}/a`)
    .send({ meta: { b: '3' } })
    .expect(400)
  assert.deepEqual((await send('get', `${path}/a`).expect(200)).body, { meta: { a: '3' } })
  await send('get', `${path}/none`).expect(404)
  await send('delete', `${path}/a`).expect(204)
  await send('delete', `${path}/a`).expect(404)
  await send('put', path)
    .send({ metadata: { c: '4' } })
    .expect(200)
  assert.deepEqual(await all(), { c: '4' })
  await send('post', path)
    .send({ metadata: { name: 'taken' } })
    .expect(403)
  await send('post', path, bob)
    .send({ metadata: { d: '5' } })
    .expect(404)
  assert.deepEqual(await all(), { c: '4' })
})

test('the proxy ends at 2.35, its metadata at 2.38', async () => {
  await send('get', `${proxy}/${disk}`, ann, '2.35').expect(200)
  await send('get', `${proxy}/${disk}`, ann, '2.36').expect(404)
  await send('get', proxy, ann, '2.36').expect(404)
  await send('get', `${proxy}/${disk}/metadata`, ann, '2.38').expect(200)
  await send('get', `${proxy}/${disk}/metadata`, ann, '2.39').expect(404)
})

test('a delete deletes', async () => {
  const id = await makeImage({ name: 'gone' })
  await send('delete', `${proxy}/${id}`, bob).expect(404)
  await send('delete', `${proxy}/${id}`).expect(204)
  await send('get', `${proxy}/${id}`).expect(404)
})
