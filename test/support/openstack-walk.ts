/**
 * The walk that Debian's own client must be able to do, step by step, against any driver: from a token to a deleted
 * server. Each step is a test of its own; the first that fails ends the walk, since the later ones stand on it.
 */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { OpenstackClient } from './openstack-client.ts'
import { faceSteps } from './openstack-walk-faces.ts'
import { lifecycleSteps, type LifecycleStage } from './openstack-walk-lifecycle.ts'
import { listServers, readConsole, waitForHosts } from './servers.ts'
import type { SpawnedService } from './start-service.ts'

export interface WalkOptions {
  /** Path of a bootable raw disk. */
  readonly imageFile: string
  /** What the guest must have written to its console; sim's guests need not write anything. */
  readonly consoleMarker?: string
  readonly hypervisorType: string
  /** Also what has to do with a server and nothing with its hypervisor. */
  readonly withFaces?: boolean
}

interface Row {
  readonly [column: string]: unknown
}

/** The first microversion that takes `--nic none`: at the default one the client itself refuses it. */
const withNetworks = ['--os-compute-api-version', '2.37']

export async function walk(t: TestContext, service: SpawnedService, options: WalkOptions): Promise<void> {
  const openstack = new OpenstackClient(service.openrc)
  const api = await service.client()
  await waitForHosts(api)
  for (const [name, step] of steps(openstack, api, options)) {
    let isPassed = false
    await t.test(name, async () => {
      await step()
      isPassed = true
    })
    if (!isPassed) return
  }
}

function steps(
  openstack: OpenstackClient,
  api: ApiClient,
  options: WalkOptions,
): readonly (readonly [string, () => Promise<void>])[] {
  return [
    ...identitySteps(openstack),
    ...catalogueSteps(openstack, options),
    ...serverSteps(openstack, api, options),
    ...pauseSteps(openstack, api),
    ...operatorSteps(openstack, options),
    ...(options.withFaces === true ? faceSteps(openstack, options) : []),
    ...lifecycleSteps({
      openstack,
      canSetPassword: options.hypervisorType === 'sim',
      waitForStatus: (status) => waitForStatus(api, status),
      ...guestOf(api, options),
    }),
    ...endSteps(openstack),
  ]
}

function identitySteps(openstack: OpenstackClient): ReturnType<typeof steps> {
  return [
    [
      'token issue',
      async () => {
        const token = await openstack.json<Row>('token', 'issue')
        assert.ok(String(token['id']).length > 20)
        assert.match(String(token['project_id']), /^[0-9a-f]{32}$/)
        assert.ok(Date.parse(String(token['expires'])) > Date.now())
      },
    ],
    [
      'catalog list',
      async () => {
        const services = await openstack.json<readonly Row[]>('catalog', 'list')
        for (const type of ['identity', 'compute', 'image']) {
          assert.ok(
            services.some((service) => service['Type'] === type),
            `${type} is in the catalog`,
          )
        }
      },
    ],
  ]
}

function catalogueSteps(openstack: OpenstackClient, { imageFile }: WalkOptions): ReturnType<typeof steps> {
  return [
    [
      'image create --file, image show, image list',
      async () => {
        const args = ['--disk-format', 'raw', '--container-format', 'bare', '--file', imageFile]
        await openstack.run('image', 'create', ...args, 'walk-image')
        const image = await openstack.json<Row>('image', 'show', 'walk-image')
        assert.equal(image['status'], 'active')
        assert.equal(image['disk_format'], 'raw')
        const images = await openstack.json<readonly Row[]>('image', 'list')
        assert.deepEqual(
          images.map((row) => [row['Name'], row['Status']]),
          [['walk-image', 'active']],
        )
      },
    ],
    [
      'flavor create, flavor list',
      async () => {
        const flavor = await openstack.json<Row>(
          ...(['flavor', 'create', '--ram', '128', '--vcpus', '1', '--disk', '1', 'walk-flavor'] as const),
        )
        assert.equal(flavor['ram'], 128)
        await openstack.run('flavor', 'create', '--ram', '160', '--vcpus', '1', '--disk', '1', 'walk-flavor-larger')
        const flavors = await openstack.json<readonly Row[]>('flavor', 'list')
        assert.ok(flavors.some((row) => row['Name'] === 'walk-flavor'))
      },
    ],
  ]
}

