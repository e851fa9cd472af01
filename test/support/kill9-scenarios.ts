/** How each saga of the house is brought about over HTTP, on simulated hosts. */
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { findServer, type KillScenario } from './kill9.ts'
import { createServer, type ServerView } from './servers.ts'

export interface Ingredients {
  readonly imageId: string
  readonly flavorId: string
}

const bodies = {
  start: { 'os-start': null },
  stop: { 'os-stop': null },
  'reboot-soft': { reboot: { type: 'SOFT' } },
  'reboot-hard': { reboot: { type: 'HARD' } },
  pause: { pause: null },
  unpause: { unpause: null },
  suspend: { suspend: null },
  resume: { resume: null },
} as const
type Action = keyof typeof bodies

const statusAfter: Readonly<Record<Action, ServerView['status']>> = {
  start: 'ACTIVE',
  stop: 'SHUTOFF',
  'reboot-soft': 'ACTIVE',
  'reboot-hard': 'ACTIVE',
  pause: 'PAUSED',
  unpause: 'ACTIVE',
  suspend: 'SUSPENDED',
  resume: 'ACTIVE',
}

/** What must have been done before. */
const before: Readonly<Partial<Record<Action, Action>>> = { start: 'stop', unpause: 'pause', resume: 'suspend' }

