/** A server at every microversion: exactly the keys that exist there, for members and for admins. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { maxMicroversion } from '../../src/contract/microversion.ts'
import type { Instance } from '../../src/model/instance.ts'
import { nowMs, startApiFixture, type ApiFixture } from '../support/api-fixture.ts'

const baseKeys = [
  'id', 'name', 'status', 'tenant_id', 'user_id', 'metadata', 'hostId', 'image', 'flavor', 'created', 'updated', 'addresses',
  'links', 'accessIPv4', 'accessIPv6', 'progress', 'OS-DCF:diskConfig', 'OS-EXT-AZ:availability_zone', 'config_drive',
  'key_name', 'OS-SRV-USG:launched_at', 'OS-SRV-USG:terminated_at', 'OS-EXT-STS:vm_state', 'OS-EXT-STS:task_state',
  'OS-EXT-STS:power_state', 'os-extended-volumes:volumes_attached', 'security_groups',
] // prettier-ignore
const adminBase = ['host', 'hypervisor_hostname', 'instance_name'].map((name) => `OS-EXT-SRV-ATTR:${name}`)
const adminFrom3 = [
  'reservation_id',
  'launch_index',
  'hostname',
  'kernel_id',
  'ramdisk_id',
  'root_device_name',
  'user_data',
].map((name) => `OS-EXT-SRV-ATTR:${name}`)

let api: ApiFixture
let server: Instance

before(async () => {
  api = await startApiFixture()
  const hostId = await api.addHost('node-1')
  server = await api.addInstance({ hostId, name: 'Web Server_1' }, 'on')
})
after(() => api.close())

function expectedKeys(minor: number, isAdmin: boolean): string[] {
  const later = [
    [9, 'locked'], [19, 'description'], [26, 'tags'], [63, 'trusted_image_certificates'], [71, 'server_groups'],
    [73, 'locked_reason'],
  ] as const // prettier-ignore
  const keys = [...baseKeys, ...later.filter(([from]) => minor >= from).map(([, key]) => key)]
  if (isAdmin) keys.push(...adminBase, ...(minor >= 3 ? adminFrom3 : []), ...(minor >= 16 ? ['host_status'] : []))
  if (!isAdmin && minor >= 90) keys.push('OS-EXT-SRV-ATTR:hostname')
  return keys.sort()
}

for (const bearer of ['member', 'admin'] as const) {
  test(`GET /servers/{id} has Nova's keys at each of 2.1 to 2.${maxMicroversion} for the ${bearer}`, async () => {
    for (let minor = 1; minor <= maxMicroversion; minor += 1) {
      const answer = await api.send(bearer, 'get', `/compute/v2.1/servers/${server.id}`, { microversion: `2.${minor}` })
      assert.equal(answer.status, 200, answer.text)
      const shown = answer.body.server as Record<string, unknown>
      assert.deepEqual(Object.keys(shown).sort(), expectedKeys(minor, bearer === 'admin'), `at 2.${minor}`)
      assert.equal('original_name' in (shown['flavor'] as object), minor >= 47)
    }
    assert.deepEqual(api.violations, [])
  })
}

test('values that change with the microversion or the reader', async () => {
  const path = `/compute/v2.1/servers/${server.id}`
  const old = (await api.send('member', 'get', path)).body.server
  assert.deepEqual(old.flavor, {
    id: '1',
    links: [{ rel: 'bookmark', href: 'https://cloud.example.org:8774/compute/flavors/1' }],
  })
  assert.match(old.hostId, /^[0-9a-f]{56}$/)
  assert.equal(old['OS-SRV-USG:launched_at'], '2026-01-31T12:00:00.000000')
  assert.equal(old.created, '2026-01-31T12:00:00Z')
  assert.equal(old['OS-EXT-STS:power_state'], 1)
  const latest = (await api.send('member', 'get', path, { microversion: 'latest' })).body.server
  assert.equal(latest['OS-EXT-SRV-ATTR:hostname'], 'web-server-1')
  const other = await api.addInstance({ hostId: server.hostId, projectId: 'd'.repeat(32) as never })
  const seen = (await api.send('admin', 'get', `/compute/v2.1/servers/${other.id}`)).body.server
  assert.notEqual(seen.hostId, old.hostId)
})

test('a fault shows its details to admins alone', async () => {
  const fault = { code: 500, message: 'No host can take it.', details: 'node-1 said no', createdAtMs: nowMs }
  const broken = await api.addInstance({ vmState: 'error', fault, hostId: null, launchedAtMs: null })
  const path = `/compute/v2.1/servers/${broken.id}`
  const mine = (await api.send('member', 'get', path)).body.server
  assert.equal(mine.status, 'ERROR')
  assert.equal(mine.hostId, '')
  assert.deepEqual(mine.fault, { code: 500, created: '2026-01-31T12:00:00Z', message: 'No host can take it.' })
  assert.equal((await api.send('admin', 'get', path)).body.server.fault.details, 'node-1 said no')
})

test('an update answers in short before 2.75 and in full from then on', async () => {
  const path = `/compute/v2.1/servers/${server.id}`
  const body = { server: { name: 'renamed' } }
  const short = await api.send('member', 'put', path, { body, microversion: '2.74' })
  assert.equal(short.status, 200, short.text)
  assert.equal(short.body.server.name, 'renamed')
  assert.equal('config_drive' in short.body.server, false)
  const full = await api.send('member', 'put', path, { body, microversion: '2.75' })
  assert.equal(full.body.server.config_drive, '')
  assert.deepEqual(api.violations, [])
})
