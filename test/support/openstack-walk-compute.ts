/** What tenants and operators do with compute beyond one server's life, command by command: everything made is taken away again. */
import assert from 'node:assert/strict'
import { waitUntil } from '../../src/util/wait-until.ts'
import type { OpenstackClient } from './openstack-client.ts'

interface Row {
  readonly [column: string]: unknown
}
type Step = readonly [string, () => Promise<void>]

export interface ComputeWalkOptions {
  readonly image: string
  readonly flavor: string
}

const server = 'walk-other'
/** What the client asks for by itself is 2.1: newer commands name theirs. */
const newest = ['--os-compute-api-version', '2.92']

export function computeWalk(openstack: OpenstackClient, options: ComputeWalkOptions): readonly Step[] {
  const { image, flavor } = options
  return [
    ['keypair create, list, show', () => keypairs(openstack)],
    [
      'server create --key-name --property --wait, server list --all-projects --long',
      async () => {
        const args = ['--image', image, '--flavor', flavor, '--key-name', 'walk-key', '--property', 'of=walk', '--wait']
        await openstack.run(...newest, 'server', 'create', ...args, '--network', 'auto', server)
        const [row] = await openstack.json<readonly Row[]>(...newest, 'server', 'list', '--all-projects', '--long')
        assert.equal(row?.['Name'], server)
        assert.equal(row['Power State'], 1)
        assert.deepEqual(row['Properties'], { of: 'walk' })
      },
    ],
    ['server set, unset', () => changes(openstack)],
    ['server migrate --wait, migrate confirm, migration revert, list', () => migrations(openstack)],
    ['server migrate --live-migration, compute service set --down, server evacuate', () => hostsThatGo(openstack)],
    ['server event list, show', () => events(openstack)],
    ['security group create, list, rule create; server add and remove security group', () => securityGroups(openstack)],
    ['server group create, list, show, delete; server create --hint group', () => serverGroups(openstack, options)],
    ['server delete --wait, keypair delete', () => end(openstack)],
    ['flavor create --private --project, set, show, unset, delete', () => flavors(openstack)],
    ['quota show, set; limits show --absolute', () => quotas(openstack)],
    ['hypervisor list --long, show, stats show', () => hypervisors(openstack)],
    ['availability zone list --compute --long', () => zones(openstack)],
    ['aggregate create, add host, set, list, show, remove host, delete', () => aggregates(openstack)],
    ['compute service set --disable --disable-reason, --enable', () => services(openstack)],
    ['usage list, show', () => usage(openstack)],
    ['versions show', () => versions(openstack)],
  ]
}

const shown = (openstack: OpenstackClient, ...as: readonly string[]): Promise<Row> =>
  openstack.json<Row>(...as, 'server', 'show', server)

async function keypairs(openstack: OpenstackClient): Promise<void> {
  const key = await openstack.run('keypair', 'create', 'walk-key')
  assert.match(key, /^-----BEGIN/)
  const list = await openstack.json<readonly Row[]>('keypair', 'list')
  assert.deepEqual(
    list.map((row) => row['Name']),
    ['walk-key'],
  )
  assert.match(await openstack.run('keypair', 'show', '--public-key', 'walk-key'), /^ssh-/)
}

async function changes(openstack: OpenstackClient): Promise<void> {
  await openstack.run('server', 'set', '--property', 'also=this', '--name', `${server}-renamed`, server)
  const row = await openstack.json<Row>('server', 'show', `${server}-renamed`)
  assert.deepEqual(row['properties'], { also: 'this', of: 'walk' })
  await openstack.run('server', 'unset', '--property', 'also', `${server}-renamed`)
  await openstack.run('server', 'set', '--name', server, `${server}-renamed`)
  assert.deepEqual((await shown(openstack))['properties'], { of: 'walk' })
}

async function hostNow(openstack: OpenstackClient): Promise<string> {
  return String((await shown(openstack))['OS-EXT-SRV-ATTR:host'])
}

