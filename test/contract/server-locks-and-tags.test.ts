import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
let path: string

beforeEach(async () => {
  api = await startApiFixture()
  path = `/compute/v2.1/servers/${(await api.addInstance({ metadata: { a: '1' } })).id}`
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const act = (bearer: Bearer, body: object, microversion = '2.73') =>
  api.send(bearer, 'post', `${path}/action`, { body, microversion })
const shown = async (microversion = '2.73') => (await api.send('member', 'get', path, { microversion })).body.server
const tagsOf = async () => (await api.send('reader', 'get', `${path}/tags`, { microversion: '2.26' })).body.tags
const tag = (method: 'get' | 'put' | 'delete', name: string) =>
  api.send('member', method, `${path}/tags/${name}`, { microversion: '2.26' })

test('a lock has a reason from 2.73 on, is shown, and filters a list', async () => {
  await act('member', { lock: { locked_reason: 'mine' } }, '2.72').expect(400)
  await act('member', { lock: { locked_reason: '' } }).expect(400)
  await act('member', { lock: { locked_reason: 'mine' } }).expect(202)
  const { locked, locked_reason } = await shown()
  assert.deepEqual({ locked, locked_reason }, { locked: true, locked_reason: 'mine' })
  assert.equal('locked' in (await shown('2.8')), false)
  const count = async (query: string): Promise<number> =>
    (await api.send('member', 'get', `/compute/v2.1/servers?${query}`, { microversion: '2.73' })).body.servers.length
  assert.deepEqual([await count('locked=true'), await count('locked=false'), await count('sort_key=locked')], [1, 0, 1])
  await act('member', { unlock: null }).expect(202)
  assert.equal((await shown()).locked_reason, null)
  assert.equal(await count('locked=true'), 0)
})

test('what an admin locked only admins unlock; a lock stops members and no admin', async () => {
  await act('admin', { lock: null }).expect(202)
  await act('member', { unlock: null }).expect(403)
  await act('member', { lock: null }).expect(202)
  await act('member', { unlock: null }).expect(403)
  const metadata = (bearer: Bearer) => api.send(bearer, 'post', `${path}/metadata`, { body: { metadata: { b: '2' } } })
  assert.match((await metadata('member').expect(409)).body.conflictingRequest.message, /is locked/)
  await metadata('admin').expect(200)
  await act('admin', { unlock: null }).expect(202)
  await metadata('member').expect(200)
})

test('tags: one by one, all at once, none', async () => {
  await tag('get', 'x').expect(404)
  const { headers } = await tag('put', 'x').expect(201)
  assert.equal(headers['location'], `https://cloud.example.org:8774${path}/tags/x`)
  await tag('put', 'x').expect(204)
  await tag('put', 'y').expect(201)
  await tag('get', 'x').expect(204)
  assert.deepEqual(await tagsOf(), ['x', 'y'])
  await tag('delete', 'x').expect(204)
  await tag('delete', 'x').expect(404)
  const replace = (tags: unknown) => api.send('member', 'put', `${path}/tags`, { body: { tags }, microversion: '2.26' })
  assert.deepEqual((await replace(['b', 'a', 'b']).expect(200)).body, { tags: ['b', 'a'] })
  await api.send('member', 'delete', `${path}/tags`, { microversion: '2.26' }).expect(204)
  assert.deepEqual(await tagsOf(), [])
  for (const tags of ['x', [''], ['a,b'], ['a/b'], ['x'.repeat(61)], [1]]) await replace(tags).expect(400)
  await tag('put', 'a,b').expect(400)
})

test('tags: fifty at most, not before 2.26, and not of a server that is in ERROR', async () => {
  const fifty = Array.from({ length: 50 }, (_, index) => `t${index}`)
  await api.send('member', 'put', `${path}/tags`, { body: { tags: fifty }, microversion: '2.26' }).expect(200)
  assert.match((await tag('put', 'one-more').expect(400)).body.badRequest.message, /limit 50/)
  await api.send('member', 'get', `${path}/tags`, { microversion: '2.25' }).expect(404)
  path = `/compute/v2.1/servers/${(await api.addInstance({ vmState: 'error' })).id}`
  await tag('put', 'x').expect(409)
})