export function simScenarios(ingredients: Ingredients): readonly KillScenario[] {
  const create = (client: ApiClient, name: string): Promise<string> =>
    createServer(client, ingredients.imageId, ingredients.flavorId, name)
  const remove = async (client: ApiClient, name: string): Promise<void> => {
    const id = await create(client, name)
    await settle(client, name, 'ACTIVE')
    await client.send('DELETE', `/compute/v2.1/servers/${id}`)
  }
  const resized = async (client: ApiClient, server: string): Promise<string> => {
    const id = await create(client, server)
    await settle(client, server, 'ACTIVE')
    const ids = (await client.get<{ flavors: readonly { id: string }[] }>('/compute/v2.1/flavors')).flavors
    if (!ids.some((flavor) => flavor.id === larger.id))
      await client.send('POST', '/compute/v2.1/flavors', { body: { flavor: larger } })
    await send(client, id, { resize: { flavorRef: larger.id } })
    return id
  }
  const rescued = async (client: ApiClient, server: string): Promise<string> => {
    const id = await create(client, server)
    await settle(client, server, 'ACTIVE')
    await send(client, id, { rescue: null })
    return id
  }
  const shelved = async (client: ApiClient, server: string): Promise<string> => {
    const id = await create(client, server)
    await settle(client, server, 'ACTIVE')
    await send(client, id, { shelve: null })
    return id
  }
  const migrated = async (client: ApiClient, server: string): Promise<string> => {
    await setDown(client, () => false)
    const id = await create(client, server)
    await settle(client, server, 'ACTIVE')
    await send(client, id, { migrate: null })
    return id
  }
  const evacuated = async (client: ApiClient, server: string): Promise<string> => {
    await setDown(client, () => false)
    const id = await create(client, server)
    await settle(client, server, 'ACTIVE')
    const { server: shown } = await client.get<{ server: { 'OS-EXT-SRV-ATTR:host': string } }>(
      `/compute/v2.1/servers/${id}`,
    )
    await setDown(client, (host) => host === shown['OS-EXT-SRV-ATTR:host'])
    await send(client, id, { evacuate: { onSharedStorage: false } })
    return id
  }
  const liveMigrated = async (client: ApiClient, server: string): Promise<string> => {
    await setDown(client, () => false)
    const id = await create(client, server)
    await settle(client, server, 'ACTIVE')
    await send(client, id, { 'os-migrateLive': { host: null, block_migration: true, disk_over_commit: false } })
    return id
  }
  const moveVerdict = (name: 'confirm' | 'revert'): KillScenario => ({
    kind: `instance-${name}-move`,
    isUndone: false,
    asked: 'ACTIVE',
    async launch(client, server) {
      const id = await migrated(client, server)
      await settle(client, server, 'VERIFY_RESIZE')
      await send(client, id, { [`${name}Resize`]: null })
    },
  })
  const verdict = (name: 'confirm' | 'revert'): KillScenario => ({
    kind: `instance-${name}-resize`,
    isUndone: false,
    asked: 'ACTIVE',
    async launch(client, server) {
      const id = await resized(client, server)
      await settle(client, server, 'VERIFY_RESIZE')
      await send(client, id, { [`${name}Resize`]: null })
    },
  })
  const action = (name: Action): KillScenario => ({
    kind: `instance-${name}`,
    isUndone: false,
    asked: statusAfter[name],
    async launch(client, server) {
      const id = await create(client, server)
      await settle(client, server, 'ACTIVE')
      const earlier = before[name]
      if (earlier !== undefined) await act(client, id, earlier)
      if (earlier !== undefined) await settle(client, server, statusAfter[earlier])
      await act(client, id, name)
    },
  })
  return [
    { kind: 'instance-create', isUndone: false, asked: 'ACTIVE', launch: create },
    {
      kind: 'instance-create',
      isUndone: true,
      asked: 'ERROR',
      environment: simFaults({ call: 'setPower', action: 'fail', retry: 'never' }),
      launch: create,
    },
    { kind: 'instance-delete', isUndone: false, asked: 'gone', launch: remove },
    ...(Object.keys(bodies) as Action[]).map(action),
    {
      kind: 'instance-rebuild',
      isUndone: false,
      asked: 'ACTIVE',
      async launch(client, server) {
        const id = await create(client, server)
        await settle(client, server, 'ACTIVE')
        await send(client, id, { rebuild: { imageRef: ingredients.imageId } })
      },
    },
    {
      kind: 'instance-snapshot',
      isUndone: false,
      asked: 'ACTIVE',
      async launch(client, server) {
        const id = await create(client, server)
        await settle(client, server, 'ACTIVE')
        await send(client, id, { createImage: { name: server } })
      },
    },
    {
      kind: 'instance-backup',
      isUndone: false,
      asked: 'ACTIVE',
      async launch(client, server) {
        const id = await create(client, server)
        await settle(client, server, 'ACTIVE')
        await send(client, id, { createBackup: { name: server, backup_type: 'daily', rotation: 1 } })
      },
    },
    { kind: 'instance-rescue', isUndone: false, asked: 'RESCUE', launch: rescued },
    {
      kind: 'instance-rescue',
      isUndone: true,
      asked: 'ACTIVE',
      environment: simFaults({ call: 'setPower', action: 'fail', retry: 'never', after: 2, times: 1 }),
      launch: rescued,
    },
    {
      kind: 'instance-unrescue',
      isUndone: false,
      asked: 'ACTIVE',
      async launch(client, server) {
        const id = await rescued(client, server)
        await settle(client, server, 'RESCUE')
        await send(client, id, { unrescue: null })
      },
    },
    {
      kind: 'instance-change-password',
      isUndone: false,
      asked: 'ACTIVE',
      async launch(client, server) {
        const id = await create(client, server)
        await settle(client, server, 'ACTIVE')
        await send(client, id, { changePassword: { adminPass: 'secret' } })
      },
    },
    { kind: 'instance-shelve', isUndone: false, asked: 'SHELVED_OFFLOADED', launch: shelved },
    {
      kind: 'instance-shelve',
      isUndone: true,
      asked: 'ACTIVE',
      environment: simFaults({ call: 'snapshot', action: 'fail', retry: 'never', times: 1 }),
      launch: shelved,
    },
    {
      kind: 'instance-shelve-offload',
      isUndone: false,
      asked: 'SHELVED_OFFLOADED',
      environment: { POLYVISOR_OFFLOAD_SHELVED: 'false' },
      async launch(client, server) {
        const id = await shelved(client, server)
        await settle(client, server, 'SHELVED')
        await send(client, id, { shelveOffload: null })
      },
    },
    {
      kind: 'instance-unshelve',
      isUndone: false,
      asked: 'ACTIVE',
      async launch(client, server) {
        const id = await shelved(client, server)
        await settle(client, server, 'SHELVED_OFFLOADED')
        await send(client, id, { unshelve: null })
      },
    },
    {
      kind: 'instance-unshelve',
      isUndone: true,
      asked: 'SHELVED_OFFLOADED',
      environment: simFaults({ call: 'setPower', action: 'fail', retry: 'never', after: 2, times: 1 }),
      async launch(client, server) {
        const id = await shelved(client, server)
        await settle(client, server, 'SHELVED_OFFLOADED')
        await send(client, id, { unshelve: null })
      },
    },
    {
      kind: 'instance-unshelve-in-place',
      isUndone: false,
      asked: 'ACTIVE',
      environment: { POLYVISOR_OFFLOAD_SHELVED: 'false' },
      async launch(client, server) {
        const id = await shelved(client, server)
        await settle(client, server, 'SHELVED')
        await send(client, id, { unshelve: null })
      },
    },
    {
      kind: 'instance-unshelve-in-place',
      isUndone: true,
      asked: 'SHELVED',
      environment: {
        POLYVISOR_OFFLOAD_SHELVED: 'false',
        ...simFaults({ call: 'setPower', action: 'lose-answer', retry: 'never', after: 2, times: 1 }),
      },
      async launch(client, server) {
        const id = await shelved(client, server)
        await settle(client, server, 'SHELVED')
        await send(client, id, { unshelve: null })
      },
    },
    { kind: 'instance-resize', isUndone: false, asked: 'VERIFY_RESIZE', launch: resized },
    verdict('confirm'),
    // The guest does not start again: the third start or stop of the one, the fifth of the other.
    {
      kind: 'instance-resize',
      isUndone: true,
      asked: 'ACTIVE',
      environment: simFaults({ call: 'setPower', action: 'fail', retry: 'never', after: 2, times: 1 }),
      launch: resized,
    },
    verdict('revert'),
    {
      ...verdict('revert'),
      isUndone: true,
      asked: 'VERIFY_RESIZE',
      environment: simFaults({ call: 'setPower', action: 'fail', retry: 'never', after: 4, times: 1 }),
    },
    { kind: 'instance-move', isUndone: false, asked: 'VERIFY_RESIZE', launch: migrated },
    {
      kind: 'instance-move',
      isUndone: true,
      asked: 'ACTIVE',
      environment: simFaults({ call: 'setPower', action: 'fail', retry: 'never', after: 2, times: 1 }),
      launch: migrated,
    },
    { kind: 'instance-evacuate', isUndone: false, asked: 'ACTIVE', launch: evacuated },
    {
      kind: 'instance-evacuate',
      isUndone: true,
      asked: 'ACTIVE',
      environment: simFaults({ call: 'setPower', action: 'fail', retry: 'never', after: 1, times: 1 }),
      launch: evacuated,
    },
    { kind: 'instance-live-migrate', isUndone: false, asked: 'ACTIVE', launch: liveMigrated },
    {
      kind: 'instance-live-migrate',
      isUndone: true,
      asked: 'ACTIVE',
      environment: simFaults({ call: 'migrate', action: 'fail', retry: 'never', times: 1 }),
      launch: liveMigrated,
    },
    moveVerdict('confirm'),
    moveVerdict('revert'),
    {
      ...moveVerdict('revert'),
      isUndone: true,
      asked: 'VERIFY_RESIZE',
      environment: simFaults({ call: 'setPower', action: 'fail', retry: 'never', after: 4, times: 1 }),
    },
    {
      // A host that falls silent at the wrong moment keeps its VM; the orphan finder sees to it.
      kind: 'orphan-remove',
      isUndone: false,
      asked: 'gone',
      environment: simFaults({ call: 'ensureAbsent', action: 'fail', code: 'UNREACHABLE', times: 1 }),
      launch: remove,
    },
    { kind: 'host-smoke-test', isUndone: false, asked: 'gone', launch: testHost },
  ]
}

