/**
 * The stage of the isolation walk: the whole service on a simulated host, a project with one of everything in it, and
 * everybody who might try to reach that: with real tokens, of a real login each.
 */
import { createHash } from 'node:crypto'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { readAdminPassword } from '../../src/cli/service-file.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { makeDelegations } from './isolation-delegations.ts'
import { startInProcess } from './start-in-process.ts'
import { waitForHosts, waitUntilSettled } from './servers.ts'
import { executeInDatabaseOf, queryDatabaseOf, testEngine } from './test-database.ts'

/** In every name, description and value of the victim's: is in no answer to anybody else. */
export const marker = 'zanzibar'

export const bearers = [
  'nobody',
  'made-up',
  'expired',
  'revoked',
  'unscoped',
  'outsider',
  'outside-reader',
  'reader',
  'owner',
  'admin',
] as const
export type Bearer = (typeof bearers)[number]

/** What the walk aims at, by name of path parameter or of placeholder in an example. */
export type Targets = Readonly<Record<string, string>>

export interface Call {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly text: string
}

export interface Stage {
  readonly targets: Targets
  send(bearer: Bearer, call: Call): Promise<Answer>
  /** Every row of every table in which the victim's ids stand, as text; what hosts merely observe is left out. */
  victimRows(): Promise<readonly string[]>
  stop(): Promise<void>
}

/** Parameters of paths that lead nowhere. */
const nowhere = Object.fromEntries(
  [
    ...['build_id', 'cell_id', 'certificate_id', 'console_id', 'default_rule_id', 'dns_domain', 'dns_name', 'fixed_ip'],
    ...['floating_ip_id', 'host_name', 'node_id', 'proxy_id', 'volume_id'],
  ].map((name) => [name, 'nowhere']),
)

const password = 'a password of the walk'
/** Echoed by the refusals of those who ask for it. */
const keypair = 'key-of-the-walk'

