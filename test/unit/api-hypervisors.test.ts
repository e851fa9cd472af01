import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nowMs, startApiFixture, type ApiFixture } from '../support/api-fixture.ts'

const hostId = '6a7a1eab-ca76-4aa2-9841-c99ff42ed47d'
/** Its first 52 bits. */
const numericId = 0x6a7a1eabca764
const root = '/compute/v2.1/os-hypervisors'
let api: ApiFixture
const get = (path: string, microversion = '2.1') => api.send('admin', 'get', path, { microversion })

before(async () => {
  api = await startApiFixture()
  await api.addHost('node-1', hostId)
  await api.addHost('node-2')
  await api.addInstance({ hostId: hostId as never, name: 'web' }, 'on')
})
after(async () => {
  await api.close()
  assert.deepEqual(api.violations, [])
})

test('ids are whole numbers before 2.53 and uuids from then on', async () => {
  assert.equal((await get(root, '2.52')).body.hypervisors[0].id, numericId)
  assert.equal((await get(root, '2.53')).body.hypervisors[0].id, hostId)
  assert.equal((await get(`${root}/${numericId}`)).body.hypervisor.hypervisor_hostname, 'node-1')
  assert.equal((await get(`${root}/${hostId}`, '2.53')).body.hypervisor.service.id, hostId)
  assert.equal((await get(`${root}/node-1`)).status, 404)
  assert.equal((await get(`${root}/node-1`, '2.53')).status, 400)
})

test('amounts are there up to 2.87; uptime from 2.88 on', async () => {
  const old = (await get(`${root}/detail`)).body.hypervisors[0]
  assert.equal(old.vcpus, 8)
  assert.equal(old.memory_mb_used, 512, 'the reserved part counts as used')
  assert.equal(old.free_ram_mb, 16_384 - 512)
  assert.equal(old.hypervisor_version, 7_002_009)
  assert.equal(old.cpu_info, '{"arch":"x86_64"}')
  assert.deepEqual((await get(`${root}/detail`, '2.28')).body.hypervisors[0].cpu_info, { arch: 'x86_64' })
  const late = (await get(`${root}/detail`, '2.88')).body.hypervisors[0]
  assert.equal(late.uptime, null)
  assert.equal('vcpus' in late, false)
})

test('servers of a hypervisor, from 2.53 on', async () => {
  const at = async (microversion: string) => (await get(`${root}?with_servers=true`, microversion)).body.hypervisors
  assert.equal((await at('2.53'))[0].servers[0].name, 'web')
  assert.equal('servers' in (await at('2.53'))[1], false)
  assert.deepEqual((await at('2.75'))[1].servers, [])
  assert.equal('servers' in (await at('2.52'))[0], false)
  assert.equal((await get(`${root}?hypervisor_hostname_pattern=none`, '2.53')).status, 404)
  assert.equal((await get(`${root}?hypervisor_hostname_pattern=-2`, '2.53')).body.hypervisors.length, 1)
  assert.equal((await get(`${root}?colour=red`, '2.53')).status, 400)
})

test('pages from 2.33 on', async () => {
  const first = (await get(`${root}?limit=1`, '2.33')).body
  const next = new URL(first.hypervisors_links[0].href)
  assert.deepEqual(
    (await get(next.pathname + next.search, '2.33')).body.hypervisors.map(
      (one: { hypervisor_hostname: string }) => one.hypervisor_hostname,
    ),
    ['node-2'],
  )
  assert.equal((await get(`${root}?limit=1`, '2.32')).body.hypervisors.length, 2)
})

test('statistics sum over the enabled hosts', async () => {
  const { count, vcpus, memory_mb: memoryMb } = (await get(`${root}/statistics`)).body.hypervisor_statistics
  assert.deepEqual({ count, vcpus, memoryMb }, { count: 2, vcpus: 16, memoryMb: 32_768 })
})

test('uptime: where the driver tells it and the host is up, by itself up to 2.87 and within the hypervisor from 2.88 on', async () => {
  const path = `${root}/${numericId}/uptime`
  const answer = await get(path)
  assert.equal(answer.status, 501)
  assert.match(answer.body.notImplemented.message, /does not tell its uptime/)
  const host = api.db('hosts').where({ id: hostId })
  const { capabilities } = (await host.clone().first('capabilities')) as { capabilities: string }
  const bootedAtMs = nowMs - (49 * 3600 + 62) * 1000
  await host.clone().update({ capabilities: JSON.stringify({ ...JSON.parse(capabilities), bootedAtMs }) })
  const uptime = ' 12:00:00 up 2 days, 1:01'
  const summary = { hypervisor_hostname: 'node-1', state: 'up', status: 'enabled' }
  assert.deepEqual((await get(path)).body, { hypervisor: { id: numericId, ...summary, uptime } })
  assert.equal((await get(`${root}/${hostId}`, '2.88')).body.hypervisor.uptime, uptime)
  assert.equal((await get(`${root}/${hostId}/uptime`, '2.88')).status, 404)
  await host.clone().update({ up: false })
  assert.equal((await get(path)).status, 400)
  assert.equal((await get(`${root}/${hostId}`, '2.88')).body.hypervisor.uptime, null)
  await host.clone().update({ up: true, capabilities })
})

test('one compute service a host, with state, status and ids by microversion', async () => {
  const [service] = (await get('/compute/v2.1/os-services?host=node-1&binary=nova-compute')).body.services
  assert.deepEqual(service, {
    id: numericId,
    binary: 'nova-compute',
    host: 'node-1',
    zone: 'nova',
    status: 'enabled',
    state: 'up',
    updated_at: '2026-01-31T12:00:00.000000',
    disabled_reason: null,
  })
  await api.db('hosts').where({ id: hostId }).update({ up: false, enabled: false, disabled_reason: 'repair' })
  const [late] = (await get('/compute/v2.1/os-services', '2.69')).body.services
  assert.deepEqual(
    [late.id, late.state, late.status, late.disabled_reason, late.forced_down],
    [hostId, 'down', 'disabled', 'repair', false],
  )
  assert.deepEqual((await get('/compute/v2.1/os-services?binary=nova-conductor')).body.services, [])
  await api.db('hosts').where({ id: hostId }).update({ up: true, enabled: true, disabled_reason: null })
})

test('GET /v1/hosts tells what the operator wants to know', async () => {
  await api.db('hosts').where({ id: hostId }).update({ healthy: false, health_message: 'no /dev/kvm' })
  const [host] = (await get('/v1/hosts')).body.hosts
  assert.deepEqual(host, {
    id: hostId,
    name: 'node-1',
    driver: 'qemu',
    hypervisor_type: 'QEMU',
    hypervisor_version: '7.2.9',
    up: true,
    healthy: false,
    message: 'no /dev/kvm',
    enabled: true,
    disabled_reason: null,
    smoke_test: { state: 'passed', message: '', ended_at: null },
    total: { vcpus: 8, memory_mb: 16_384, disk_gb: 100 },
    capacity: { vcpus: 32, memory_mb: 15_872, disk_gb: 100 },
    used: { vcpus: 0, memory_mb: 0, disk_gb: 0 },
    instance_count: 0,
    last_seen_at: new Date(nowMs).toISOString(),
  })
})
