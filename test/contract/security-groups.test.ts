import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, test } from 'node:test'
import { setQuotaLimits } from '../../src/store/quotas.ts'
import { imageId, projects, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

interface Group {
  readonly id: string
  readonly name: string
  readonly rules: readonly object[]
}

let api: ApiFixture
const root = '/compute/v2.1/os-security-groups'
const rules = '/compute/v2.1/os-security-group-rules'

beforeEach(async () => {
  api = await startApiFixture()
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const make = (name: string, bearer: Bearer = 'member') =>
  api.send(bearer, 'post', root, { body: { security_group: { name, description: 'd' } } })
const made = async (name: string): Promise<Group> => (await make(name).expect(200)).body.security_group
const list = async (bearer: Bearer = 'member', query = ''): Promise<Group[]> =>
  (await api.send(bearer, 'get', `${root}${query}`).expect(200)).body.security_groups
const names = async (...of: Parameters<typeof list>) => (await list(...of)).map(({ name }) => name)
const idOfDefault = async (): Promise<string> => (await list()).find(({ name }) => name === 'default')?.id ?? ''

test('every project has a default group from the first look on, which nobody can remove or rename', async () => {
  assert.deepEqual([await names(), await names('other')], [['default'], ['default']])
  const [ours, theirs] = [await list(), await list('other')]
  assert.notEqual(ours[0]?.id, theirs[0]?.id)
  const path = `${root}/${ours[0]?.id}`
  assert.match((await api.send('member', 'delete', path).expect(400)).body.badRequest.message, /default/)
  await api.send('member', 'put', path, { body: { security_group: { name: 'x' } } }).expect(400)
  assert.deepEqual((await names('admin', '?all_tenants=1')).length, 2)
  assert.deepEqual(await names('member', '?all_tenants=1'), await names('member', ''), 'others get their own')
})

test('made, shown, changed, deleted; gone from 2.36 on', async () => {
  const group = await made(' with blanks ')
  assert.deepEqual(group, {
    id: group.id,
    tenant_id: projects.own,
    name: ' with blanks ',
    description: 'd',
    rules: [],
  })
  const path = `${root}/${group.id}`
  assert.deepEqual((await api.send('reader', 'get', path)).body.security_group, group)
  await api.send('member', 'put', path, { body: { security_group: { name: 'b' } } }).expect(200)
  assert.deepEqual(await names(), ['b', 'default'])
  assert.deepEqual(await names('member', '?limit=1&offset=1'), ['default'])
  await api.send('other', 'get', path).expect(404)
  await api.send('other', 'delete', path).expect(404)
  await api.send('member', 'get', path, { microversion: '2.36' }).expect(404)
  await api.send('member', 'delete', path).expect(202)
  await api.send('member', 'delete', path).expect(404)
  await api.send('member', 'delete', `${root}/`).expect(404)
  await api.send('member', 'delete', root).expect(405)
})

test('refusals: names, ids, as many as allowed', async () => {
  for (const name of ['', ' ', 'x'.repeat(256)]) await make(name).expect(400)
  await made('a')
  assert.match((await make('a').expect(400)).body.badRequest.message, /already exists/)
  const { id } = await made('b')
  await api.send('member', 'put', `${root}/${id}`, { body: { security_group: { name: 'a' } } }).expect(400)
  await api.send('member', 'put', `${root}/no-uuid`, { body: { security_group: { name: 'c' } } }).expect(400)
  await api.send('member', 'get', `${root}/${randomUUID()}`).expect(404)
  await api.send('member', 'get', `${root}/4711`).expect(404)
  await make('c', 'reader').expect(403)
  // With the default one there are three.
  await setQuotaLimits(api.db, projects.own, { securityGroups: 3 })
  assert.match((await make('one-more').expect(403)).body.forbidden.message, /too many security groups/)
})

test('rules: from a network or from a group', async () => {
  const [group, source] = [await made('a'), await made('b')]
  const add = (rule: object) =>
    api.send('member', 'post', rules, { body: { security_group_rule: { parent_group_id: group.id, ...rule } } })
  const web = { ip_protocol: 'TCP', from_port: '80', to_port: 443 }
  const { body } = await add(web).expect(200)
  const rule = body.security_group_rule
  assert.deepEqual(rule, {
    id: rule.id,
    parent_group_id: group.id,
    ip_protocol: 'tcp',
    from_port: 80,
    to_port: 443,
    ip_range: { cidr: '0.0.0.0/0' },
    group: {},
  })
  await add(web).expect(400)
  const members = (await add({ group_id: source.id }).expect(200)).body.security_group_rule
  assert.deepEqual(members.group, { name: 'b', tenant_id: projects.own })
  await add({ ip_protocol: 'icmp', from_port: -1, to_port: -1, cidr: 'fe80::/10' }).expect(200)
  for (const wrong of [
    { ...web, ip_protocol: 'sctp' },
    { ...web, from_port: 500 },
    { ...web, from_port: 0 },
    { ...web, to_port: 65_536 },
    { ip_protocol: 'tcp' },
    { from_port: 1, to_port: 2 },
    { ...web, cidr: '10.0.0.0/33' },
    { ...web, cidr: '10.0.0.0' },
    { ip_protocol: 'icmp', from_port: 256, to_port: 0 },
    { ...web, parent_group_id: 'no-uuid' },
  ]) {
    await add(wrong).expect(400)
  }
  await add({ ...web, parent_group_id: randomUUID() }).expect(404)
  await add({ group_id: randomUUID() }).expect(404)
  await add({ ...web, parent_group_id: 4711 }).expect(404)
  const shown = (await list()).find(({ id }) => id === group.id)
  assert.equal(shown?.rules.length, 3)
  await api.send('other', 'delete', `${rules}/${rule.id}`).expect(404)
  await api.send('member', 'delete', `${rules}/${rule.id}`).expect(202)
  await api.send('member', 'delete', `${rules}/${rule.id}`).expect(404)
  // With the group that it lets in goes the rule.
  await api.send('member', 'delete', `${root}/${source.id}`).expect(202)
  assert.equal((await list()).find(({ id }) => id === group.id)?.rules.length, 1)
})

test('a server is in the default group until told otherwise, and what it is in cannot be deleted', async () => {
  const path = `/compute/v2.1/servers/${(await api.addInstance()).id}`
  const groupsOf = async (of = path) =>
    (await api.send('reader', 'get', `${of}/os-security-groups`, { microversion: '2.93' })).body.security_groups.map(
      ({ name }: Group) => name,
    )
  const act = (kind: 'add' | 'remove', name: string, bearer: Bearer = 'member') =>
    api.send(bearer, 'post', `${path}/action`, { body: { [`${kind}SecurityGroup`]: { name } }, microversion: '2.93' })
  const shown = async () => {
    const detail = await api.send('reader', 'get', '/compute/v2.1/servers/detail')
    const { body } = await api.send('reader', 'get', path)
    const [listed] = detail.body.servers.filter(({ id }: { id: string }) => path.endsWith(id))
    assert.deepEqual(listed.security_groups, body.server.security_groups)
    return body.server.security_groups?.map(({ name }: Group) => name)
  }
  assert.deepEqual(await groupsOf(), ['default'])
  assert.deepEqual(await shown(), ['default'])
  const group = await made('a')
  await act('add', 'a').expect(202)
  assert.deepEqual(await groupsOf(), ['a', 'default'])
  assert.deepEqual(await shown(), ['a', 'default'])
  await api.send('member', 'put', `${root}/${group.id}`, { body: { security_group: { name: 'b' } } }).expect(200)
  assert.deepEqual(await shown(), ['b', 'default'], 'also when only the name is another')
  await api.send('member', 'put', `${root}/${group.id}`, { body: { security_group: { name: 'a' } } }).expect(200)
  await act('add', 'a').expect(400)
  await act('add', 'nowhere').expect(404)
  await act('add', 'a', 'other').expect(404)
  await api.send('member', 'delete', `${root}/${group.id}`).expect(400)
  await act('remove', 'default').expect(202)
  await act('remove', 'a').expect(202)
  await act('remove', 'a').expect(404)
  assert.deepEqual(await groupsOf(), [])
  assert.equal(await shown(), undefined)
  await api.send('member', 'delete', `${root}/${group.id}`).expect(202)
})

test('a server is made in the groups that it names', async () => {
  await api.send('admin', 'post', '/compute/v2.1/flavors', {
    body: { flavor: { id: '1', name: 'f', ram: 1, vcpus: 1, disk: 1 } },
  })
  const { id } = await made('a')
  const create = (...groups: string[]) =>
    api.send('member', 'post', '/compute/v2.1/servers', {
      body: {
        server: { name: 's', imageRef: imageId, flavorRef: '1', security_groups: groups.map((name) => ({ name })) },
      },
    })
  const { body } = await create('a', 'default').expect(202)
  assert.deepEqual(body.server.security_groups, [{ name: 'a' }, { name: 'default' }])
  const [, wanted] = api.asked[0] as [string, { attributes: { securityGroupIds: string[] } }]
  assert.deepEqual(wanted.attributes.securityGroupIds, [id, await idOfDefault()])
  await create('default').expect(202)
  assert.match((await create('nowhere').expect(400)).body.badRequest.message, /nowhere not found/)
})
