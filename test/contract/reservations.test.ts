import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { imageId, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
before(async () => {
  api = await startApiFixture()
  await api.send('admin', 'post', '/compute/v2.1/flavors', {
    body: { flavor: { id: '1', name: 'f', ram: 1, vcpus: 1, disk: 1 } },
  })
})
after(() => api.close())

const create = (wanted: unknown) => {
  const server = { name: 'web', flavorRef: '1', imageRef: imageId, max_count: 2, return_reservation_id: wanted }
  return api.send('member', 'post', '/compute/v2.1/servers', { body: { server } })
}

test('return_reservation_id answers the reservation alone, and anything but yes the first server', async () => {
  for (const yes of [true, 'True', '1'])
    assert.deepEqual((await create(yes).expect(202)).body, { reservation_id: 'r-fixture' })
  for (const no of [false, 'false', '0']) assert.deepEqual(Object.keys((await create(no).expect(202)).body), ['server'])
  await create('perhaps').expect(400)
  assert.deepEqual(api.violations, [])
})

test('lists filter by reservation_id, for everybody; admins see it and the place within it from 2.3 on', async () => {
  const { id } = await api.addInstance({ reservation: { id: 'r-1', index: 3 } })
  await api.addInstance({ reservation: { id: 'r-2', index: 0 } })
  const list = async (bearer: Bearer, reservation: string, microversion: string) => {
    const path = `/compute/v2.1/servers/detail?reservation_id=${reservation}`
    return (await api.send(bearer, 'get', path, { microversion }).expect(200)).body.servers as Record<string, unknown>[]
  }
  const keys = ['OS-EXT-SRV-ATTR:reservation_id', 'OS-EXT-SRV-ATTR:launch_index']
  for (const [bearer, microversion, shown] of [
    ['member', '2.1', [undefined, undefined]],
    ['member', '2.93', [undefined, undefined]],
    ['admin', '2.1', [undefined, undefined]],
    ['admin', '2.3', ['r-1', 3]],
  ] as const) {
    const where = bearer === 'admin' ? '&all_tenants=1' : ''
    const found = await list(bearer, `r-1${where}`, microversion)
    assert.deepEqual(
      found.map((server) => server['id']),
      [id],
    )
    assert.deepEqual(
      keys.map((key) => found[0]?.[key]),
      shown,
    )
  }
  assert.deepEqual(await list('member', 'r-3', '2.1'), [])
  assert.deepEqual(api.violations, [])
})
