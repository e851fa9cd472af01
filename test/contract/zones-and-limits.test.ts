import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { projects, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture

before(async () => {
  api = await startApiFixture()
})
after(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const zones = async (path = '', bearer: Bearer = 'reader') =>
  (await api.send(bearer, 'get', `/compute/v2.1/os-availability-zone${path}`).expect(200)).body.availabilityZoneInfo
const limits = async (query = '', microversion = '2.1', bearer: Bearer = 'reader') =>
  (await api.send(bearer, 'get', `/compute/v2.1/limits${query}`, { microversion }).expect(200)).body.limits

test('the one zone is available while a host is enabled; its hosts are told to admins', async () => {
  assert.deepEqual(await zones(), [{ zoneName: 'nova', zoneState: { available: false }, hosts: null }])
  const id = await api.addHost('host-1')
  assert.deepEqual(await zones(), [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }])
  const [zone] = await zones('/detail', 'admin')
  assert.deepEqual(zone.hosts, {
    'host-1': { 'nova-compute': { available: true, active: true, updated_at: '2026-01-31T12:00:00.000000' } },
  })
  await api.send('reader', 'get', '/compute/v2.1/os-availability-zone/detail').expect(403)
  await api.db('hosts').where({ id }).update({ enabled: false, up: false })
  const [disabled] = await zones('/detail', 'admin')
  assert.equal(disabled.zoneState.available, false)
  assert.equal(disabled.hosts['host-1']['nova-compute'].available, false)
  assert.equal(disabled.hosts['host-1']['nova-compute'].active, false)
})

const networkKeys = [
  'maxSecurityGroupRules',
  'maxSecurityGroups',
  'maxTotalFloatingIps',
  'totalFloatingIpsUsed',
  'totalSecurityGroupsUsed',
]

test('limits lose keys as microversions go by', async () => {
  const { rate, absolute } = await limits()
  assert.deepEqual(rate, [])
  assert.equal(absolute.maxServerMeta, 128)
  assert.equal(absolute.maxTotalKeypairs, 100)
  assert.equal(absolute.totalInstancesUsed, 0)
  const keys = async (microversion: string) => Object.keys((await limits('', microversion)).absolute).sort()
  const at21 = Object.keys(absolute).sort()
  const without = (...gone: string[]) => at21.filter((key) => !gone.includes(key))
  assert.equal(at21.length, 19)
  assert.deepEqual(await keys('2.35'), at21)
  assert.deepEqual(await keys('2.36'), without(...networkKeys))
  assert.deepEqual(await keys('2.39'), without(...networkKeys, 'maxImageMeta'))
  assert.deepEqual(await keys('2.57'), without(...networkKeys, 'maxImageMeta', 'maxPersonality', 'maxPersonalitySize'))
})

test('another project’s limits are for admins', async () => {
  const other = `?tenant_id=${projects.other}`
  await api.send('member', 'get', `/compute/v2.1/limits${other}`).expect(403)
  await limits(`?tenant_id=${projects.own}`)
  await limits(other, '2.93', 'admin')
  await limits('?reserved=1&whatever=2', '2.74')
  await api.send('member', 'get', '/compute/v2.1/limits?whatever=2', { microversion: '2.75' }).expect(400)
})
