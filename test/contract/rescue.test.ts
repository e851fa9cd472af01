import assert from 'node:assert/strict'
import { test } from 'node:test'
import { imageId, startApiFixture, type Bearer } from '../support/api-fixture.ts'

test('rescue answers the password, its own or one that it makes; unrescue nothing', async () => {
  const api = await startApiFixture()
  const path = `/compute/v2.1/servers/${(await api.addInstance()).id}/action`
  const act = (body: object, bearer: Bearer = 'member') => api.send(bearer, 'post', path, { body })
  assert.ok((await act({ rescue: null }).expect(200)).body.adminPass.length >= 12)
  const { body } = await act({ rescue: { adminPass: 'secret', rescue_image_ref: imageId } }).expect(200)
  assert.deepEqual(body, { adminPass: 'secret' })
  await act({ unrescue: null }).expect(202)
  assert.deepEqual(
    api.asked.map(([action, , wanted]) => [action, wanted]),
    [
      ['rescue', undefined],
      ['rescue', imageId],
      ['unrescue', undefined],
    ],
  )
  await act({ rescue: { rescue_image_ref: '22222222-2222-4333-8444-555555555555' } }).expect(400)
  await act({ rescue: { rescue_image_ref: 'x' } }).expect(400)
  await act({ rescue: { more: 1 } }).expect(400)
  await act({ rescue: null }, 'other').expect(404)
  await act({ unrescue: null }, 'reader').expect(403)
  const { id } = await api.addInstance({ vmState: 'rescued' })
  const found = await api.send('member', 'get', '/compute/v2.1/servers/detail?status=RESCUE')
  assert.deepEqual(
    found.body.servers.map((server: { id: string }) => server.id),
    [id],
  )
  assert.deepEqual(api.violations, [])
  await api.close()
})