/** Forces hosts down, or lets them be up, by their names. */
async function setDown(client: ApiClient, isDown: (host: string) => boolean): Promise<void> {
  const { services } = await client.get<{ services: readonly { host: string }[] }>('/compute/v2.1/os-services')
  const headers = { 'OpenStack-API-Version': 'compute 2.11' }
  for (const { host } of services) {
    const body = { host, binary: 'nova-compute', forced_down: isDown(host) }
    await client.send('PUT', '/compute/v2.1/os-services/force-down', { body, headers })
  }
}

/** No server comes of it: a host is tried out anew. */
async function testHost(client: ApiClient): Promise<void> {
  const { hosts } = await client.get<{ hosts: readonly { id: string }[] }>('/v1/hosts')
  await client.send('POST', `/v1/hosts/${hosts[0]?.id ?? ''}/smoke-test`)
}

/** Two, so that servers can move. */
export const simHosts = { POLYVISOR_DRIVER_CONFIG: JSON.stringify({ sim: { nodes: 2 } }) }

function simFaults(fault: object): Readonly<Record<string, string>> {
  return { POLYVISOR_DRIVER_CONFIG: JSON.stringify({ sim: { nodes: 2, faults: [fault] } }) }
}

const larger = { id: 'larger', name: 'larger', vcpus: 2, ram: 128, disk: 1 }

async function act(client: ApiClient, id: string, action: Action): Promise<void> {
  await send(client, id, bodies[action])
}

async function send(client: ApiClient, id: string, body: object): Promise<void> {
  await client.send('POST', `/compute/v2.1/servers/${id}/action`, { body })
}

async function settle(client: ApiClient, name: string, status: ServerView['status']): Promise<void> {
  await waitUntil(`${name} to be ${status}`, async () => {
    const server = await findServer(client, name)
    return server?.status === status && server['OS-EXT-STS:task_state'] === null ? true : undefined
  })
}
