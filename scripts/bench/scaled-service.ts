/**
 * The scaled size under measurement: an api, a conductor and an agent with simulated hosts, each in a process of its own,
 * on a PostgreSQL whose commits reach the disk, and a RabbitMQ.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { waitUntil } from '../../src/util/wait-until.ts'
import { Cloud } from '../../test/support/cloud.ts'
import { postgresMissing } from '../../test/support/postgres-server.ts'
import { rabbitmqMissing } from '../../test/support/rabbitmq-server.ts'
import type { HostView } from '../../test/support/servers.ts'
import { asInRealUse } from '../../test/support/start-service.ts'
import { logIn, simulated, type BenchService } from './service.ts'

const setpriv = '/usr/bin/setpriv'

/** The line to run first, when something is missing. */
export function howToGetEngines(): string | undefined {
  if (postgresMissing() === undefined && rabbitmqMissing === false && existsSync(setpriv)) return undefined
  return 'apt-get install -y --no-install-recommends postgresql rabbitmq-server util-linux'
}

export interface ScaledService extends BenchService {
  /** Starts the api again. @returns how long that took until it was ready, in milliseconds */
  restartApi(): Promise<number>
}

export async function startScaledService(hosts: number): Promise<ScaledService> {
  const cloud = await Cloud.start({
    fsync: true,
    logLevel: 'warn',
    agentEnvironment: {
      POLYVISOR_DRIVERS: 'sim',
      POLYVISOR_DRIVER_CONFIG: JSON.stringify({ sim: simulated(hosts) }),
    },
    environment: { ...asInRealUse, ...unlimitedQuotas, POLYVISOR_TEST_LEASE_MS: usualLeaseMs },
  })
  try {
    await allHostsReady(cloud, hosts)
  } catch (error) {
    await cloud.end()
    throw error
  }
  const url = cloud.get('api-1').running?.url ?? ''
  const roles = ['api', 'conductor', 'agent'].map((name) => {
    return { name, pid: cloud.get(`${name}-1`).running?.pid ?? 0 }
  })
  return {
    url,
    processes: [
      ...roles,
      { name: 'postgres', pid: cloud.postgres.pid() },
      { name: 'rabbitmq', pid: cloud.rabbitmq.pid },
    ],
    startMs: NaN,
    token: () => logIn(url, join(cloud.shared, 'admin-password')),
    stop: () => cloud.end(),
    async restartApi() {
      await cloud.down('api-1')
      const begun = performance.now()
      await cloud.up('api-1')
      return performance.now() - begun
    },
  }
}

/** Cloud shortens it for tests that kill conductors. */
const usualLeaseMs = '9000'
const unlimitedQuotas = {
  POLYVISOR_QUOTAS_INSTANCES: '-1',
  POLYVISOR_QUOTAS_CORES: '-1',
  POLYVISOR_QUOTAS_RAM_MB: '-1',
}

async function allHostsReady(cloud: Cloud, count: number): Promise<void> {
  const client = await cloud.client()
  const probe = async (): Promise<true | undefined> => {
    const { hosts } = await client.get<{ hosts: readonly HostView[] }>('/v1/hosts')
    const ready = hosts.filter(({ up, healthy, smoke_test: { state } }) => up && healthy && state === 'passed')
    return ready.length === count ? true : undefined
  }
  await waitUntil('all hosts to be ready', probe, { timeoutMs: 120_000, everyMs: 50 })
}
