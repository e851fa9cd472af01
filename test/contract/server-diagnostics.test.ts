import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findHost } from '../../src/store/hosts.ts'
import { startApiFixture } from '../support/api-fixture.ts'

const stats = {
  cpuTimeNs: 7,
  vcpuTimesNs: [7],
  memoryBytes: 3 * 1024 ** 2,
  uptimeSeconds: 5,
  disks: [{ id: 'root', readBytes: 1, writtenBytes: 2, readRequests: 3, writeRequests: 4 }],
  nics: [],
}

test('diagnostics: names of the hypervisor up to 2.47, the same for all from 2.48 on, for admins alone', async () => {
  const api = await startApiFixture({
    instanceStats: {
      read: async ({ hostId }) => ({ stats, host: (await findHost(api.db, hostId ?? ('' as never))) as never }),
    },
  })
  const { id } = await api.addInstance({ hostId: await api.addHost('h1') }, 'on')
  const path = `/compute/v2.1/servers/${id}/diagnostics`
  const free = await api.send('admin', 'get', path, { microversion: '2.47' }).expect(200)
  assert.deepEqual(free.body, {
    cpu0_time: 7,
    'memory-rss': 3072,
    root_read: 1,
    root_read_req: 3,
    root_write: 2,
    root_write_req: 4,
  })
  const { body } = await api.send('admin', 'get', path, { microversion: '2.48' }).expect(200)
  assert.deepEqual(body, {
    state: 'running',
    driver: 'libvirt',
    hypervisor: 'qemu',
    hypervisor_os: null,
    uptime: 5,
    config_drive: false,
    num_cpus: 1,
    num_nics: 0,
    num_disks: 1,
    memory_details: { maximum: 512, used: 3 },
    cpu_details: [{ id: 0, time: 7, utilisation: null }],
    nic_details: [],
    disk_details: [{ read_bytes: 1, read_requests: 3, write_bytes: 2, write_requests: 4, errors_count: null }],
  })
  await api.send('member', 'get', path).expect(403)
  await api.send('admin', 'get', '/compute/v2.1/servers/x/diagnostics').expect(404)
  assert.deepEqual(api.violations, [])
  await api.close()
})