async function migrations(openstack: OpenstackClient): Promise<void> {
  const first = await hostNow(openstack)
  await openstack.run('server', 'migrate', '--wait', server)
  const second = await hostNow(openstack)
  assert.notEqual(second, first)
  await openstack.run('server', 'migrate', 'confirm', server)
  await until(openstack, 'ACTIVE')
  await openstack.run('server', 'migrate', '--wait', server)
  await openstack.run('server', 'migration', 'revert', server)
  await until(openstack, 'ACTIVE')
  assert.equal(await hostNow(openstack), second)
  const list = await openstack.json<readonly Row[]>(...newest, 'server', 'migration', 'list', '--server', server)
  assert.deepEqual(
    list.map((row) => [row['Type'], row['Status'], row['Dest Compute'] === second]),
    [
      ['migration', 'reverted', false],
      ['migration', 'confirmed', true],
    ],
  )
}

async function hostsThatGo(openstack: OpenstackClient): Promise<void> {
  const first = await hostNow(openstack)
  await openstack.run(...newest, 'server', 'migrate', '--live-migration', '--wait', server)
  const second = await hostNow(openstack)
  assert.notEqual(second, first)
  await openstack.run(...newest, 'compute', 'service', 'set', '--down', second, 'nova-compute')
  try {
    // The client asks for it, and then falls over what its own library returns, whatever the cloud answered.
    await assert.rejects(openstack.run(...newest, 'server', 'evacuate', server), /'TupleWithMeta' object has no/)
    const isAway = async (): Promise<true | undefined> => ((await hostNow(openstack)) === second ? undefined : true)
    await waitUntil('it to be on another host', isAway, { timeoutMs: 60_000 })
    await until(openstack, 'ACTIVE')
  } finally {
    await openstack.run(...newest, 'compute', 'service', 'set', '--up', second, 'nova-compute')
  }
}

async function until(openstack: OpenstackClient, status: string): Promise<void> {
  await waitUntil(status, async () => ((await shown(openstack))['status'] === status ? true : undefined), {
    timeoutMs: 60_000,
  })
}

async function events(openstack: OpenstackClient): Promise<void> {
  const list = await openstack.json<readonly Row[]>('server', 'event', 'list', server)
  assert.ok(list.some((row) => row['Action'] === 'create'))
  const id = String(list.find((row) => row['Action'] === 'create')?.['Request ID'])
  const event = await openstack.json<Row>('server', 'event', 'show', server, id)
  assert.equal(event['action'], 'create')
}

async function securityGroups(openstack: OpenstackClient): Promise<void> {
  await openstack.run('security', 'group', 'create', '--description', 'of the walk', 'walk-group')
  const list = await openstack.json<readonly Row[]>('security', 'group', 'list')
  assert.deepEqual(list.map((row) => row['Name']).sort(), ['default', 'walk-group'])
  await openstack.run('security', 'group', 'rule', 'create', '--protocol', 'tcp', '--dst-port', '22', 'walk-group')
  await openstack.run('server', 'add', 'security', 'group', server, 'walk-group')
  await openstack.run('server', 'remove', 'security', 'group', server, 'walk-group')
  await openstack.run('security', 'group', 'delete', 'walk-group')
}

async function serverGroups(openstack: OpenstackClient, { image, flavor }: ComputeWalkOptions): Promise<void> {
  const group = await openstack.json<Row>('server', 'group', 'create', '--policy', 'affinity', 'walk-affinity')
  const hint = ['--hint', `group=${String(group['id'])}`]
  await openstack.run('server', 'create', '--image', image, '--flavor', flavor, ...hint, '--wait', 'walk-member')
  const row = await openstack.json<{ members: unknown }>('server', 'group', 'show', 'walk-affinity')
  const member = await openstack.json<Row>('server', 'show', 'walk-member')
  assert.ok(JSON.stringify(row.members).includes(String(member['id'])))
  assert.equal((await openstack.json<readonly Row[]>('server', 'group', 'list')).length, 1)
  await openstack.run('server', 'delete', '--wait', 'walk-member')
  await openstack.run('server', 'group', 'delete', 'walk-affinity')
}

async function end(openstack: OpenstackClient): Promise<void> {
  await openstack.run('server', 'delete', '--wait', server)
  assert.deepEqual(await openstack.json('server', 'list'), [])
  await openstack.run('keypair', 'delete', 'walk-key')
}

