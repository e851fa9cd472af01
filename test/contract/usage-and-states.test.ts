import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import type { Instance } from '../../src/model/instance.ts'
import { nowMs, projects, startApiFixture, addProjects, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

const compute = '/compute/v2.1'
const usage = `${compute}/os-simple-tenant-usage`
const hourMs = 3_600_000
let api: ApiFixture

beforeEach(async () => {
  api = await startApiFixture()
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const ran = (fromHours: number, toHours: number | null, changes: Partial<Instance> = {}) =>
  api.addInstance({
    launchedAtMs: nowMs + fromHours * hourMs,
    terminatedAtMs: toHours === null ? null : nowMs + toHours * hourMs,
    ...(toHours === null ? {} : { vmState: 'deleted', deletedAtMs: nowMs + toHours * hourMs }),
    ...changes,
  })
const at = (hours: number) => new Date(nowMs + hours * hourMs).toISOString().slice(0, 23)
const get = (bearer: Bearer, path: string, microversion = '2.1') => api.send(bearer, 'get', path, { microversion })

test('usage is the hours within the period, times what the flavor has', async () => {
  await ran(-10, null)
  await ran(-3, -1, { name: 'gone' })
  await ran(-30, -20)
  await ran(-1, null, { projectId: projects.other })
  const query = `?start=${at(-4)}&end=${at(0)}`
  const { tenant_usage: own } = (await get('reader', `${usage}/${projects.own}${query}`).expect(200)).body
  assert.deepEqual(
    [own.total_hours, own.total_vcpus_usage, own.total_memory_mb_usage, own.total_local_gb_usage],
    [6, 6, 6 * 512, 6],
  )
  assert.equal(own.start, `${at(-4)}000`)
  const gone = own.server_usages.find(({ name }: { name: string }) => name === 'gone')
  assert.deepEqual([gone.hours, gone.state, gone.uptime, gone.ended_at], [2, 'terminated', 7200, `${at(-1)}000`])
  const all = (await get('admin', `${usage}${query}&detailed=1`)).body.tenant_usages
  assert.deepEqual(
    all.map((one: { tenant_id: string; total_hours: number; server_usages: object[] }) => [
      one.tenant_id,
      one.total_hours,
      one.server_usages.length,
    ]),
    [
      [projects.own, 6, 2],
      [projects.other, 1, 1],
    ],
  )
  assert.equal((await get('admin', `${usage}${query}`)).body.tenant_usages[0].server_usages, undefined)
  assert.deepEqual((await get('admin', `${usage}/${projects.admin}`)).body.tenant_usage, {})
})

test('usage: whose, when, and in pages from 2.40 on', async () => {
  await get('reader', usage).expect(403)
  await get('other', `${usage}/${projects.own}`).expect(403)
  await get('admin', `${usage}?start=${at(0)}&end=${at(-1)}`).expect(400)
  await get('admin', `${usage}?start=x`).expect(400)
  for (let count = 0; count < 3; count += 1) await ran(-1, null)
  const seen: string[] = []
  let path = `${usage}/${projects.own}?limit=2`
  for (let page = 1; page <= 2; page += 1) {
    const { body } = await get('reader', path, '2.40')
    for (const { instance_id: id } of body.tenant_usage.server_usages) seen.push(id)
    const link = body.tenant_usage_links?.[0]
    assert.equal(link?.rel, page === 1 ? 'next' : undefined)
    if (link !== undefined) path = new URL(link.href).pathname + new URL(link.href).search
  }
  assert.equal(new Set(seen).size, 3)
  await get('reader', `${usage}/${projects.own}?marker=x`, '2.40').expect(400)
})

test('no host sends audits, and the month is the last whole one', async () => {
  await api.addHost('host-1')
  const path = `${compute}/os-instance_usage_audit_log`
  const log = (await get('admin', path).expect(200)).body.instance_usage_audit_logs
  assert.deepEqual(
    [log.hosts_not_run, log.num_hosts_done, log.period_beginning, log.period_ending],
    [['host-1'], 0, '2025-12-01 00:00:00', '2026-01-01 00:00:00'],
  )
  const earlier = (await get('admin', `${path}/2025-03-07%2010:00:00`)).body.instance_usage_audit_log
  assert.equal(earlier.period_ending, '2025-03-01 00:00:00')
  await get('admin', `${path}/never`).expect(400)
  await get('reader', path).expect(403)
})

test('quotas of everybody hold for projects without their own', async () => {
  await addProjects(api.db)
  const path = `${compute}/os-quota-class-sets/default`
  const before = (await get('admin', path)).body.quota_class_set
  assert.deepEqual(
    [before.id, before.cores, 'server_groups' in before, 'fixed_ips' in before],
    ['default', 20, false, true],
  )
  const put = (set: object, name = 'default') =>
    api.send('admin', 'put', `${compute}/os-quota-class-sets/${name}`, { body: { quota_class_set: set } })
  const changed = (await put({ cores: 7, ram: '9' }).expect(200)).body.quota_class_set
  assert.deepEqual([changed.cores, changed.ram, 'id' in changed], [7, 9, false])
  const body = { quota_set: { ram: 11 } }
  await api.send('admin', 'put', `${compute}/os-quota-sets/${projects.own}`, { body }).expect(200)
  const own = (await get('reader', `${compute}/os-quota-sets/${projects.own}`)).body.quota_set
  assert.deepEqual([own.cores, own.ram], [7, 11])
  const defaults = (await get('reader', `${compute}/os-quota-sets/${projects.own}/defaults`)).body.quota_set
  assert.deepEqual([defaults.cores, defaults.ram], [7, 9])
  const newest = (await get('admin', path, '2.57')).body.quota_class_set
  assert.deepEqual(['server_groups' in newest, 'fixed_ips' in newest, 'injected_files' in newest], [true, false, false])
  await put({ cores: -2 }).expect(400)
  await put({ colour: 1 }).expect(400)
  await put({ cores: 1 }, 'gold').expect(400)
  await get('reader', path).expect(403)
})

test('an admin’s word on a state, while nothing is under way', async () => {
  const hostId = await api.addHost('host-1')
  const server = await api.addInstance({ hostId })
  const reset = (id: string, state: string, bearer: Bearer = 'admin') =>
    api.send(bearer, 'post', `${compute}/servers/${id}/action`, { body: { 'os-resetState': { state } } })
  const status = async () => (await get('reader', `${compute}/servers/${server.id}`)).body.server.status
  await reset(server.id, 'error').expect(202)
  assert.equal(await status(), 'ERROR')
  await reset(server.id, 'active').expect(202)
  assert.equal(await status(), 'ACTIVE')
  await reset(server.id, 'paused').expect(400)
  await reset(server.id, 'error', 'member').expect(403)
  await reset('x', 'error').expect(404)
  const busy = await api.addInstance({ hostId, taskState: 'rebooting', operationId: crypto.randomUUID() as never })
  assert.match((await reset(busy.id, 'error').expect(409)).body.conflictingRequest.message, /cancel it, or wait/)
  const nowhere = await api.addInstance({ vmState: 'error' })
  await reset(nowhere.id, 'active').expect(409)
  const resized = await api.addInstance({ hostId, vmState: 'resized', resize: { from: server.flavor } as never })
  await reset(resized.id, 'active').expect(409)
})

test('the usage of a project whose id got lost on the way is nobody’s', async () => {
  const api = await startApiFixture()
  await api.send('admin', 'get', '/compute/v2.1/os-simple-tenant-usage/').expect(404)
  await api.send('admin', 'get', '/compute/v2.1/os-simple-tenant-usage').expect(200)
  await api.close()
})