export async function setStage(): Promise<Stage> {
  process.env['POLYVISOR_TEST_VALIDATE_RESPONSES'] = '1'
  const service = await startInProcess({ 'driverConfig.sim.nodes': 1 })
  delete process.env['POLYVISOR_TEST_VALIDATE_RESPONSES']
  const json = async <T>(method: string, path: string, body?: object): Promise<T> =>
    (await (await service.client.send(method, path, body === undefined ? {} : { body })).json()) as T

  const makeProject = async (name: string): Promise<string> =>
    (await json<{ project: { id: string } }>('POST', '/identity/v3/projects', { project: { name } })).project.id
  const { roles } = await json<{ roles: { id: string; name: string }[] }>('GET', '/identity/v3/roles')
  const roleId = (name: string): string => roles.find((role) => role.name === name)?.id ?? ''
  const makeUser = async (name: string, projectId: string, role: string): Promise<string> => {
    const user = { name, password, default_project_id: projectId }
    const { id } = (await json<{ user: { id: string } }>('POST', '/identity/v3/users', { user })).user
    await service.client.send('PUT', `/identity/v3/projects/${projectId}/users/${id}/roles/${roleId(role)}`)
    return id
  }
  const logIn = async (name: string, scope?: 'unscoped', secret = password): Promise<string> => {
    const user = { name, domain: { id: 'default' }, password: secret }
    const auth = { identity: { methods: ['password'], password: { user } }, ...(scope === undefined ? {} : { scope }) }
    const response = await fetch(`${service.url}/identity/v3/auth/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ auth }),
    })
    await response.text()
    return response.headers.get('x-subject-token') ?? ''
  }

  const victim = await makeProject(`${marker}-project`)
  const elsewhere = await makeProject('elsewhere')
  const victimUser = await makeUser(`${marker}-owner`, victim, 'member')
  const group = await makeGroup(service.client, victim, victimUser, roleId('member'))
  await service.client.send('PUT', `/identity/v3/projects/${victim}/tags/tag`)
  await makeUser(`${marker}-reader`, victim, 'reader')
  await makeUser('outsider', elsewhere, 'member')
  await makeUser('outside-reader', elsewhere, 'reader')
  const tokens: Record<Bearer, string | undefined> = {
    nobody: undefined,
    'made-up': 'A'.repeat(43),
    expired: await logIn(`${marker}-owner`),
    revoked: await logIn(`${marker}-owner`),
    unscoped: await logIn(`${marker}-owner`, 'unscoped'),
    outsider: await logIn('outsider'),
    'outside-reader': await logIn('outside-reader'),
    reader: await logIn(`${marker}-reader`),
    owner: await logIn(`${marker}-owner`),
    admin: await logIn('admin', undefined, await readAdminPassword(service.dataDir)),
  }
  const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
  const expiredHash = hashOf(tokens.expired ?? '')
  await executeInDatabaseOf(service.dataDir, `update tokens set expires_at = 1 where token_hash = '${expiredHash}'`)
  const send = async (bearer: Bearer, { method, path, body, headers = {} }: Call): Promise<Answer> => {
    const token = tokens[bearer]
    const response = await fetch(`${service.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { 'x-auth-token': token }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text() }
  }
  const revoked = await send('owner', {
    method: 'DELETE',
    path: '/identity/v3/auth/tokens',
    headers: { 'x-subject-token': tokens.revoked ?? '' },
  })
  if (revoked.status !== 204) throw new Error(`the token was not revoked: ${revoked.text}`)

  const must = async <T>(bearer: Bearer, call: Call): Promise<T> => {
    const { status, text } = await send(bearer, call)
    if (status >= 300) throw new Error(`${bearer} ${call.method} ${call.path}: ${status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
  const post = <T>(bearer: Bearer, path: string, body: object, microversion = '2.1'): Promise<T> =>
    must(bearer, { method: 'POST', path, body, headers: { 'openstack-api-version': `compute ${microversion}` } })
  await waitForHosts(service.client)
  const flavor = { vcpus: 1, ram: 64, disk: 1 }
  const makeFlavor = async (name: string, isPublic: boolean): Promise<string> => {
    const body = { flavor: { ...flavor, name, 'os-flavor-access:is_public': isPublic } }
    return (await post<{ flavor: { id: string } }>('admin', '/compute/v2.1/flavors', body)).flavor.id
  }
  const publicFlavor = await makeFlavor('small', true)
  const privateFlavor = await makeFlavor(`${marker}-flavor`, false)
  await post('admin', `/compute/v2.1/flavors/${privateFlavor}/os-extra_specs`, { extra_specs: { key: marker } })
  const makeImage = async (bearer: Bearer, name: string, more: object = {}): Promise<string> => {
    const body = { name, ...more, disk_format: 'raw', container_format: 'bare', tags: ['tag'] }
    const { id } = await post<{ id: string }>(bearer, '/image/v2/images', body)
    const headers = { 'content-type': 'application/octet-stream' }
    await must(bearer, {
      method: 'PUT',
      path: `/image/v2/images/${id}/file`,
      headers,
      body: Buffer.alloc(4096, marker),
    })
    return id
  }
  const image = await makeImage('owner', `${marker}-image`, { key: marker })
  const task = await makeTask(send, must)
  const member = 'f'.repeat(32)
  await post('owner', `/image/v2/images/${image}/members`, { member })
  const publicImage = await makeImage('admin', 'public-image', { visibility: 'public' })
  await post('owner', '/compute/v2.1/os-keypairs', { keypair: { name: keypair } })
  const server = {
    name: `${marker}-server`,
    imageRef: image,
    flavorRef: publicFlavor,
    networks: 'auto',
    key_name: keypair,
    metadata: { key: marker },
    tags: ['tag'],
  }
  const made = await post<{ server: { id: string } }>('owner', '/compute/v2.1/servers', { server }, '2.52')
  await waitUntilSettled(service.client, made.server.id)
  const { interfaceAttachments } = await must<{ interfaceAttachments: { port_id: string; net_id: string }[] }>(
    'owner',
    {
      method: 'GET',
      path: `/compute/v2.1/servers/${made.server.id}/os-interface`,
    },
  )
  const groups = '/compute/v2.1/os-security-groups'
  const securityWords = { name: `${marker}-group`, description: marker }
  const madeGroup = await post<{ security_group: { id: string } }>('owner', groups, { security_group: securityWords })
  const securityGroup = madeGroup.security_group.id
  const { server_group: serverGroup } = await post<{ server_group: { id: string } }>(
    'owner',
    '/compute/v2.1/os-server-groups',
    { server_group: { name: `${marker}-servers`, policies: ['affinity'] } },
  )
  const { aggregate } = await post<{ aggregate: { id: number } }>('admin', '/compute/v2.1/os-aggregates', {
    aggregate: { name: 'rack' },
  })
  const rule = { parent_group_id: securityGroup, ip_protocol: 'tcp', from_port: 22, to_port: 22 }
  const madeRule = await post<{ security_group_rule: { id: string } }>(
    'owner',
    '/compute/v2.1/os-security-group-rules',
    { security_group_rule: rule },
  )
  const { operations } = await must<{ operations: { id: string; request_id: string }[] }>('owner', {
    method: 'GET',
    path: '/v1/operations',
  })
  const { hypervisors } = await must<{ hypervisors: { id: string }[] }>('admin', {
    method: 'GET',
    path: '/compute/v2.1/os-hypervisors',
    headers: { 'openstack-api-version': 'compute 2.53' },
  })
  const { application_credential: credential } = await post<{
    application_credential: { id: string; access_rules: { id: string }[] }
  }>('owner', `/identity/v3/users/${victimUser}/application_credentials`, {
    application_credential: {
      name: `${marker}-credential`,
      access_rules: [{ service: 'compute', method: 'GET', path: '/v2.1/servers' }],
    },
  })
  const lent = await makeDelegations(service.url, must, victim, victimUser)
  const catalog = await makeCatalog(post, must, victim)
  const { credential: kept } = await post<{ credential: { id: string } }>('owner', '/identity/v3/credentials', {
    credential: { type: 'certificate', blob: `${marker} key` },
  })
  const ec2 = await post<{ credential: { access: string } }>(
    'owner',
    `/identity/v3/users/${victimUser}/credentials/OS-EC2`,
    { tenant_id: victim },
  )
  const definitions = await makeDefinitions(post, victim)
  const consoles = `/compute/v2.1/servers/${made.server.id}/remote-consoles`
  const console = await post<{ remote_console: { url: string } }>(
    'owner',
    consoles,
    { remote_console: { protocol: 'serial', type: 'serial' } },
    '2.6',
  )
  const { agents } = await must<{ agents: { id: string }[] }>('admin', { method: 'GET', path: '/v1/agents' })
  const targets = {
    server_id: made.server.id,
    operation_id: operations[0]?.id ?? '',
    migration_id: '1',
    console_token: new URL(console.remote_console.url).searchParams.get('token') ?? '',
    request_id: operations[0]?.request_id ?? '',
    image_id: image,
    member_id: member,
    task_id: task,
    flavor_id: privateFlavor,
    keypair_name: keypair,
    project_id: victim,
    user_id: victimUser,
    domain_id: 'default',
    role_id: roleId('member'),
    implied_role_id: roleId('reader'),
    group_id: group,
    ...catalog,
    ...definitions,
    credential_id: kept.id,
    access: ec2.credential.access,
    application_credential_id: credential.id,
    ...lent,
    access_rule_id: credential.access_rules[0]?.id ?? '',
    hypervisor_id: hypervisors[0]?.id ?? '',
    host_id: hypervisors[0]?.id ?? '',
    compute_service_id: hypervisors[0]?.id ?? '',
    agent_id: agents[0]?.id ?? '',
    server_group_id: serverGroup.id,
    aggregate_id: String(aggregate.id),
    ...nowhere,
    alias: 'os-consoles',
    class_name: 'default',
    before: '2026-01-31 00:00:00',
    port_id: interfaceAttachments[0]?.port_id ?? '',
    network_id: interfaceAttachments[0]?.net_id ?? '',
    network_label: 'shared',
    security_group_id: securityGroup,
    security_group_name: securityWords.name,
    security_group_rule_id: madeRule.security_group_rule.id,
    key: 'key',
    tag: 'tag',
    public_flavor: publicFlavor,
    public_image: publicImage,
    owners_token: tokens.owner ?? '',
    password,
  }
  const ids = [victim, victimUser, group, privateFlavor, image, ...operations.map(({ id }) => id), made.server.id]
  return {
    targets,
    send,
    victimRows: () => rowsWith(service.dataDir, ids),
    async stop() {
      await service.stop()
    },
  }
}

type Post = <T>(bearer: Bearer, path: string, body: object) => Promise<T>
export type Must = <T>(bearer: Bearer, call: Call) => Promise<T>

/** A task on an image of the owner's, which has its data then. */
async function makeTask(send: Stage['send'], must: Must): Promise<string> {
  const words = { name: `${marker}-imported`, disk_format: 'raw', container_format: 'bare' }
  const images = '/image/v2/images'
  const { id } = await must<{ id: string }>('owner', { method: 'POST', path: images, body: words })
  const headers = { 'content-type': 'application/octet-stream' }
  await must('owner', { method: 'PUT', path: `${images}/${id}/stage`, headers, body: Buffer.alloc(4096) })
  const body = { method: { name: 'glance-direct' } }
  await must('owner', { method: 'POST', path: `${images}/${id}/import`, body })
  return waitUntil('the import to end', async () => {
    const { text } = await send('owner', { method: 'GET', path: `${images}/${id}/tasks` })
    const [task] = (JSON.parse(text) as { tasks: { id: string; status: string }[] }).tasks
    return task?.status === 'success' ? task.id : undefined
  })
}

/** What admins add to the catalog, given to the project alone; and a policy. */
async function makeCatalog(post: Post, must: Must, project: string) {
  const v3 = '/identity/v3'
  const make = async (path: string, key: string, body: object): Promise<string> =>
    (await post<Record<string, { id: string }>>('admin', `${v3}/${path}`, { [key]: body }))[key]?.id ?? ''
  const service = await make('services', 'service', { type: 'object-store' })
  const region = await make('regions', 'region', {})
  const place = { service_id: service, region_id: region, interface: 'public', url: 'http://swift' }
  const endpoint = await make('endpoints', 'endpoint', place)
  const filters = { service_id: service }
  const group = await make('OS-EP-FILTER/endpoint_groups', 'endpoint_group', { name: 'g', filters })
  const filter = `${v3}/OS-EP-FILTER`
  await must('admin', { method: 'PUT', path: `${filter}/projects/${project}/endpoints/${endpoint}` })
  await must('admin', { method: 'PUT', path: `${filter}/endpoint_groups/${group}/projects/${project}` })
  const config = { identity: { driver: 'sql' } }
  await must('admin', { method: 'PUT', path: `${v3}/domains/default/config`, body: { config } })
  const policy = await make('policies', 'policy', { type: 'text/plain', blob: 'a rule' })
  return {
    service_id: service,
    region_id: region,
    endpoint_id: endpoint,
    endpoint_group_id: group,
    policy_id: policy,
    group: 'identity',
    option: 'driver',
  }
}

/** A private namespace of the project's with one of everything, which admins alone can make. */
async function makeDefinitions(post: Post, project: string) {
  const [namespace, name] = ['definitions', 'definition']
  await post('admin', '/image/v2/metadefs/namespaces', {
    namespace,
    description: marker,
    owner: project,
    objects: [{ name }],
    properties: { [name]: { title: marker, type: 'string' } },
    tags: [{ name }],
    resource_type_associations: [{ name }],
  })
  return { namespace, name, schema_name: 'namespace' }
}

/** A group with the victim in it; both hold the role everywhere that roles can be held. */
async function makeGroup(client: ApiClient, project: string, user: string, role: string): Promise<string> {
  const body = { group: { name: `${marker}-group` } }
  const response = await client.send('POST', '/identity/v3/groups', { body })
  const { id } = ((await response.json()) as { group: { id: string } }).group
  await client.send('PUT', `/identity/v3/groups/${id}/users/${user}`)
  for (const holder of [`users/${user}`, `groups/${id}`]) {
    for (const place of [`projects/${project}`, 'domains/default']) {
      await client.send('PUT', `/identity/v3/${place}/${holder}/roles/${role}`)
      await client.send('PUT', `/identity/v3/OS-INHERIT/${place}/${holder}/roles/${role}/inherited_to_projects`)
    }
    await client.send('PUT', `/identity/v3/system/${holder}/roles/${role}`)
  }
  return id
}

const listTables = {
  sqlite: `select name from sqlite_master where type = 'table'`,
  postgres: `select tablename as name from pg_tables where schemaname = 'public'`,
}

async function rowsWith(dataDir: string, ids: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const { name } of await queryDatabaseOf(dataDir, listTables[testEngine])) {
    const rows = await queryDatabaseOf(dataDir, `select * from "${String(name)}"`)
    const texts = rows
      .filter((row) => name !== 'tokens' || Number(row['expires_at']) > Date.now())
      .map(({ observed_at: _observed, ...row }) => `${String(name)} ${JSON.stringify(row)}`)
      .filter((text) => ids.some((id) => text.includes(id)))
    // An unchanged row may have moved within its table.
    found.push(...texts.sort())
  }
  return found
}
