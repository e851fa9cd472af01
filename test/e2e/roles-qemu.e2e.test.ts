/**
 * The roles as docker-compose.yml starts them: two apis, two conductors, PostgreSQL and RabbitMQ, and two agents with
 * real QEMU, each on a machine of its own as far as the network goes. They reach the apis and RabbitMQ over one link
 * each, and nothing else.
 */
// One database is enough: it starts a PostgreSQL of its own, whatever the switch says.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { ApiClient } from '../../src/cli/api-client.ts'
import type { components } from '../../src/contract/types.gen.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { Cloud } from '../support/cloud.ts'
import { CutOffWork } from '../support/cut-off-work.ts'
import { findLeftoverRows, findLeftoversOnHost } from '../support/leftovers.ts'
import { NetworkNamespace, namespacesMissing } from '../support/network-namespaces.ts'
import { OpenstackClient, openstackMissing } from '../support/openstack-client.ts'
import { postgresMissing } from '../support/postgres-server.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import { QemuObserver } from '../support/qemu-observer.ts'
import { rabbitmqMissing } from '../support/rabbitmq-server.ts'
import {
  createFlavor,
  createServer,
  deleteServer,
  readConsole,
  uploadImage,
  waitForConsole,
  waitUntilSettled,
  type HostView,
  type ServerView,
} from '../support/servers.ts'
import { makeDataDir, removeDataDir } from '../support/start-service.ts'
import { guestMarker, makeTestGuest } from '../support/test-guest.ts'

const skip = qemuMissing || (postgresMissing() ?? false) || rabbitmqMissing || namespacesMissing
const agents = ['agent-1', 'agent-2'] as const
type AgentName = (typeof agents)[number]

/** OS-EXT-STS:power_state */
const power = { noState: 0, running: 1 } as const
/** A host that is silent for 8 s is down; its agent then needs its connection back. */
const patient = { timeoutMs: 120_000, everyMs: 100 }
const cutOffMs = 60_000
/** On its way for long enough to be cut. */
const largeBytes = 384 * 1024 ** 2

type Server = ServerView & { readonly 'OS-EXT-STS:power_state': number; readonly host_status: string }
interface Guest {
  readonly id: string
  readonly pid: number
}

