import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, test } from 'node:test'
import { setQuotaLimits } from '../../src/store/quotas.ts'
import { imageId, projects, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

const root = '/compute/v2.1/os-server-groups'
let api: ApiFixture

beforeEach(async () => {
  api = await startApiFixture()
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const make = (group: object, microversion = '2.1', bearer: Bearer = 'member') =>
  api.send(bearer, 'post', root, { body: { server_group: group }, microversion })
const made = async (group: object, microversion?: string) =>
  (await make(group, microversion).expect(200)).body.server_group

test('a group in the words of each microversion', async () => {
  const first = await made({ name: 'g', policies: ['affinity'] })
  assert.deepEqual(first, { id: first.id, name: 'g', policies: ['affinity'], members: [], metadata: {} })
  const path = `${root}/${first.id}`
  const shown = (await api.send('reader', 'get', path, { microversion: '2.13' })).body.server_group
  assert.deepEqual(shown, { ...first, project_id: projects.own, user_id: 'member-user' })
  const group = { name: 'h', policy: 'anti-affinity', rules: { max_server_per_host: '3' } }
  const newer = await made(group, '2.64')
  const { id, project_id: _project, user_id: _user, ...rest } = newer
  assert.deepEqual(rest, { ...group, rules: { max_server_per_host: 3 }, members: [] })
  assert.deepEqual((await api.send('reader', 'get', `${root}/${id}`)).body.server_group.policies, ['anti-affinity'])
  const soft = await made({ name: 's', policies: ['soft-affinity'] }, '2.15')
  const ids = async (bearer: Bearer, query = '') =>
    ((await api.send(bearer, 'get', `${root}${query}`).expect(200)).body.server_groups as { id: string }[]).map(
      (one) => one.id,
    )
  assert.deepEqual(new Set(await ids('reader')), new Set([first.id, id, soft.id]))
  assert.equal((await ids('reader', '?limit=2&offset=2')).length, 1)
  assert.deepEqual(await ids('other'), [])
  assert.equal((await ids('admin', '?all_projects=true')).length, 3)
  await api.send('reader', 'get', `${root}?all_projects=true`).expect(403)
})

test('refusals', async () => {
  for (const [group, microversion] of [
    [{ name: 'g' }, '2.1'],
    [{ name: 'g', policies: [] }, '2.1'],
    [{ name: 'g', policies: ['affinity', 'anti-affinity'] }, '2.1'],
    [{ name: 'g', policies: ['soft-affinity'] }, '2.14'],
    [{ name: 'g', policies: ['affinity'] }, '2.64'],
    [{ name: 'g', policy: 'affinity' }, '2.63'],
    [{ name: 'g', policy: 'affinity', rules: { max_server_per_host: 2 } }, '2.64'],
    [{ name: 'g', policy: 'anti-affinity', rules: { max_server_per_host: 0 } }, '2.64'],
    [{ name: ' g', policy: 'affinity' }, '2.64'],
  ] as const)
    await make(group, microversion).expect(400)
  await make({ name: 'g', policies: ['affinity'] }, '2.1', 'reader').expect(403)
  const { id } = await made({ name: 'g', policies: ['affinity'] })
  await api.send('other', 'get', `${root}/${id}`).expect(404)
  await api.send('other', 'delete', `${root}/${id}`).expect(404)
  await setQuotaLimits(api.db, projects.own, { serverGroups: 1 })
  assert.match(
    (await make({ name: 'h', policies: ['affinity'] }).expect(403)).body.forbidden.message,
    /too many server groups/,
  )
  const limits = (await api.send('reader', 'get', '/compute/v2.1/limits')).body.limits.absolute
  assert.equal(limits.totalServerGroupsUsed, 1)
  await api.send('member', 'delete', `${root}/${id}`).expect(204)
  await api.send('member', 'delete', `${root}/${id}`).expect(404)
})

test('its servers are its members; deleted it lets them go', async () => {
  const { id } = await made({ name: 'g', policies: ['affinity'] })
  const live = await api.addInstance({ serverGroupId: id })
  await api.addInstance({ serverGroupId: id, vmState: 'deleted', deletedAtMs: 1 })
  const path = `${root}/${id}`
  assert.deepEqual((await api.send('reader', 'get', path)).body.server_group.members, [live.id])
  const groupsOf = async (microversion: string) =>
    (await api.send('reader', 'get', `/compute/v2.1/servers/${live.id}`, { microversion })).body.server.server_groups
  assert.deepEqual([await groupsOf('2.70'), await groupsOf('2.71')], [undefined, [id]])
  await api.send('member', 'delete', path).expect(204)
  assert.deepEqual(await groupsOf('2.71'), [])
})

test('hints: a group of the project, servers by their ids, nothing else', async () => {
  const { id } = await made({ name: 'g', policies: ['affinity'] })
  const body = { flavor: { id: '1', name: 'f', ram: 1, vcpus: 1, disk: 1 } }
  await api.send('admin', 'post', '/compute/v2.1/flavors', { body })
  const create = (hints: object, bearer: Bearer = 'member') => {
    const server = { name: 's', imageRef: imageId, flavorRef: '1' }
    return api.send(bearer, 'post', '/compute/v2.1/servers', { body: { server, 'os:scheduler_hints': hints } })
  }
  const neighbour = randomUUID()
  await create({ group: id, same_host: neighbour, different_host: [neighbour] }).expect(202)
  const { serverGroupId, hints } = api.asked.at(-1)?.[1] as { serverGroupId: string; hints: object }
  assert.deepEqual([serverGroupId, hints], [id, { sameHost: [neighbour], differentHost: [neighbour] }])
  await create({ group: id }, 'other').expect(400)
  for (const wrong of [{ group: randomUUID() }, { group: 'g' }, { group: [id] }, { same_host: 'x' }, { same_host: 7 }])
    await create(wrong).expect(400)
  assert.match((await create({ build_near_host_ip: '10.0.0.1' }).expect(501)).body.notImplemented.message, /build_near/)
})
