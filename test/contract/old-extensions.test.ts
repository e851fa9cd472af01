import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApiFixture } from '../support/api-fixture.ts'

const root = '/compute/v2.1'

test('what Nova has taken out is gone, what it would hand on is not here, each as long as Nova has the path', async () => {
  const api = await startApiFixture()
  for (const [path, microversion, status] of [
    ['os-agents', '2.93', 410],
    ['os-cells/x/capacities', '2.1', 410],
    ['os-cloudpipe', '2.1', 410],
    ['os-fping', '2.35', 410],
    ['os-fping', '2.36', 404],
    ['servers/x/consoles', '2.1', 410],
    ['os-floating-ips', '2.35', 501],
    ['os-floating-ips', '2.36', 404],
  ] as const) {
    const { body } = await api.send('member', 'get', `${root}/${path}`, { microversion }).expect(status)
    assert.equal(Object.values(body as Record<string, { code: number }>)[0]?.code, status)
  }
  await api.send('admin', 'post', `${root}/os-networks`, { body: {} }).expect(410)
  await api.send('member', 'get', `${root}/os-fping`, { microversion: '2.1' }).expect(410)
  await api.close()
})

test('extensions: a list, and one by its alias', async () => {
  const api = await startApiFixture()
  const { body } = await api.send('member', 'get', `${root}/extensions`).expect(200)
  assert.ok(body.extensions.some(({ name }: { name: string }) => name === 'Hosts'))
  const one = await api.send('member', 'get', `${root}/extensions/os-consoles`).expect(200)
  assert.equal(one.body.extension.alias, 'os-consoles')
  await api.send('member', 'get', `${root}/extensions/none`).expect(404)
  await api.close()
})

test('os-hosts, up to 2.42: hosts of a zone, what they have and who uses it, enabled and disabled', async () => {
  const api = await startApiFixture()
  const hostId = await api.addHost('h1')
  const { projectId } = await api.addInstance({ hostId }, 'on')
  const hosts = async (query: string) => (await api.send('admin', 'get', `${root}/os-hosts${query}`)).body.hosts
  assert.deepEqual(await hosts(''), [{ host_name: 'h1', service: 'compute', zone: 'nova' }])
  assert.equal((await hosts('?zone=')).length, 1)
  assert.deepEqual([await hosts('?zone=x'), await hosts('?service=x')], [[], []])
  const { body } = await api.send('admin', 'get', `${root}/os-hosts/h1`).expect(200)
  assert.deepEqual(
    body.host.map(({ resource }: { resource: object }) => Object.values(resource)),
    [
      ['h1', '(total)', 8, 16_384, 100],
      ['h1', '(used_now)', 0, 0, 0],
      ['h1', '(used_max)', 0, 0, 0],
      ['h1', projectId, 1, 512, 1],
    ],
  )
  const put = (change: object, name = 'h1') => api.send('admin', 'put', `${root}/os-hosts/${name}`, { body: change })
  assert.deepEqual((await put({ status: 'Disable' }).expect(200)).body, { host: 'h1', status: 'disabled' })
  assert.equal((await api.services.readModel.host(hostId))?.enabled, false)
  await put({ status: 'x' }).expect(400)
  await put({}).expect(400)
  await put({ status: 'enable' }, 'h2').expect(404)
  await put({ maintenance_mode: 'enable' }).expect(501)
  await api.send('admin', 'get', `${root}/os-hosts/h1/reboot`).expect(501)
  await api.send('admin', 'get', `${root}/os-hosts`, { microversion: '2.43' }).expect(404)
  await api.send('member', 'get', `${root}/os-hosts`).expect(403)
  assert.deepEqual(api.violations, [])
  await api.close()
})

test('external events: a code for each, 207 when some were not taken, 404 when none was', async () => {
  const api = await startApiFixture()
  const { id } = await api.addInstance({ hostId: await api.addHost('h1') }, 'on')
  const { id: homeless } = await api.addInstance({ vmState: 'building' })
  const unknown = '22222222-2222-4333-8444-555555555555'
  const send = (events: object[], microversion = '2.93') =>
    api.send('admin', 'post', `${root}/os-server-external-events`, { body: { events }, microversion })
  const changed = (server: string, more: object = {}) => ({ name: 'network-changed', server_uuid: server, ...more })
  const { body } = await send([changed(id, { tag: 't' })]).expect(200)
  assert.deepEqual(body.events, [
    { name: 'network-changed', server_uuid: id, tag: 't', status: 'completed', code: 200 },
  ])
  const mixed = await send([changed(id), changed(homeless), changed(unknown), changed(id, { name: 'power-update' })])
  assert.equal(mixed.status, 207)
  assert.deepEqual(
    mixed.body.events.map(({ code }: { code: number }) => code),
    [200, 422, 404, 400],
  )
  await send([changed(unknown)]).expect(404)
  await send([changed(id, { name: 'volume-extended', tag: 'v' })], '2.50').expect(400)
  await send([changed(id, { name: 'volume-extended', tag: 'v' })], '2.51').expect(200)
  await send([changed(id, { name: 'volume-reimaged', tag: 'v' })], '2.92').expect(400)
  await send([]).expect(400)
  assert.deepEqual(api.violations, [])
  await api.close()
})

test('actions: forceDelete deletes, restore has nothing to restore, crash dumps and old network actions are refused', async () => {
  const api = await startApiFixture()
  const { id } = await api.addInstance()
  const act = (body: object, microversion = '2.93', bearer: 'member' | 'admin' = 'member') =>
    api.send(bearer, 'post', `${root}/servers/${id}/action`, { body, microversion })
  await act({ forceDelete: null }).expect(202)
  assert.deepEqual(api.asked, [['delete', id]])
  await act({ restore: {} }).expect(409)
  await act({ trigger_crash_dump: null }).expect(501)
  await act({ trigger_crash_dump: null }, '2.16').expect(404)
  await act({ resetNetwork: null }, '2.1', 'admin').expect(410)
  await api.send('member', 'post', `${root}/servers/x/action`, { body: { forceDelete: null } }).expect(404)
  const { body } = await api.send('reader', 'get', `${root}/servers/${id}/os-server-password`).expect(200)
  assert.deepEqual(body, { password: '' })
  await api.send('member', 'delete', `${root}/servers/${id}/os-server-password`).expect(204)
  const topology = await api.send('reader', 'get', `${root}/servers/${id}/topology`, { microversion: '2.78' })
  assert.deepEqual(topology.body, { nodes: [], pagesize_kb: null })
  assert.deepEqual(api.violations, [])
  await api.close()
})
