import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { imageId, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
let path: string
let id: string

beforeEach(async () => {
  api = await startApiFixture()
  id = (await api.addInstance()).id
  path = `/compute/v2.1/servers/${id}/action`
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const act = (body: object, microversion = '2.1', bearer: Bearer = 'member') =>
  api.send(bearer, 'post', path, { body, microversion })

test('createImage is answered with the way to the image, from 2.45 on with its id', async () => {
  const early = await act({ createImage: { name: 'snap', metadata: { a: 'b' } } }).expect(202)
  assert.equal(early.headers['location'], `https://cloud.example.org:8774/image/images/${imageId}`)
  assert.deepEqual(early.body, {})
  const late = await act({ createImage: { name: 'snap' } }, '2.45').expect(202)
  assert.equal(late.headers['location'], undefined)
  assert.deepEqual(late.body, { image_id: imageId })
  assert.deepEqual(api.asked, [
    ['snapshot', id, { name: 'snap', properties: { a: 'b' } }],
    ['snapshot', id, { name: 'snap', properties: {} }],
  ])
})

test('names have 1 to 255 characters, of any plane, without blanks around them; metadata are texts', async () => {
  await act({ createImage: { name: '\u{20000}'.repeat(255) } }).expect(202)
  for (const name of ['', ' ', ' a', 'a ', 'a'.repeat(256), 1, null]) await act({ createImage: { name } }).expect(400)
  await act({ createImage: {} }).expect(400)
  await act({ createImage: { name: 'a', more: 1 } }).expect(400)
  for (const metadata of [{ '': 'v' }, { a: 1 }, { a: 'v'.repeat(256) }, { ['k'.repeat(256)]: 'v' }, { 'a/b': 'v' }])
    await act({ createImage: { name: 'a', metadata } }).expect(400)
  // The image has these already.
  await act({ createImage: { name: 'a', metadata: { status: 'active' } } }).expect(403)
  assert.equal(api.asked.length, 1)
})

test('whose server it is not, and who may only read', async () => {
  await act({ createImage: { name: 'a' } }, '2.1', 'other').expect(404)
  await act({ createImage: { name: 'a' } }, '2.1', 'reader').expect(403)
  await api.send(undefined, 'post', path, { body: { createImage: { name: 'a' } } }).expect(401)
})

test('createBackup is answered as createImage is; without a way to an image that nobody keeps', async () => {
  const backup = (changes: object) => ({ createBackup: { name: 'b', backup_type: 'daily', rotation: 2, ...changes } })
  const early = await act(backup({})).expect(202)
  assert.match(early.headers['location'] ?? '', /\/image\/images\//)
  assert.equal((await act(backup({ rotation: 0 })).expect(202)).headers['location'], undefined)
  assert.deepEqual((await act(backup({ rotation: '3' }), '2.45').expect(202)).body, { image_id: imageId })
  assert.deepEqual(
    api.asked.map(([, , wanted]) => (wanted as { backup: { kept: number } }).backup.kept),
    [2, 0, 3],
  )
  for (const wrong of [{ rotation: -1 }, { rotation: 'x' }, { rotation: undefined }, { name: '' }, { backup_type: 1 }])
    await act(backup(wrong)).expect(400)
})
