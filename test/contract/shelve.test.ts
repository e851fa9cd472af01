import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
let path: string

beforeEach(async () => {
  api = await startApiFixture()
  path = `/compute/v2.1/servers/${(await api.addInstance()).id}/action`
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const act = (body: object, microversion = '2.1', bearer: Bearer = 'member') =>
  api.send(bearer, 'post', path, { body, microversion })
const asked = () => api.asked.map(([action, , wanted]) => [action, wanted])

test('shelve, offload and unshelve', async () => {
  await act({ shelve: null }).expect(202)
  await act({ shelveOffload: null }, '2.1', 'admin').expect(202)
  await act({ unshelve: null }).expect(202)
  assert.deepEqual(asked(), [
    ['shelve', { offload: true }],
    ['shelve-offload', undefined],
    ['unshelve', {}],
  ])
  await act({ shelveOffload: null }).expect(403)
  // Whatever the value: Nova looks at the key alone.
  await act({ shelve: {} }).expect(202)
  await act({ shelve: null, unshelve: null }).expect(400)
  for (const body of [{ shelve: null }, { unshelve: null }]) {
    await act(body, '2.1', 'other').expect(404)
    await act(body, '2.1', 'reader').expect(403)
  }
})

test('where it comes back: a zone from 2.77 on, a host for admins from 2.91 on', async () => {
  await act({ unshelve: { availability_zone: 'nova' } }, '2.76').expect(400)
  await act({ unshelve: { availability_zone: 'nova' } }, '2.77').expect(202)
  await act({ unshelve: { availability_zone: 'elsewhere' } }, '2.77').expect(400)
  await act({ unshelve: { availability_zone: null } }, '2.90').expect(400)
  await act({ unshelve: { availability_zone: null } }, '2.91').expect(202)
  await act({ unshelve: { host: 'h' } }, '2.90', 'admin').expect(400)
  await act({ unshelve: { host: 'h' } }, '2.91').expect(403)
  await act({ unshelve: { host: 'h' } }, '2.91', 'admin').expect(202)
  assert.deepEqual(asked(), [
    ['unshelve', { availabilityZone: 'nova' }],
    ['unshelve', { availabilityZone: null }],
    ['unshelve', { host: 'h' }],
  ])
})

test('shelved servers are found by their status', async () => {
  const states = [
    ['SHELVED', 'shelved'],
    ['SHELVED_OFFLOADED', 'shelved_offloaded'],
  ] as const
  for (const [status, vmState] of states) {
    const { id } = await api.addInstance({ vmState })
    const { body } = await api.send('member', 'get', `/compute/v2.1/servers/detail?status=${status}`)
    assert.deepEqual(
      body.servers.map((server: { id: string; status: string }) => [server.id, server.status]),
      [[id, status]],
    )
  }
})