async function flavors(openstack: OpenstackClient): Promise<void> {
  const name = 'walk-private'
  await openstack.run('flavor', 'create', '--private', '--ram', '64', '--vcpus', '1', '--disk', '1', name)
  await openstack.run('flavor', 'set', '--property', 'hw:cpu_policy=shared', '--project', 'admin', name)
  const flavor = await openstack.json<Row>('flavor', 'show', name)
  assert.equal(flavor['os-flavor-access:is_public'], false)
  assert.deepEqual(flavor['properties'], { 'hw:cpu_policy': 'shared' })
  await openstack.run('flavor', 'unset', '--property', 'hw:cpu_policy', '--project', 'admin', name)
  assert.deepEqual((await openstack.json<Row>('flavor', 'show', name))['properties'], {})
  await openstack.run('flavor', 'delete', name)
}

async function quotas(openstack: OpenstackClient): Promise<void> {
  await openstack.run('quota', 'set', '--cores', '50', 'admin')
  assert.match(await openstack.run('quota', 'show', 'admin'), /cores\s+\|\s+50/)
  assert.match(await openstack.run('limits', 'show', '--absolute'), /maxTotalCores\s+\|\s+50/)
}

async function hypervisors(openstack: OpenstackClient): Promise<void> {
  const [row] = await openstack.json<readonly Row[]>('hypervisor', 'list', '--long')
  const name = String(row?.['Hypervisor Hostname'])
  assert.equal((await openstack.json<Row>('hypervisor', 'show', name))['hypervisor_hostname'], name)
  const stats = await openstack.json<Row>('hypervisor', 'stats', 'show')
  assert.ok(Number(stats['count']) >= 1)
}

async function zones(openstack: OpenstackClient): Promise<void> {
  const list = await openstack.json<readonly Row[]>('availability', 'zone', 'list', '--compute', '--long')
  assert.ok(list.some((row) => row['Zone Name'] === 'nova' && row['Zone Status'] === 'available'))
}

async function aggregates(openstack: OpenstackClient): Promise<void> {
  const [host] = await openstack.json<readonly Row[]>('compute', 'service', 'list', '--service', 'nova-compute')
  const name = String(host?.['Host'])
  await openstack.run('aggregate', 'create', '--zone', 'walk-zone', 'walk-aggregate')
  await openstack.run('aggregate', 'add', 'host', 'walk-aggregate', name)
  await openstack.run('aggregate', 'set', '--property', 'ssd=true', 'walk-aggregate')
  const shownAs = await openstack.json<Row>('aggregate', 'show', 'walk-aggregate')
  assert.deepEqual([shownAs['hosts'], shownAs['availability_zone']], [[name], 'walk-zone'])
  const zonesNow = await openstack.json<readonly Row[]>('availability', 'zone', 'list', '--compute')
  assert.ok(zonesNow.some((row) => row['Zone Name'] === 'walk-zone'))
  assert.equal((await openstack.json<readonly Row[]>('aggregate', 'list', '--long')).length, 1)
  await openstack.run('aggregate', 'unset', '--property', 'ssd', 'walk-aggregate')
  await openstack.run('aggregate', 'remove', 'host', 'walk-aggregate', name)
  await openstack.run('aggregate', 'delete', 'walk-aggregate')
}

async function services(openstack: OpenstackClient): Promise<void> {
  const list = (): Promise<readonly Row[]> =>
    openstack.json<readonly Row[]>('compute', 'service', 'list', '--service', 'nova-compute', '--long')
  const host = String((await list())[0]?.['Host'])
  const of = ['--disable-reason', 'the walk', host, 'nova-compute']
  await openstack.run('compute', 'service', 'set', '--disable', ...of)
  const disabled = (await list()).find((row) => row['Host'] === host)
  assert.deepEqual([disabled?.['Status'], disabled?.['Disabled Reason']], ['disabled', 'the walk'])
  await openstack.run('compute', 'service', 'set', '--enable', host, 'nova-compute')
  assert.equal((await list()).find((row) => row['Host'] === host)?.['Status'], 'enabled')
}

async function usage(openstack: OpenstackClient): Promise<void> {
  const list = await openstack.json<readonly Row[]>('usage', 'list')
  assert.ok(list.some((row) => (row['Servers'] as readonly Row[]).some(({ name }) => name === server)))
  const own = await openstack.json<{ Servers: readonly Row[] }>('usage', 'show')
  assert.ok(own.Servers.some(({ name }) => name === server))
}

async function versions(openstack: OpenstackClient): Promise<void> {
  const list = await openstack.json<readonly Row[]>('versions', 'show')
  for (const type of ['compute', 'identity', 'image']) assert.ok(list.some((row) => row['Service Type'] === type))
}
