/** The service that tempest judges, and what tempest's configuration expects to find in it. */
import { readFile } from 'node:fs/promises'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { Cloud } from '../support/cloud.ts'
import { waitForHosts } from '../support/servers.ts'
import { startWebServer, type WebServer } from '../support/web-server.ts'
import { removeDataDir, startService, type SpawnedService } from '../support/start-service.ts'

export type Database = 'sqlite' | 'postgres'

export interface Stage {
  /** tempest.conf for a workspace in that folder. */
  configFor(workspace: string): Promise<string>
  /** What the service logged; undefined while it runs in several processes. */
  logs(): string
  stop(): Promise<void>
}

/** Low and short, so that tempest can wait for them; the service and tempest are told the same. */
const passwordRules = { history: 2, lockoutFailures: 2, lockoutSeconds: 5 }
const environmentFor = (web: WebServer) => ({
  // Tempest's image on the web is on this machine.
  POLYVISOR_IMAGE_IMPORT_NETWORKS: '127.0.0.1',
  POLYVISOR_IMAGE_IMPORT_PORTS: `80,${web.port}`,
  POLYVISOR_PASSWORDS_HISTORY: String(passwordRules.history),
  POLYVISOR_PASSWORDS_LOCKOUT_FAILURES: String(passwordRules.lockoutFailures),
  POLYVISOR_PASSWORDS_LOCKOUT_SECONDS: String(passwordRules.lockoutSeconds),
})
const imagePath = '/image.raw'
const twoHosts = { POLYVISOR_DRIVERS: 'sim', POLYVISOR_DRIVER_CONFIG: JSON.stringify({ sim: { nodes: 2 } }) }

/** sqlite: one process with the bus in memory; postgres: an API, a conductor and an agent, with RabbitMQ. */
export async function setStage(database: Database): Promise<Stage> {
  const web = await startWebServer()
  web.answers.set(imagePath, (_request, response) => response.end(Buffer.alloc(1024 * 1024)))
  const environment = environmentFor(web)
  if (database === 'postgres') {
    const cloud = await Cloud.start({ environment, agentEnvironment: twoHosts })
    const api = cloud.get('api-1').running
    if (api === undefined) throw new Error('the cloud has no API')
    return stageOf(api, web, () => cloud.end())
  }
  const service = await startService({ environment: { ...environment, ...twoHosts } })
  return stageOf(service, web, async () => {
    await service.stop()
    await removeDataDir(service.dataDir)
  })
}

async function stageOf(service: SpawnedService, web: WebServer, stopService: () => Promise<void>): Promise<Stage> {
  const stop = async (): Promise<void> => {
    await stopService()
    web.stop()
  }
  try {
    const client = await service.client()
    await waitForHosts(client)
    const resources = await makeResources(client)
    const versions = await computeVersions(client)
    const values: Readonly<Record<string, string>> = {
      URL: service.url,
      ADMIN_PASSWORD: service.openrc['OS_PASSWORD'] ?? '',
      HTTP_IMAGE: `${web.url}${imagePath}`,
      ...resources,
      ...versions,
      PASSWORD_HISTORY: String(passwordRules.history),
      LOCKOUT_FAILURES: String(passwordRules.lockoutFailures),
      LOCKOUT_SECONDS: String(passwordRules.lockoutSeconds),
    }
    return {
      configFor: async (workspace) => {
        const template = await readFile(new URL('tempest.conf.template', import.meta.url), 'utf8')
        return template.replace(/@([A-Z_]+)@/g, (_whole, name: string) => {
          const value = name === 'WORKSPACE' ? workspace : values[name]
          if (value === undefined) throw new Error(`tempest.conf.template names @${name}@, which nobody fills in`)
          return value
        })
      },
      logs: () => service.logs(),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function makeResources(client: ApiClient): Promise<{ IMAGE: string; IMAGE_ALT: string }> {
  for (const [id, ram] of [
    ['1', 64],
    ['2', 128],
  ] as const) {
    const flavor = { id, name: `interop-${id}`, ram, vcpus: 1, disk: 1 }
    await client.send('POST', '/compute/v2.1/flavors', { body: { flavor } })
  }
  const makeImage = async (name: string): Promise<string> => {
    const body = { name, disk_format: 'raw', container_format: 'bare', visibility: 'public' }
    const { id } = (await (await client.send('POST', '/image/v2/images', { body })).json()) as { id: string }
    await client.send('PUT', `/image/v2/images/${id}/file`, { body: new Uint8Array(1024 * 1024) })
    return id
  }
  return { IMAGE: await makeImage('interop'), IMAGE_ALT: await makeImage('interop-alt') }
}

/** As the service advertises them: what it does not, tempest must not ask for. */
async function computeVersions(client: ApiClient): Promise<{ MIN_MICROVERSION: string; MAX_MICROVERSION: string }> {
  const { version } = await client.get<{ version: { version: string; min_version: string } }>('/compute/v2.1')
  return { MIN_MICROVERSION: version.min_version, MAX_MICROVERSION: version.version }
}
