import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { imageId, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
let hostId: string
before(async () => {
  api = await startApiFixture()
  await api.send('admin', 'post', '/compute/v2.1/flavors', {
    body: { flavor: { id: '1', name: 'f', ram: 1, vcpus: 1, disk: 1 } },
  })
  hostId = await api.addHost('node-1')
  await api.addHost('node-2')
})
after(() => api.close())

const create = (place: object, microversion: string, bearer: Bearer = 'admin') => {
  const server = { name: 'web', flavorRef: '1', imageRef: imageId, networks: 'none', ...place }
  return api.send(bearer, 'post', '/compute/v2.1/servers', { body: { server }, microversion })
}
const wanted = () => (api.asked.at(-1)?.[1] ?? {}) as { availabilityZone?: string; host?: object }

test('admins choose the host by its zone, which forces it, or by its name from 2.74 on', async () => {
  for (const [place, microversion, host, zone] of [
    [{ availability_zone: 'nova:node-1' }, '2.37', { id: hostId, isForced: true }, 'nova'],
    [{ availability_zone: 'nova:node-1:node-1' }, '2.37', { id: hostId, isForced: true }, 'nova'],
    [{ availability_zone: ':node-1' }, '2.37', { id: hostId, isForced: true }, undefined],
    [{ availability_zone: 'nova::node-1' }, '2.93', { id: hostId, isForced: true }, 'nova'],
    [{ host: 'node-1' }, '2.74', { id: hostId, isForced: false }, undefined],
    [{ hypervisor_hostname: 'node-1' }, '2.74', { id: hostId, isForced: false }, undefined],
    [
      { host: 'node-1', hypervisor_hostname: 'node-1', availability_zone: 'nova' },
      '2.74',
      { id: hostId, isForced: false },
      'nova',
    ],
    [{ availability_zone: 'nova' }, '2.74', undefined, 'nova'],
  ] as const) {
    await create(place, microversion).expect(202)
    assert.deepEqual([wanted().host, wanted().availabilityZone], [host, zone], JSON.stringify(place))
  }
  assert.deepEqual(api.violations, [])
})

test('refused: before 2.74, to others than admins, hosts that are not there, two words for one thing', async () => {
  for (const [place, microversion, status, bearer] of [
    [{ host: 'node-1' }, '2.73', 400, 'admin'],
    [{ host: 'node-1' }, '2.74', 403, 'member'],
    [{ hypervisor_hostname: 'nowhere' }, '2.74', 403, 'member'],
    [{ availability_zone: 'nova:node-1' }, '2.37', 403, 'member'],
    [{ host: 'nowhere' }, '2.74', 400, 'admin'],
    [{ host: 'node-1', hypervisor_hostname: 'node-2' }, '2.74', 400, 'admin'],
    [{ host: 'node-1', availability_zone: 'nova:node-1' }, '2.74', 400, 'admin'],
    [{ availability_zone: 'nova:nowhere' }, '2.37', 400, 'admin'],
    [{ availability_zone: 'nova:' }, '2.37', 400, 'admin'],
    [{ availability_zone: 'nowhere:node-1' }, '2.37', 400, 'admin'],
    [{ availability_zone: 'nova:node-1:node-2' }, '2.37', 400, 'admin'],
    [{ availability_zone: 'nova:node-1:node-1:x' }, '2.37', 400, 'admin'],
  ] as const) {
    const answer = await create(place, microversion, bearer)
    assert.equal(answer.status, status, `${JSON.stringify(place)}: ${answer.text}`)
  }
  assert.deepEqual(api.violations, [])
})
