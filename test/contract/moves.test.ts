// One database is enough: the face is asked, what it says is checked against the contract.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApiFixture, type Bearer } from '../support/api-fixture.ts'

test('migrate is an admin’s, to any host or from 2.56 on to one by name', async () => {
  const api = await startApiFixture()
  const { id } = await api.addInstance()
  const act = (body: object, version = '2.1', bearer: Bearer = 'admin') =>
    api.send(bearer, 'post', `/compute/v2.1/servers/${id}/action`, { body, microversion: version })
  await act({ migrate: null }).expect(202)
  await act({ migrate: {} }).expect(202)
  await act({ migrate: { host: 'h2' } }, '2.55').expect(400)
  await act({ migrate: { host: 'h2' } }, '2.56').expect(202)
  await act({ migrate: { host: null } }, '2.56').expect(202)
  await act({ migrate: { host: 'h2', force: true } }, '2.56').expect(400)
  await act({ migrate: null }, '2.1', 'member').expect(403)
  assert.deepEqual(
    api.asked.map(([action, , wanted]) => [action, wanted]),
    [
      ['migrate', { host: undefined }],
      ['migrate', { host: undefined }],
      ['migrate', { host: 'h2' }],
      ['migrate', { host: undefined }],
    ],
  )
  for (const taskState of ['resize_migrating', 'resize_finish'] as const) {
    const moving = await api.addInstance({ vmState: 'stopped', taskState })
    const { body } = await api.send('admin', 'get', `/compute/v2.1/servers/${moving.id}`)
    assert.equal(body.server.status, 'RESIZE')
  }
  assert.deepEqual(api.violations, [])
  await api.close()
})
