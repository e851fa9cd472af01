/** What an operator does with identity alone, command by command: everything made is taken away again. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenstackClient } from './openstack-client.ts'

interface Row {
  readonly [column: string]: unknown
}
type Step = readonly [string, () => Promise<void>]

export function identityWalk(openstack: OpenstackClient): readonly Step[] {
  return [
    ['domain create, list, show, set, delete', () => domains(openstack)],
    ['project create --parent --tag, list --tags, show --parents --children, set, delete', () => projects(openstack)],
    ['user create, list, show, set, password set, delete', () => users(openstack)],
    ['group create, add user, contains user, list, show, set, remove user, delete', () => groups(openstack)],
    ['role create, list, show, set, delete; role add, assignment list, remove', () => roles(openstack)],
    ['role add --inherited, --system; role assignment list --effective', () => inheritedRoles(openstack)],
    ['implied role create, list, delete', () => impliedRoles(openstack)],
    ['application credential create, list, show, delete; a login with it', () => applicationCredentials(openstack)],
    ['access rule list, show, delete', () => accessRules(openstack)],
    ['region, service and endpoint create, list, show, set, delete; catalog show', () => catalog(openstack)],
    ['endpoint add project, endpoint group create, list, show, delete', () => endpointFilters(openstack)],
    ['credential and ec2 credentials create, list, show, set, delete', () => credentials(openstack)],
    ['policy create, list, show, set, delete', () => policies(openstack)],
  ]
}

const named = (rows: readonly Row[], name: string): Row | undefined => rows.find((row) => row['Name'] === name)

async function domains(openstack: OpenstackClient): Promise<void> {
  const made = await openstack.json<Row>('domain', 'create', '--description', 'of the walk', 'walk-domain')
  assert.equal(made['enabled'], true)
  assert.ok(named(await openstack.json<readonly Row[]>('domain', 'list'), 'walk-domain'))
  await openstack.run('domain', 'set', '--disable', '--description', 'shut', 'walk-domain')
  const shown = await openstack.json<Row>('domain', 'show', 'walk-domain')
  assert.deepEqual([shown['enabled'], shown['description']], [false, 'shut'])
  await openstack.run('domain', 'delete', 'walk-domain')
  assert.equal(named(await openstack.json<readonly Row[]>('domain', 'list'), 'walk-domain'), undefined)
}

async function projects(openstack: OpenstackClient): Promise<void> {
  const top = await openstack.json<Row>('project', 'create', '--tag', 'walked', '--description', 'top', 'walk-top')
  const leaf = await openstack.json<Row>('project', 'create', '--parent', 'walk-top', 'walk-leaf')
  assert.equal(leaf['parent_id'], top['id'])
  const tagged = await openstack.json<readonly Row[]>('project', 'list', '--tags', 'walked')
  assert.deepEqual(
    tagged.map((row) => row['Name']),
    ['walk-top'],
  )
  await openstack.run('project', 'set', '--tag', 'again', '--description', 'changed', 'walk-top')
  const shown = await openstack.json<Row>('project', 'show', '--children', 'walk-top')
  assert.deepEqual([...(shown['tags'] as string[])].sort(), ['again', 'walked'])
  assert.ok(JSON.stringify(shown['subtree']).includes(String(leaf['id'])))
  const below = await openstack.json<Row>('project', 'show', '--parents', 'walk-leaf')
  assert.ok(JSON.stringify(below['parents']).includes(String(top['id'])))
  await assert.rejects(openstack.run('project', 'delete', 'walk-top'), /Projects are below this one/)
  await openstack.run('project', 'delete', 'walk-leaf', 'walk-top')
}

async function users(openstack: OpenstackClient): Promise<void> {
  const user = await openstack.json<Row>(
    ...(['user', 'create', '--password', 'first', '--email', 'w@example.org', '--project', 'admin'] as const),
    'walk-user',
  )
  assert.equal(user['email'], 'w@example.org')
  await openstack.run('role', 'add', '--user', 'walk-user', '--project', 'admin', 'reader')
  const own = openstack.withUser('walk-user', 'first')
  await own.run('user', 'password', 'set', '--original-password', 'first', '--password', 'second')
  const fresh = openstack.withUser('walk-user', 'second')
  assert.equal((await fresh.json<Row>('user', 'show', String(user['id'])))['name'], 'walk-user')
  await openstack.run('user', 'set', '--description', 'walks', '--disable', 'walk-user')
  assert.equal((await openstack.json<Row>('user', 'show', 'walk-user'))['enabled'], false)
  await assert.rejects(fresh.run('token', 'issue'), /401/)
  assert.ok(named(await openstack.json<readonly Row[]>('user', 'list'), 'walk-user'))
  await openstack.run('user', 'delete', 'walk-user')
}

async function groups(openstack: OpenstackClient): Promise<void> {
  await openstack.run('group', 'create', '--description', 'crew', 'walk-group')
  await openstack.run('group', 'add', 'user', 'walk-group', 'admin')
  assert.match(await openstack.run('group', 'contains', 'user', 'walk-group', 'admin'), /admin in group walk-group/)
  const members = await openstack.json<readonly Row[]>('user', 'list', '--group', 'walk-group')
  assert.ok(named(members, 'admin'))
  assert.ok(named(await openstack.json<readonly Row[]>('group', 'list', '--user', 'admin'), 'walk-group'))
  await openstack.run('group', 'set', '--description', 'changed', 'walk-group')
  assert.equal((await openstack.json<Row>('group', 'show', 'walk-group'))['description'], 'changed')
  await openstack.run('group', 'remove', 'user', 'walk-group', 'admin')
  await openstack.run('group', 'delete', 'walk-group')
}

async function roles(openstack: OpenstackClient): Promise<void> {
  await openstack.run('role', 'create', 'walk-role')
  await openstack.run('role', 'set', '--description', 'walks', 'walk-role')
  assert.equal((await openstack.json<Row>('role', 'show', 'walk-role'))['description'], 'walks')
  assert.ok(named(await openstack.json<readonly Row[]>('role', 'list'), 'walk-role'))
  const place = ['--user', 'admin', '--project', 'admin'] as const
  await openstack.run('role', 'add', ...place, 'walk-role')
  const held = await openstack.json<readonly Row[]>('role', 'assignment', 'list', ...place, '--names')
  assert.ok(held.some((row) => row['Role'] === 'walk-role'))
  await openstack.run('role', 'remove', ...place, 'walk-role')
  await openstack.run('role', 'delete', 'walk-role')
}

async function inheritedRoles(openstack: OpenstackClient): Promise<void> {
  await openstack.run('role', 'create', 'walk-role')
  const above = ['--user', 'admin', '--domain', 'default', '--inherited'] as const
  await openstack.run('role', 'add', ...above, 'walk-role')
  await openstack.run('role', 'add', '--user', 'admin', '--system', 'all', 'walk-role')
  const ask = ['role', 'assignment', 'list', '--names', '--user', 'admin', '--role', 'walk-role'] as const
  const assigned = await openstack.json<readonly Row[]>(...ask)
  assert.deepEqual(assigned.map((row) => [row['Inherited'], row['System']]).sort(), [
    [false, 'all'],
    [true, ''],
  ])
  const effective = await openstack.json<readonly Row[]>(...ask, '--effective', '--project', 'admin')
  assert.deepEqual(
    effective.map((row) => row['Role']),
    ['walk-role'],
  )
  await openstack.run('role', 'remove', ...above, 'walk-role')
  await openstack.run('role', 'remove', '--user', 'admin', '--system', 'all', 'walk-role')
  await openstack.run('role', 'delete', 'walk-role')
}

async function impliedRoles(openstack: OpenstackClient): Promise<void> {
  await openstack.run('role', 'create', 'walk-role')
  await openstack.run('implied', 'role', 'create', 'walk-role', '--implied-role', 'reader')
  const rules = await openstack.json<readonly Row[]>('implied', 'role', 'list')
  const pairs = rules.map((row) => `${String(row['Prior Role Name'])} ${String(row['Implied Role Name'])}`)
  assert.deepEqual(pairs.sort(), ['admin member', 'member reader', 'walk-role reader'])
  await openstack.run('implied', 'role', 'delete', 'walk-role', '--implied-role', 'reader')
  await openstack.run('role', 'delete', 'walk-role')
}

async function applicationCredentials(openstack: OpenstackClient): Promise<void> {
  const command = ['application', 'credential'] as const
  const made = await openstack.json<Row>(
    ...command,
    'create',
    '--role',
    'reader',
    '--secret',
    'walk',
    'walk-credential',
  )
  assert.equal(made['secret'], 'walk')
  assert.ok(named(await openstack.json<readonly Row[]>(...command, 'list'), 'walk-credential'))
  assert.equal((await openstack.json<Row>(...command, 'show', 'walk-credential'))['unrestricted'], false)
  const bearer = openstack.withApplicationCredential(String(made['id']), 'walk')
  assert.equal((await bearer.json<Row>('token', 'issue'))['project_id'], made['project_id'])
  await assert.rejects(bearer.run('role', 'list'), /needs the role admin/)
  await openstack.run(...command, 'delete', 'walk-credential')
  await assert.rejects(bearer.run('token', 'issue'), /401/)
}

async function accessRules(openstack: OpenstackClient): Promise<void> {
  const command = ['application', 'credential'] as const
  const rules = JSON.stringify([{ service: 'compute', method: 'GET', path: '/v2.1/servers' }])
  await openstack.run(...command, 'create', '--access-rules', rules, 'walk-credential')
  await openstack.run(...command, 'delete', 'walk-credential')
  const [rule] = await openstack.json<readonly Row[]>('access', 'rule', 'list')
  const id = String(rule?.['ID'])
  assert.equal((await openstack.json<Row>('access', 'rule', 'show', id))['path'], '/v2.1/servers')
  await openstack.run('access', 'rule', 'delete', id)
  assert.deepEqual(await openstack.json('access', 'rule', 'list'), [])
}

async function catalog(openstack: OpenstackClient): Promise<void> {
  await openstack.run('region', 'create', '--description', 'far', 'walk-region')
  await openstack.run('region', 'set', '--description', 'farther', 'walk-region')
  assert.equal((await openstack.json<Row>('region', 'show', 'walk-region'))['description'], 'farther')
  await openstack.run('service', 'create', '--name', 'walk-swift', 'object-store')
  await openstack.run('service', 'set', '--description', 'walks', 'walk-swift')
  assert.equal((await openstack.json<Row>('service', 'show', 'walk-swift'))['description'], 'walks')
  assert.ok(named(await openstack.json<readonly Row[]>('service', 'list'), 'walk-swift'))
  const url = 'http://swift.example/v1/AUTH_$(project_id)s'
  const args = ['--region', 'walk-region', 'walk-swift', 'public', url] as const
  const made = await openstack.json<Row>('endpoint', 'create', ...args)
  const id = String(made['id'])
  await openstack.run('endpoint', 'set', '--url', `${url}/x`, id)
  assert.equal((await openstack.json<Row>('endpoint', 'show', id))['url'], `${url}/x`)
  assert.equal((await openstack.json<readonly Row[]>('endpoint', 'list', '--service', 'walk-swift')).length, 1)
  const shown = await openstack.json<{ endpoints: readonly Row[] }>('catalog', 'show', 'object-store')
  assert.match(String(shown.endpoints[0]?.['url']), /AUTH_[0-9a-f]{32}\/x$/)
  assert.ok((await openstack.json<readonly Row[]>('region', 'list')).some((row) => row['Region'] === 'walk-region'))
  await openstack.run('endpoint', 'delete', id)
  await openstack.run('service', 'delete', 'walk-swift')
  await openstack.run('region', 'delete', 'walk-region')
}

async function endpointFilters(openstack: OpenstackClient): Promise<void> {
  await openstack.run('project', 'create', 'walk-project')
  const [endpoint] = await openstack.json<readonly Row[]>('endpoint', 'list', '--service', 'image')
  const id = String(endpoint?.['ID'])
  await openstack.run('endpoint', 'add', 'project', id, 'walk-project')
  const seen = await openstack.json<readonly Row[]>('endpoint', 'list', '--project', 'walk-project')
  assert.deepEqual(
    seen.map((row) => row['ID']),
    [id],
  )
  await openstack.run('endpoint', 'remove', 'project', id, 'walk-project')
  await endpointGroups(openstack)
  await openstack.run('project', 'delete', 'walk-project')
}

/** `walk-project` is there. */
async function endpointGroups(openstack: OpenstackClient): Promise<void> {
  const command = ['endpoint', 'group'] as const
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-walk-'))
  try {
    const filters = join(folder, 'filters.json')
    await writeFile(filters, JSON.stringify({ interface: 'public' }))
    await openstack.run(...command, 'create', 'walk-group', filters)
    await openstack.run(...command, 'set', '--description', 'walks', 'walk-group')
    assert.equal((await openstack.json<Row>(...command, 'show', 'walk-group'))['description'], 'walks')
    await openstack.run(...command, 'add', 'project', 'walk-group', 'walk-project')
    const given = await openstack.json<readonly Row[]>(...command, 'list', '--project', 'walk-project')
    assert.ok(named(given, 'walk-group'))
    await openstack.run(...command, 'remove', 'project', 'walk-group', 'walk-project')
    await openstack.run(...command, 'delete', 'walk-group')
    assert.deepEqual(await openstack.json(...command, 'list'), [])
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function credentials(openstack: OpenstackClient): Promise<void> {
  const made = await openstack.json<Row>('credential', 'create', '--type', 'cert', 'admin', 'a secret')
  const id = String(made['id'])
  await openstack.run('credential', 'set', '--user', 'admin', '--type', 'cert', '--data', 'another', id)
  assert.equal((await openstack.json<Row>('credential', 'show', id))['blob'], 'another')
  assert.ok((await openstack.json<readonly Row[]>('credential', 'list')).some((row) => row['ID'] === id))
  await openstack.run('credential', 'delete', id)
  const keys = await openstack.json<Row>('ec2', 'credentials', 'create')
  const access = String(keys['access'])
  assert.equal((await openstack.json<Row>('ec2', 'credentials', 'show', access))['secret'], keys['secret'])
  assert.equal((await openstack.json<readonly Row[]>('ec2', 'credentials', 'list')).length, 1)
  await openstack.run('ec2', 'credentials', 'delete', access)
}

async function policies(openstack: OpenstackClient): Promise<void> {
  const made = await openstack.json<Row>('policy', 'create', '--type', 'text/plain', '/etc/hostname')
  const id = String(made['id'])
  await openstack.run('policy', 'set', '--type', 'text/yaml', id)
  assert.equal((await openstack.json<Row>('policy', 'show', id))['type'], 'text/yaml')
  assert.equal((await openstack.json<readonly Row[]>('policy', 'list')).length, 1)
  await openstack.run('policy', 'delete', id)
}
