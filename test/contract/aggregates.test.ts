import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { imageId, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

const root = '/compute/v2.1/os-aggregates'
let api: ApiFixture
let hostIds: string[]

beforeEach(async () => {
  api = await startApiFixture()
  hostIds = [await api.addHost('host-1'), await api.addHost('host-2')]
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const create = (aggregate: object, bearer: Bearer = 'admin') =>
  api.send(bearer, 'post', root, { body: { aggregate }, microversion: '2.41' })
const made = async (name: string, zone?: string): Promise<number> =>
  (await create({ name, ...(zone === undefined ? {} : { availability_zone: zone }) }).expect(200)).body.aggregate.id
const act = (id: number, action: string, value: object) =>
  api.send('admin', 'post', `${root}/${id}/action`, { body: { [action]: value } })
const addHost = (id: number, host: string) => act(id, 'add_host', { host })
const zones = async () =>
  (await api.send('reader', 'get', '/compute/v2.1/os-availability-zone')).body.availabilityZoneInfo as {
    zoneName: string
  }[]

test('made, shown, changed, deleted', async () => {
  const { body } = await create({ name: 'a', availability_zone: 'west' }).expect(200)
  const { id, uuid, created_at: createdAt } = body.aggregate
  const fresh = {
    id,
    uuid,
    name: 'a',
    availability_zone: 'west',
    created_at: createdAt,
    updated_at: null,
    deleted: false,
    deleted_at: null,
  }
  assert.deepEqual(body.aggregate, fresh)
  const path = `${root}/${id}`
  const { uuid: _later, ...at21 } = fresh
  const whole = { ...at21, hosts: [], metadata: { availability_zone: 'west' } }
  assert.deepEqual((await api.send('admin', 'get', path)).body.aggregate, whole)
  assert.deepEqual((await api.send('admin', 'get', root)).body.aggregates, [whole])
  const change = { aggregate: { name: 'b', availability_zone: 'east' } }
  const changed = (await api.send('admin', 'put', path, { body: change }).expect(200)).body.aggregate
  assert.deepEqual([changed.name, changed.availability_zone, changed.updated_at !== null], ['b', 'east', true])
  const metadata = (await act(id, 'set_metadata', { metadata: { k: 'v', availability_zone: null } }).expect(200)).body
  assert.deepEqual([metadata.aggregate.metadata, metadata.aggregate.availability_zone], [{ k: 'v' }, null])
  await api.send('admin', 'delete', path).expect(200)
  await api.send('admin', 'delete', path).expect(404)
})

test('its hosts are in its zone', async () => {
  const id = await made('a', 'west')
  assert.deepEqual(
    (await zones()).map(({ zoneName }) => zoneName),
    ['nova'],
  )
  assert.deepEqual((await addHost(id, 'host-2').expect(200)).body.aggregate.hosts, ['host-2'])
  assert.deepEqual(
    (await zones()).map(({ zoneName }) => zoneName),
    ['nova', 'west'],
  )
  const services = (await api.send('admin', 'get', '/compute/v2.1/os-services')).body.services
  assert.deepEqual(
    services.map(({ host, zone }: Record<string, string>) => [host, zone]),
    [
      ['host-1', 'nova'],
      ['host-2', 'west'],
    ],
  )
  const there = await api.addInstance({ hostId: hostIds[1] as never })
  const zoneOf = async () =>
    (await api.send('reader', 'get', `/compute/v2.1/servers/${there.id}`)).body.server['OS-EXT-AZ:availability_zone']
  assert.equal(await zoneOf(), 'west')
  const found = await api.send('admin', 'get', '/compute/v2.1/servers?all_tenants=1&availability_zone=west')
  assert.equal(found.body.servers.length, 1)
  await act(id, 'remove_host', { host: 'host-2' }).expect(200)
  assert.equal(await zoneOf(), 'nova')
})

test('refusals', async () => {
  const west = await made('west', 'west')
  const east = await made('east', 'east')
  await create({ name: 'west' }).expect(409)
  for (const name of ['', ' a', 'x'.repeat(256)]) await create({ name }).expect(400)
  await create({ name: 'x', availability_zone: 'a:b' }).expect(400)
  await create({ name: 'x' }, 'member').expect(403)
  await api.send('admin', 'get', `${root}/999999999999999999`).expect(404)
  await api.send('admin', 'get', `${root}/x`).expect(400)
  await addHost(west, 'host-1').expect(200)
  await addHost(west, 'host-1').expect(409)
  await addHost(west, 'nowhere').expect(404)
  await act(west, 'remove_host', { host: 'host-2' }).expect(404)
  await act(west, 'remove_host', { host: 'nowhere' }).expect(404)
  assert.match((await addHost(east, 'host-1').expect(409)).body.conflictingRequest.message, /zone west already/)
  await api.send('admin', 'delete', `${root}/${west}`).expect(409)
  await api.send('admin', 'put', `${root}/${west}`, { body: { aggregate: { name: 'east' } } }).expect(409)
  await api.send('admin', 'put', `${root}/${west}`, { body: { aggregate: {} } }).expect(400)
  // Without a zone of its own it may have the host too, but not get another zone then.
  const plain = await made('plain')
  await addHost(plain, 'host-1').expect(200)
  const zone = { metadata: { availability_zone: 'north' } }
  await act(plain, 'set_metadata', zone).expect(409)
  await api.db('hosts').where({ id: hostIds[0] }).update({ instance_count: 1 })
  await act(west, 'set_metadata', zone).expect(409)
  await act(west, 'set_metadata', { metadata: { k: 'v' } }).expect(200)
})

test('images are not cached before they are needed, from 2.81 on', async () => {
  const id = await made('a')
  const cache = (images: object[], microversion = '2.81', aggregate = id, bearer: Bearer = 'admin') =>
    api.send(bearer, 'post', `${root}/${aggregate}/images`, { body: { cache: images }, microversion })
  assert.match((await cache([{ id: imageId }]).expect(501)).body.notImplemented.message, /fetch an image when/)
  await cache([{ id: imageId }], '2.80').expect(404)
  await cache([{ id: imageId }], '2.81', 999).expect(404)
  await cache([{ id: imageId }], '2.81', id, 'member').expect(403)
  for (const wrong of [[], [{ id: 'x' }], [{ id: imageId }, { id: imageId }]]) await cache(wrong).expect(400)
})

test('servers are asked into zones that there are', async () => {
  const body = { flavor: { id: '1', name: 'f', ram: 1, vcpus: 1, disk: 1 } }
  await api.send('admin', 'post', '/compute/v2.1/flavors', { body })
  const ask = (zone: string) => {
    const server = { name: 's', imageRef: imageId, flavorRef: '1', availability_zone: zone }
    return api.send('member', 'post', '/compute/v2.1/servers', { body: { server } })
  }
  await ask('west').expect(400)
  await addHost(await made('a', 'west'), 'host-1').expect(200)
  await ask('west').expect(202)
  await ask('nova').expect(202)
})
