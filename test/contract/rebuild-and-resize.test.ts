import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { imageId, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
let path: string

beforeEach(async () => {
  api = await startApiFixture()
  path = `/compute/v2.1/servers/${(await api.addInstance({ keyName: 'k', userData: 'eA==' })).id}`
  await api.send('admin', 'post', '/compute/v2.1/flavors', {
    body: { flavor: { id: '2', name: 'f', ram: 1, vcpus: 1, disk: 1 } },
  })
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const act = (body: object, microversion = '2.1', bearer: Bearer = 'member') =>
  api.send(bearer, 'post', `${path}/action`, { body, microversion })
const rebuild = (wanted: object, microversion?: string) =>
  act({ rebuild: { imageRef: imageId, ...wanted } }, microversion)

test('a rebuild is answered with the server, its keys by microversion', async () => {
  const shown = async (microversion: string) => {
    const { body, headers } = await rebuild({ adminPass: 'secret' }, microversion).expect(202)
    assert.equal(headers['location'], `https://cloud.example.org:8774${path}`)
    assert.equal(body.server.adminPass, 'secret')
    return body.server
  }
  const first = await shown('2.1')
  for (const key of ['key_name', 'user_data', 'OS-EXT-STS:vm_state', 'tags']) assert.equal(key in first, false, key)
  assert.equal((await shown('2.54')).key_name, 'k')
  const { key_name: key, user_data: data } = await shown('2.57')
  assert.deepEqual([key, data], ['k', 'eA=='])
  assert.equal((await shown('2.75'))['OS-EXT-STS:vm_state'], 'active')
  assert.ok((await rebuild({}).expect(202)).body.server.adminPass.length >= 12)
  // Also for an admin, who is shown the user data under another name elsewhere.
  await act({ rebuild: { imageRef: imageId } }, '2.93', 'admin').expect(202)
})

test('what a rebuild changes is handed over', async () => {
  const words = { name: 'new', metadata: { a: 'b' }, description: null, key_name: null, user_data: null }
  await rebuild({ ...words, accessIPv6: '0:0::1', adminPass: 'chosen' }, '2.57').expect(202)
  const [, , wanted] = api.asked[0] as [string, string, Record<string, unknown>]
  const { image: _image, ...rest } = wanted
  assert.deepEqual(rest, {
    name: 'new',
    metadata: { a: 'b' },
    description: null,
    keyName: null,
    userData: null,
    attributes: { accessIpV6: '::1' },
    adminPass: 'chosen',
  })
})

test('refusals of a rebuild', async () => {
  await act({ rebuild: {} }).expect(400)
  await rebuild({ imageRef: '22222222-2222-4333-8444-555555555555' }).expect(400)
  await rebuild({ key_name: 'mine' }, '2.54').expect(400)
  await rebuild({ key_name: 'mine' }, '2.53').expect(400)
  await rebuild({ user_data: '%' }, '2.57').expect(400)
  await rebuild({ personality: [{ path: '/etc/motd', contents: '%' }] }, '2.56').expect(400)
  await rebuild({ personality: [{ path: '/etc/motd' }] }, '2.56').expect(400)
  await rebuild({ personality: [{ path: '/etc/motd', contents: 'eA==' }] }, '2.57').expect(400)
  await rebuild({ name: '' }).expect(400)
  const signed = { trusted_image_certificates: ['11111111-2222-4333-8444-555555555555'] }
  assert.match((await rebuild(signed, '2.63').expect(400)).body.badRequest.message, /cannot be verified/)
  await rebuild({ trusted_image_certificates: null }, '2.63').expect(202)
  assert.match((await rebuild({ preserve_ephemeral: true }).expect(501)).body.notImplemented.message, /leave it out/)
  await act({ rebuild: { imageRef: imageId } }, '2.1', 'reader').expect(403)
  await act({ rebuild: { imageRef: imageId } }, '2.1', 'other').expect(404)
})

test('resize, confirm and revert', async () => {
  await act({ resize: { flavorRef: '2' } }).expect(202)
  await act({ confirmResize: null }).expect(204)
  await act({ revertResize: null }).expect(202)
  assert.deepEqual(
    api.asked.map(([kind]) => kind),
    ['resize', 'confirm-resize', 'revert-resize'],
  )
  await act({ resize: { flavorRef: '2', 'OS-DCF:diskConfig': 'AUTO' } }).expect(202)
  assert.deepEqual(api.asked.at(-1)?.at(-1), { diskConfig: 'AUTO' })
  await act({ resize: { flavorRef: '2', 'OS-DCF:diskConfig': 'x' } }).expect(400)
  await act({ resize: { flavorRef: 'none' } }).expect(400)
  await act({ resize: { flavorRef: '' } }).expect(400)
  await act({ resize: { flavorRef: '2' } }, '2.1', 'other').expect(404)
})

test('what waits for a verdict, and what is on its way there, by status', async () => {
  const states = [
    ['VERIFY_RESIZE', { vmState: 'resized' }],
    ['RESIZE', { vmState: 'stopped', taskState: 'resize_prep' }],
    ['REVERT_RESIZE', { vmState: 'resized', taskState: 'resize_reverting' }],
    ['REBUILD', { vmState: 'error', taskState: 'rebuilding' }],
  ] as const
  for (const [status, changes] of states) {
    const { id } = await api.addInstance(changes)
    const { body } = await api.send('member', 'get', `/compute/v2.1/servers/detail?status=${status.toLowerCase()}`)
    assert.deepEqual(
      body.servers.map((server: { id: string; status: string }) => [server.id, server.status]),
      [[id, status]],
    )
  }
})