function serverSteps(openstack: OpenstackClient, api: ApiClient, options: WalkOptions): ReturnType<typeof steps> {
  const show = async (): Promise<Row> => openstack.json<Row>('server', 'show', 'walk-server')
  return [
    [
      'server create --nic none --wait',
      async () => {
        const args = ['--image', 'walk-image', '--flavor', 'walk-flavor', '--nic', 'none', '--wait', 'walk-server']
        await openstack.run(...withNetworks, 'server', 'create', ...args)
      },
    ],
    [
      'server show, server list',
      async () => {
        const server = await show()
        assert.equal(server['status'], 'ACTIVE')
        assert.equal(server['OS-EXT-STS:task_state'], null)
        assert.match(String(server['image']), /^walk-image /)
        const servers = await openstack.json<readonly Row[]>('server', 'list')
        assert.deepEqual(
          servers.map((row) => [row['Name'], row['Status'], row['Flavor']]),
          [['walk-server', 'ACTIVE', 'walk-flavor']],
        )
      },
    ],
    ['console log show', () => expectConsole(openstack, options, 1)],
    [
      'server stop',
      async () => {
        await openstack.run('server', 'stop', 'walk-server')
        await waitForStatus(api, 'SHUTOFF')
        assert.equal((await show())['status'], 'SHUTOFF')
      },
    ],
    [
      'server start',
      async () => {
        await openstack.run('server', 'start', 'walk-server')
        await waitForStatus(api, 'ACTIVE')
        // A guest that is not up yet does not hear the soft reboot below.
        await expectConsole(openstack, options, 2)
      },
    ],
    [
      'server reboot --soft --wait',
      async () => {
        await openstack.run('server', 'reboot', '--soft', '--wait', 'walk-server')
        await waitForStatus(api, 'ACTIVE')
        await expectConsole(openstack, options, 3)
      },
    ],
    [
      'server reboot --hard --wait',
      async () => {
        await openstack.run('server', 'reboot', '--hard', '--wait', 'walk-server')
        await waitForStatus(api, 'ACTIVE')
        await expectConsole(openstack, options, 4)
      },
    ],
  ]
}

function pauseSteps(openstack: OpenstackClient, api: ApiClient): ReturnType<typeof steps> {
  const pairs = [
    ['pause', 'PAUSED', 'unpause'],
    ['suspend', 'SUSPENDED', 'resume'],
  ] as const
  return pairs.map(([away, status, back]) => [
    `server ${away}, server ${back}`,
    async () => {
      await openstack.run('server', away, 'walk-server')
      await waitForStatus(api, status)
      await openstack.run('server', back, 'walk-server')
      await waitForStatus(api, 'ACTIVE')
    },
  ])
}

function operatorSteps(openstack: OpenstackClient, { hypervisorType }: WalkOptions): ReturnType<typeof steps> {
  return [
    [
      'hypervisor list',
      async () => {
        const hosts = await openstack.json<readonly Row[]>('hypervisor', 'list')
        assert.ok(hosts.length > 0)
        for (const host of hosts) {
          assert.equal(host['State'], 'up')
          assert.equal(host['Hypervisor Type'], hypervisorType)
        }
      },
    ],
    [
      'compute service list',
      async () => {
        const services = await openstack.json<readonly Row[]>('compute', 'service', 'list')
        assert.ok(services.some((row) => row['Binary'] === 'nova-compute'))
        for (const row of services) assert.deepEqual([row['Status'], row['State']], ['enabled', 'up'])
      },
    ],
  ]
}

function endSteps(openstack: OpenstackClient): ReturnType<typeof steps> {
  return [
    [
      'server delete --wait',
      async () => {
        await openstack.run('server', 'delete', '--wait', 'walk-server')
        assert.deepEqual(await openstack.json('server', 'list'), [])
      },
    ],
    [
      'image delete, flavor delete',
      async () => {
        await openstack.run('image', 'delete', 'walk-image')
        assert.deepEqual(await openstack.json('image', 'list'), [])
        await openstack.run('flavor', 'delete', 'walk-flavor', 'walk-flavor-larger')
        const flavors = await openstack.json<readonly Row[]>('flavor', 'list')
        assert.ok(!flavors.some((row) => row['Name'] === 'walk-flavor'))
      },
    ],
  ]
}

function guestOf(api: ApiClient, { consoleMarker }: WalkOptions): Pick<LifecycleStage, 'boots' | 'waitForBoots'> {
  if (consoleMarker === undefined) return { boots: async () => 0, waitForBoots: async () => {} }
  const boots = async (): Promise<number> => {
    const [server] = await listServers(api)
    const log = server === undefined ? '' : await readConsole(api, server.id)
    return log.split(consoleMarker).length - 1
  }
  return {
    boots,
    waitForBoots: async (least) => {
      const isUp = async (): Promise<true | undefined> => ((await boots()) >= least ? true : undefined)
      await waitUntil(`the guest to boot ${least} times`, isUp, { timeoutMs: 120_000, everyMs: 100 })
    },
  }
}

/** The console log has the marker so many times: once for each time that the guest came up. */
async function expectConsole(openstack: OpenstackClient, { consoleMarker }: WalkOptions, times: number): Promise<void> {
  const read = async (): Promise<string> => openstack.run('console', 'log', 'show', 'walk-server')
  if (consoleMarker === undefined) {
    await read()
    return
  }
  await waitUntil(
    `${consoleMarker} on the console, ${times} times`,
    async () => ((await read()).split(consoleMarker).length > times ? true : undefined),
    { timeoutMs: 120_000, everyMs: 200 },
  )
}

/** `server stop` and `start` of this client have no --wait. */
async function waitForStatus(api: ApiClient, status: string): Promise<void> {
  await waitUntil(
    `the server to be ${status}`,
    async () => {
      const [server] = await listServers(api)
      return server?.status === status && server['OS-EXT-STS:task_state'] === null ? true : undefined
    },
    { timeoutMs: 120_000, everyMs: 100 },
  )
}
