import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startApiFixture, type ApiFixture } from '../support/api-fixture.ts'

let api: ApiFixture
let path: string

before(async () => {
  api = await startApiFixture()
  const { id } = await api.addInstance({ metadata: { a: '1', b: '2' } })
  path = `/compute/v2.1/servers/${id}/metadata`
})
after(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const all = async () => (await api.send('reader', 'get', path).expect(200)).body.metadata
const post = (metadata: object) => api.send('member', 'post', path, { body: { metadata } })
const put = (metadata: object) => api.send('member', 'put', path, { body: { metadata } })
const putItem = (key: string, meta: object) => api.send('member', 'put', `${path}/${key}`, { body: { meta } })

test('POST merges, PUT replaces, both answer with all of it', async () => {
  assert.deepEqual((await post({ b: 'two', c: '3' }).expect(200)).body, { metadata: { a: '1', b: 'two', c: '3' } })
  assert.deepEqual((await put({ x: 'y' }).expect(200)).body, { metadata: { x: 'y' } })
  assert.deepEqual(await all(), { x: 'y' })
  assert.deepEqual((await put({}).expect(200)).body, { metadata: {} })
})

test('one item: shown, set, deleted; 404 where there is none', async () => {
  assert.deepEqual((await putItem('k', { k: 'v' }).expect(200)).body, { meta: { k: 'v' } })
  assert.deepEqual((await api.send('reader', 'get', `${path}/k`).expect(200)).body, { meta: { k: 'v' } })
  await api.send('member', 'delete', `${path}/k`).expect(204)
  await api.send('member', 'delete', `${path}/k`).expect(404)
  for (const key of ['k', 'toString', '__proto__']) await api.send('reader', 'get', `${path}/${key}`).expect(404)
})

test('the server shows it, and when it was changed', async () => {
  api.clockMs += 60_000
  await post({ seen: 'yes' }).expect(200)
  const { body } = await api.send('member', 'get', path.replace('/metadata', '')).expect(200)
  assert.deepEqual(body.server.metadata, { seen: 'yes' })
  assert.equal(body.server.updated, '2026-01-31T12:01:00Z')
})

test('refusals: shape 400, limit 403, readers 403, others 404', async () => {
  for (const metadata of [{ '': 'v' }, { k: 1 }, { k: 'v'.repeat(256) }, { ['k'.repeat(256)]: 'v' }, { 'k/': 'v' }]) {
    await post(metadata).expect(400)
  }
  await api.send('member', 'post', path, { body: {} }).expect(400)
  await putItem('k', { other: 'v' }).expect(400)
  await putItem('k', {}).expect(400)
  await putItem('k', { k: 'v', l: 'w' }).expect(400)
  const many = Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`k${index}`, 'v']))
  assert.match((await put(many).expect(403)).body.forbidden.message, /128/)
  await api.send('reader', 'put', path, { body: { metadata: {} } }).expect(403)
  await api.send('other', 'get', path).expect(404)
  await api.send('other', 'delete', `${path}/seen`).expect(404)
  await api.send('admin', 'get', path).expect(200)
  assert.deepEqual(await all(), { seen: 'yes' })
})

test('two who add at the same time both find their item there', async () => {
  await put({}).expect(200)
  await Promise.all(Array.from({ length: 10 }, (_, index) => post({ [`k${index}`]: 'v' }).expect(200)))
  assert.equal(Object.keys(await all()).length, 10)
})
