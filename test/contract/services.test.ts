import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, test } from 'node:test'
import { HostDirectory } from '../../src/operations/host-directory.ts'
import { claimAllocation } from '../../src/store/allocations.ts'
import { systemClock } from '../../src/util/clock.ts'
import { startApiFixture, type ApiFixture } from '../support/api-fixture.ts'

const root = '/compute/v2.1/os-services'
const named = { host: 'host-1', binary: 'nova-compute' }
let api: ApiFixture
let hostId: string

beforeEach(async () => {
  api = await startApiFixture()
  hostId = await api.addHost('host-1')
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const put = (path: string, body: object, microversion = '2.11') =>
  api.send('admin', 'put', `${root}/${path}`, { body, microversion })
const shown = async () => (await api.send('admin', 'get', root, { microversion: '2.11' })).body.services[0]
const scheduled = async () => (await new HostDirectory({ db: api.db, clock: systemClock }).current())[0]

test('up to 2.52 by host and binary', async () => {
  assert.deepEqual((await put('disable', named)).body.service, { ...named, status: 'disabled' })
  assert.deepEqual([(await shown()).status, (await scheduled())?.enabled], ['disabled', false])
  const reason = { ...named, disabled_reason: 'repair' }
  assert.deepEqual((await put('disable-log-reason', reason)).body.service, { ...reason, status: 'disabled' })
  assert.equal((await shown()).disabled_reason, 'repair')
  assert.deepEqual((await put('enable', named)).body.service, { ...named, status: 'enabled' })
  assert.deepEqual([(await shown()).status, (await shown()).disabled_reason], ['enabled', null])
  const forced = { ...named, forced_down: true }
  assert.deepEqual((await put('force-down', forced)).body.service, forced)
  assert.deepEqual([(await shown()).state, (await shown()).forced_down, (await scheduled())?.up], ['down', true, false])
  for (const [body, status] of [
    [{ ...named, host: 'nowhere' }, 404],
    [{ ...named, binary: 'nova-conductor' }, 404],
    [{ host: 'host-1' }, 400],
  ] as const)
    await put('enable', body).expect(status)
  await put('disable-log-reason', named).expect(400)
  await put('force-down', forced, '2.10').expect(404)
  await put('enable', named, '2.53').expect(404)
  await api.send('member', 'put', `${root}/enable`, { body: named }).expect(403)
})

test('from 2.53 on by uuid', async () => {
  const change = (body: object, id = hostId) => put(id, body, '2.53')
  const body = { status: 'disabled', disabled_reason: 'repair', forced_down: true }
  const { service } = (await change(body).expect(200)).body
  assert.deepEqual(
    [service.id, service.status, service.disabled_reason, service.forced_down, service.state],
    [hostId, 'disabled', 'repair', true, 'down'],
  )
  const back = (await change({ status: 'enabled', forced_down: false }).expect(200)).body.service
  assert.deepEqual([back.status, back.disabled_reason, back.state], ['enabled', null, 'up'])
  for (const wrong of [{}, { disabled_reason: 'r' }, { status: 'enabled', disabled_reason: 'r' }, { status: 'x' }])
    await change(wrong).expect(400)
  await change({ status: 'enabled' }, randomUUID()).expect(404)
  await change({ status: 'enabled' }, 'x').expect(400)
  await put(hostId, { status: 'enabled' }, '2.52').expect(404)
})

test('a host that is forced down is promised to nobody', async () => {
  await put('force-down', { ...named, forced_down: true })
  const wanted = { vcpus: 1, memoryMb: 1, diskGb: 1 }
  const claim = { instanceId: randomUUID(), hostId, operationId: randomUUID(), wanted } as never
  assert.equal(await claimAllocation(api.db, claim, 1), false)
})

test('deleted when it is down and has no servers', async () => {
  const remove = (id: string | number, microversion = '2.53') =>
    api.send('admin', 'delete', `${root}/${id}`, { microversion })
  await remove(hostId).expect(409)
  await api.db('hosts').update({ up: false })
  await api.db('allocations').insert({
    instance_id: randomUUID(),
    host_id: hostId,
    vcpus: 1,
    memory_mb: 1,
    disk_gb: 1,
    operation_id: randomUUID(),
    created_at: 1,
  })
  await remove(hostId).expect(409)
  await api.db('allocations').delete()
  await remove(randomUUID()).expect(404)
  await remove((await shown()).id, '2.52').expect(204)
  assert.equal(await shown(), undefined)
})

test('hypervisors are searched by a part of the name, up to 2.52', async () => {
  await api.addHost('other')
  const instance = await api.addInstance({ hostId: hostId as never, name: 'web' })
  const get = (path: string, microversion = '2.52') =>
    api.send('admin', 'get', `/compute/v2.1/os-hypervisors/${path}`, { microversion })
  const found = (await get('host/search')).body.hypervisors
  assert.deepEqual([found.length, found[0].hypervisor_hostname], [1, 'host-1'])
  const servers = (await get('o/servers')).body.hypervisors
  assert.deepEqual(
    servers.map((one: { servers?: object }) => one.servers),
    [[{ uuid: instance.id, name: 'web' }], undefined],
  )
  await get('nowhere/search').expect(404)
  await get('nowhere/servers').expect(404)
  await get('host/search', '2.53').expect(404)
})
