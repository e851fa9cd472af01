import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApiFixture, type Bearer } from '../support/api-fixture.ts'

test('changePassword takes the password, also an empty one, and tells nobody', async () => {
  const api = await startApiFixture()
  const { id } = await api.addInstance()
  const act = (body: object, bearer: Bearer = 'member') =>
    api.send(bearer, 'post', `/compute/v2.1/servers/${id}/action`, { body })
  for (const adminPass of ['a new one', '']) {
    const { body } = await act({ changePassword: { adminPass } }).expect(202)
    assert.deepEqual(body, {})
  }
  assert.deepEqual(api.asked, [
    ['change-password', id, 'a new one'],
    ['change-password', id, ''],
  ])
  for (const wrong of [null, {}, { adminPass: 1 }, { adminPass: 'x'.repeat(256) }, { adminPass: 'x', more: 1 }])
    await act({ changePassword: wrong }).expect(400)
  await act({ changePassword: { adminPass: 'x' } }, 'reader').expect(403)
  await act({ changePassword: { adminPass: 'x' } }, 'other').expect(404)
  assert.deepEqual(api.violations, [])
  await api.close()
})