describe('the roles in processes of their own', { skip, timeout: 900_000 }, () => {
  const namespaces = new Map<AgentName, NetworkNamespace>()
  const guests = new Map<AgentName, Guest>()
  let folder: string
  let cloud: Cloud
  /** The admin, by way of either api. */
  let first: ApiClient
  let second: ApiClient
  let imageFile: string
  let imageId: string
  let flavorId: string

  before(async () => {
    folder = await makeDataDir()
    imageFile = await makeTestGuest(folder)
    const commands = new Map<string, string>()
    for (const [index, name] of agents.entries()) {
      const namespace = NetworkNamespace.make(index + 1)
      namespaces.set(name, namespace)
      commands.set(name, await namespace.writeCommand(folder))
    }
    cloud = await Cloud.start({
      apis: 2,
      conductors: 2,
      agents: 2,
      address: namespaceOf('agent-1').outside,
      agentEnvironment: {
        POLYVISOR_DRIVERS: 'qemu',
        POLYVISOR_DRIVER_CONFIG: JSON.stringify({ qemu: { daemon: 'own' } }),
      },
      environmentFor: (name) => (isAgent(name) ? { POLYVISOR_HOST_NAME: name } : {}),
      commandFor: (name) => commands.get(name),
    })
    first = await cloud.client('api-1')
    second = await cloud.client('api-2')
  })
  after(async () => {
    await cloud?.end()
    for (const namespace of namespaces.values()) namespace.remove()
    await removeDataDir(folder)
  })

  test('hosts join by themselves and pass their test', async () => {
    const hosts = await waitUntil(
      'both hosts',
      async () => {
        const found = await hostsNow()
        const ready = found.filter(({ up, healthy, smoke_test: { state } }) => up && healthy && state === 'passed')
        return ready.length === agents.length ? ready : undefined
      },
      patient,
    )
    assert.deepEqual(hosts.map(({ name }) => name).sort(), [...agents])
    assert.equal(new Set(hosts.map(({ id }) => id)).size, agents.length)
  })

  test('a real guest boots on each of them; its image came over HTTP by addresses for one use', async () => {
    imageId = await uploadImage(first, imageFile)
    flavorId = await createFlavor(first, 'guest')
    // Two that are asked for at once go to two hosts, unless one was slow to say what it has.
    for (let count = 1; guests.size < agents.length && count <= 4; count += 1) {
      const id = await createServer(first, imageId, flavorId, `guest-${count}`)
      const server = await waitUntilSettled(second, id)
      assert.equal(server.status, 'ACTIVE', server.fault?.message)
      const host = server['OS-EXT-SRV-ATTR:hypervisor_hostname'] ?? ''
      assert.ok(isAgent(host), `it is on ${host}`)
      if (guests.has(host)) await deleteServer(first, id)
      else guests.set(host, { id, pid: pidOf(host, id) })
    }
    assert.deepEqual([...guests.keys()].sort(), [...agents], 'each host has one')
    await Promise.all([...guests.values()].map(({ id }) => waitForConsole(second, id, guestMarker)))
    const sha256 = createHash('sha256')
      .update(await readFile(imageFile))
      .digest('hex')
    for (const name of agents) {
      assert.ok(existsSync(join(observerOf(name).stateDir, 'cache', `${sha256}.raw`)), `${name} keeps it by its hash`)
    }
    assert.ok((await downloadsOf('api-1')) >= agents.length, 'both fetched it')
    const unused = await cloud.postgres.query('select image_id from image_addresses')
    assert.deepEqual(unused, [], 'each address was used up')
  })

  test('a wrong or a rotated enrolment secret is refused, and logged without being printed', async () => {
    const known = await agentsNow()
    const refuse = async (name: string, secret: string): Promise<void> => {
      const file = join(folder, `${name}-secret`)
      await writeFile(file, `${secret}\n`)
      const environment = { POLYVISOR_ENROLMENT_SECRET_FILE: file, POLYVISOR_HOST_NAME: name, ...onSim }
      const { dataDir } = await cloud.add('agent', name)
      await assert.rejects(cloud.up(name, environment))
      const itsLog = await readFile(join(dataDir, 'service.log'), 'utf8')
      assert.match(itsLog, /The control plane refused this agent/)
      const refusals = logOf('api-1')
        .split('\n')
        .filter((line) => line.includes('its enrolment secret is wrong') && line.includes(`"${name}"`))
      assert.equal(refusals.length, 1)
      for (const text of [itsLog, logOf('api-1'), logOf('api-2')]) assert.ok(!text.includes(secret), 'it is printed')
    }
    const shared = join(cloud.shared, 'enrolment-secret')
    const oldSecret = (await readFile(shared, 'utf8')).trim()
    await refuse('agent-guessing', 'a guess of somebody, 4711')
    const newSecret = 'rotated, and known to few: 0815'
    await writeFile(shared, `${newSecret}\n`)
    await refuse('agent-late', oldSecret)
    assert.deepEqual(await agentsNow(), known, 'neither joined')

    await cloud.add('agent', 'agent-new')
    await cloud.up('agent-new', { POLYVISOR_HOST_NAME: 'agent-new', ...onSim })
    const joined = (await agentsNow()).filter(({ id }) => !known.some((agent) => agent.id === id))
    assert.deepEqual(
      joined.map(({ name }) => name),
      ['agent-new'],
    )
    assert.ok(!logOf('api-1').includes(newSecret))
    for (const name of agents) assert.equal((await hostOf(name)).up, true, 'who has joined stays')
    assert.equal(await cloud.down('agent-new'), 0)
    await first.send('DELETE', `/v1/agents/${joined[0]?.id}`)
  })

  test('a host that is cut off is down and its guest missing, never stopped; then the truth is told again', async () => {
    const guest = guestOf('agent-1')
    namespaceOf('agent-1').linkDown()
    await waitUntil('its host to be down', async () => ((await hostOf('agent-1')).up ? undefined : true), patient)
    const missing = await show(guest)
    assert.equal(missing['OS-EXT-STS:power_state'], power.noState)
    assert.equal(missing.status, 'ACTIVE')
    assert.equal(missing.host_status, 'DOWN')
    const other = await show(guestOf('agent-2'))
    assert.equal(other['OS-EXT-STS:power_state'], power.running, 'the other host has no part in it')
    assert.equal(pidOf('agent-1', guest.id), guest.pid, 'it runs all the time')

    namespaceOf('agent-1').linkUp()
    await isRunningAgain('agent-1')
  })

  test('after a minute without network all is told and done that was begun, deleted or ended meanwhile', async () => {
    const largeFile = join(folder, 'large.raw')
    await writeFile(largeFile, Buffer.concat([await readFile(imageFile), randomBytes(largeBytes)]))
    const largeImageId = await uploadImage(first, largeFile, 'large')
    const takesServers = async (takes: boolean): Promise<unknown> =>
      first.send('PUT', `/compute/v2.1/os-services/${takes ? 'enable' : 'disable'}`, {
        body: { host: 'agent-2', binary: 'nova-compute' },
      })
    await takesServers(false)
    const [host, other] = [observerOf('agent-1'), observerOf('agent-2')]
    const work = await CutOffWork.begin({ client: second, imageId, largeImageId, flavorId, host, other })
    namespaceOf('agent-1').linkDown()
    const cutAt = performance.now()
    await takesServers(true)
    await waitUntil('its host to be down', async () => ((await hostOf('agent-1')).up ? undefined : true), patient)
    await work.goOn()
    const isOver = (): true | undefined => (performance.now() - cutAt > cutOffMs ? true : undefined)
    await waitUntil('the minute to pass', isOver, { timeoutMs: 2 * cutOffMs, everyMs: 1_000 })
    namespaceOf('agent-1').linkUp()
    await isRunningAgain('agent-1')
    await work.expectTruth()
  })

  test('an agent that is stopped in order says so at once; its guest goes on', async () => {
    const { id: hostId } = await hostOf('agent-2')
    assert.equal(await cloud.down('agent-2'), 0)
    await waitUntil('its host to be down', async () => ((await hostOf('agent-2')).up ? undefined : true), patient)
    const noticed = ['conductor-1', 'conductor-2'].some((name) =>
      logOf(name)
        .split('\n')
        .some((line) => line.includes('fell silent') && line.includes(hostId)),
    )
    assert.equal(noticed, false, 'it was told, not noticed')
    const guest = guestOf('agent-2')
    assert.equal(pidOf('agent-2', guest.id), guest.pid)
    assert.equal((await show(guest)).status, 'ACTIVE')

    await cloud.up('agent-2')
    await isRunningAgain('agent-2')
  })

  test(
    'a guest is migrated cold by Debian’s client: back after a revert, there after a confirmation',
    {
      skip: openstackMissing,
    },
    async () => {
      const guest = guestOf('agent-1')
      const openstack = new OpenstackClient(cloud.get('api-1').running?.openrc ?? {})
      const isOn = async (there: AgentName, status: string): Promise<void> => {
        await waitUntil(status, async () => ((await show(guest)).status === status ? true : undefined), patient)
        assert.equal((await show(guest))['OS-EXT-SRV-ATTR:hypervisor_hostname'], there)
        assert.equal(await observerOf(there).domainState(guest.id), 'running')
      }
      await openstack.run('server', 'migrate', '--wait', guest.id)
      await isOn('agent-2', 'VERIFY_RESIZE')
      assert.equal(await observerOf('agent-1').domainState(guest.id), 'shut off')
      // It came up from the disk that was sent; and what is not up would not hear that it shall shut down.
      await waitForConsole(first, guest.id, guestMarker)
      await openstack.run('server', 'migration', 'revert', guest.id)
      await isOn('agent-1', 'ACTIVE')
      assert.equal(await observerOf('agent-2').domainState(guest.id), 'gone')
      await waitUntil('its second boot', async () => ((await bootsOf(guest.id)) >= 2 ? true : undefined), patient)

      await openstack.run('server', 'migrate', '--wait', guest.id)
      await openstack.run('server', 'migration', 'confirm', guest.id)
      await isOn('agent-2', 'ACTIVE')
      assert.equal(await observerOf('agent-1').domainState(guest.id), 'gone')
      await waitForConsole(first, guest.id, guestMarker)
    },
  )

  test('Debian’s client moves a guest to the other host while it runs', { skip: openstackMissing }, async () => {
    const { id } = guestOf('agent-1')
    const options = ['--live-migration', '--host', 'agent-1', '--wait', id]
    const openstack = new OpenstackClient(cloud.get('api-1').running?.openrc ?? {})
    await openstack.run('--os-compute-api-version', '2.30', 'server', 'migrate', ...options)
    const server = await waitUntilSettled(second, id)
    assert.equal(server['OS-EXT-SRV-ATTR:hypervisor_hostname'], 'agent-1', server.fault?.message)
    assert.equal(server.status, 'ACTIVE')
    await waitUntil('the old host to be rid of it', async () =>
      (await observerOf('agent-2').domainState(id)) === 'gone' ? true : undefined,
    )
    assert.equal(await observerOf('agent-1').domainState(id), 'running')
    // What it wrote before stayed on the old host.
    assert.equal(await bootsOf(id), 0, 'it did not boot again')
  })

  test('a drain moves what is left to the other host', async () => {
    const { id } = await hostOf('agent-2')
    const answer = await first.send('POST', `/v1/hosts/${id}/drain`, { body: {} })
    const { drain } = (await answer.json()) as { drain: components['schemas']['HostDrain'] }
    assert.deepEqual([drain.moving.length, drain.staying], [1, []])
    for (const name of agents) {
      const { id: guestId } = guestOf(name)
      const isThere = async (): Promise<true | undefined> => {
        const { status, 'OS-EXT-SRV-ATTR:hypervisor_hostname': host } = await show({ id: guestId, pid: 0 })
        return status === 'ACTIVE' && host === 'agent-1' ? true : undefined
      }
      await waitUntil('it to be on the other host', isThere, patient)
      assert.equal(await observerOf('agent-1').domainState(guestId), 'running')
      await waitUntil('the old host to be rid of it', async () =>
        (await observerOf('agent-2').domainState(guestId)) === 'gone' ? true : undefined,
      )
    }
  })

  test('deletes leave nothing', async () => {
    for (const name of agents) await deleteServer(second, guestOf(name).id)
    let left: readonly string[] = []
    const probe = async (): Promise<true | undefined> => {
      const query = (sql: string): ReturnType<typeof cloud.postgres.query> => cloud.postgres.query(sql)
      const onHosts = agents.map((name) => findLeftoversOnHost(cloud.get(name).dataDir, query))
      left = (await Promise.all([findLeftoverRows(query), ...onHosts])).flat()
      return left.length === 0 ? true : undefined
    }
    await waitUntil('nothing to be left', probe, patient).catch((cause: unknown) => {
      throw new Error(`left over:\n${left.join('\n')}`, { cause })
    })
  })

  /** The same guest, and no second one anywhere. */
  async function isRunningAgain(name: AgentName): Promise<void> {
    const guest = guestOf(name)
    await waitUntil(
      `${name} and its guest to be back`,
      async () => {
        const { host_status: host, 'OS-EXT-STS:power_state': state } = await show(guest)
        return host === 'UP' && state === power.running ? true : undefined
      },
      patient,
    )
    assert.equal((await show(guest)).status, 'ACTIVE')
    assert.equal(pidOf(name, guest.id), guest.pid)
    for (const each of agents) {
      assert.equal(await observerOf(each).domainState(guest.id), each === name ? 'running' : 'gone')
    }
  }

  async function bootsOf(id: string): Promise<number> {
    return (await readConsole(first, id)).split(guestMarker).length - 1
  }

  async function hostsNow(): Promise<readonly HostView[]> {
    return (await first.get<{ hosts: readonly HostView[] }>('/v1/hosts')).hosts
  }

  async function hostOf(name: string): Promise<HostView> {
    const host = (await hostsNow()).find((each) => each.name === name)
    assert.ok(host !== undefined, `${name} has a host`)
    return host
  }

  async function agentsNow(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const { agents: all } = await first.get<{ agents: readonly { id: string; name: string }[] }>('/v1/agents')
    return all.map(({ id, name }) => ({ id, name }))
  }

  async function show({ id }: Guest): Promise<Server> {
    const headers = { 'openstack-api-version': 'compute 2.90' }
    const response = await second.send('GET', `/compute/v2.1/servers/${id}`, { headers })
    return ((await response.json()) as { server: Server }).server
  }

  async function downloadsOf(api: string): Promise<number> {
    const text = await (await fetch(`${cloud.get(api).running?.url}/metrics`)).text()
    const line = /^polyvisor_http_request_duration_seconds_count\{.*"downloadByAddress".*"2xx".*\} (\d+)$/m.exec(text)
    return Number(line?.[1] ?? 0)
  }

  function logOf(name: string): string {
    return cloud.get(name).running?.logs() ?? ''
  }

  function pidOf(name: AgentName, id: string): number {
    const pid = observerOf(name).guestPid(id)
    assert.ok(pid !== undefined, 'the guest has a process')
    return pid
  }

  function guestOf(name: AgentName): Guest {
    const guest = guests.get(name)
    assert.ok(guest !== undefined, `${name} has a guest`)
    return guest
  }

  function observerOf(name: AgentName): QemuObserver {
    return new QemuObserver(cloud.get(name).dataDir)
  }

  function namespaceOf(name: AgentName): NetworkNamespace {
    const namespace = namespaces.get(name)
    assert.ok(namespace !== undefined)
    return namespace
  }
})

const onSim = { POLYVISOR_DRIVERS: 'sim', POLYVISOR_DRIVER_CONFIG: '{}' }

function isAgent(name: string): name is AgentName {
  return agents.some((each) => each === name)
}
