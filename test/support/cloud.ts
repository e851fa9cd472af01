/**
 * The second size as operators run it: a PostgreSQL and a RabbitMQ of the test's own, and roles in processes of their
 * own. Each process can be ended and started again under its name, on its own data directory and port.
 */
import { writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { PostgresServer } from './postgres-server.ts'
import { RabbitmqServer } from './rabbitmq-server.ts'
import { makeDataDir, removeDataDir, startService, type SpawnedService } from './start-service.ts'

export type CloudRole = 'api' | 'conductor' | 'agent'

export interface CloudOptions {
  readonly apis?: number
  readonly conductors?: number
  readonly agents?: number
  /** Settings of every agent: `{ POLYVISOR_DRIVERS: 'sim' }` when left out. */
  readonly agentEnvironment?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  /** PostgreSQL's writes reach the disk: where its own end is tested. */
  readonly fsync?: boolean
  /** Puts a command in front of a process: `nsenter --net=…`. */
  readonly commandFor?: (name: string) => string | undefined
  /** Settings of one process more. */
  readonly environmentFor?: (name: string) => Readonly<Record<string, string>>
  /** An address of this machine where agents reach the APIs and RabbitMQ, instead of loopback. */
  readonly address?: string
  readonly logLevel?: string
}

export interface CloudProcess {
  readonly name: string
  readonly role: CloudRole
  readonly dataDir: string
  readonly port: number
  running: SpawnedService | undefined
}

const loopback = '127.0.0.1'
/** Whoever kills conductors need not wait for a real lease. */
const shortLease = { POLYVISOR_TEST_LEASE_MS: '2000' }

export class Cloud {
  readonly postgres: PostgresServer
  readonly rabbitmq: RabbitmqServer
  /** Secrets and images that the control plane's processes share. */
  readonly shared: string
  readonly processes = new Map<string, CloudProcess>()
  readonly #options: CloudOptions

  private constructor(postgres: PostgresServer, rabbitmq: RabbitmqServer, shared: string, options: CloudOptions) {
    this.postgres = postgres
    this.rabbitmq = rabbitmq
    this.shared = shared
    this.#options = options
  }

  static async start(options: CloudOptions = {}): Promise<Cloud> {
    const { apis = 1, conductors = 1, agents = 1, fsync = false, address } = options
    const [postgres, rabbitmq] = await Promise.all([
      PostgresServer.start({ fsync }),
      RabbitmqServer.start(address === undefined ? {} : { listenOn: address }),
    ])
    const cloud = new Cloud(postgres, rabbitmq, await makeDataDir('polyvisor-cloud-'), options)
    try {
      await writeFile(join(cloud.shared, 'enrolment-secret'), 'the secret of the tests\n')
      for (const [role, count] of [
        ['api', apis],
        ['conductor', conductors],
        ['agent', agents],
      ] as const) {
        for (let index = 1; index <= count; index += 1) await cloud.add(role, `${role}-${index}`)
        await Promise.all(
          [...cloud.processes.values()].filter((one) => one.role === role).map(({ name }) => cloud.up(name)),
        )
      }
      return cloud
    } catch (error) {
      await cloud.end()
      throw error
    }
  }

  async add(role: CloudRole, name: string): Promise<CloudProcess> {
    const process = {
      name,
      role,
      dataDir: await makeDataDir(`polyvisor-${name}-`),
      port: await freePort(),
      running: undefined,
    }
    this.processes.set(name, process)
    return process
  }

  get(name: string): CloudProcess {
    const process = this.processes.get(name)
    if (process === undefined) throw new Error(`the cloud has no process ${name}`)
    return process
  }

  /** Starts the process, and waits until it says that it is ready. */
  async up(name: string, environment: Readonly<Record<string, string>> = {}): Promise<SpawnedService> {
    const process = this.get(name)
    const { role, dataDir, port } = process
    const { commandFor, environmentFor, environment: common, address = loopback, logLevel = 'info' } = this.#options
    const command = commandFor?.(name)
    const listen = `${role === 'api' ? address : loopback}:${port}`
    process.running = await startService({
      dataDir,
      args: ['--role', role, '--listen', listen, '--log-level', logLevel],
      environment: { ...this.environmentOf(role), ...common, ...environmentFor?.(name), ...environment },
      ...(command === undefined ? {} : { command }),
    })
    return process.running
  }

  /** kill -9, unless it has ended already. */
  async kill9(name: string): Promise<void> {
    const process = this.get(name)
    await process.running?.kill9()
    process.running = undefined
  }

  async down(name: string): Promise<number | null> {
    const process = this.get(name)
    const status = (await process.running?.stop()) ?? null
    process.running = undefined
    return status
  }

  /** Freezes or thaws a process, as a machine that hangs or is cut off. */
  signal(name: string, signal: 'SIGSTOP' | 'SIGCONT'): void {
    const { running } = this.get(name)
    if (running !== undefined) process.kill(running.pid, signal)
  }

  client(name = 'api-1'): Promise<ApiClient> {
    const { running } = this.get(name)
    if (running === undefined) throw new Error(`${name} does not run`)
    return running.client()
  }

  environmentOf(role: CloudRole): Readonly<Record<string, string>> {
    const { address = loopback, agentEnvironment = { POLYVISOR_DRIVERS: 'sim' } } = this.#options
    const common = {
      POLYVISOR_ENROLMENT_SECRET_FILE: join(this.shared, 'enrolment-secret'),
      POLYVISOR_CREDENTIAL_KEY_FILE: join(this.shared, 'credential-key'),
      POLYVISOR_ADMIN_PASSWORD_FILE: join(this.shared, 'admin-password'),
      ...(address === loopback ? {} : { POLYVISOR_ALLOW_PLAINTEXT: 'true' }),
    }
    if (role === 'agent') {
      return { ...common, ...agentEnvironment, POLYVISOR_CONTROL_URL: `http://${address}:${this.get('api-1').port}` }
    }
    return {
      ...common,
      ...shortLease,
      POLYVISOR_BUS_AGENT_URL: `amqp://${address}:${this.rabbitmq.port}/%2F`,
      POLYVISOR_DATABASE_ENGINE: 'postgres',
      POLYVISOR_DATABASE_URL: this.postgres.url(),
      POLYVISOR_BUS_URL: this.rabbitmq.url(),
      POLYVISOR_BUS_MANAGEMENT_URL: this.rabbitmq.managementUrl,
      POLYVISOR_IMAGES_DIR: join(this.shared, 'images'),
    }
  }

  /** Ends everything and removes its data. */
  async end(): Promise<void> {
    const all = [...this.processes.values()]
    for (const role of ['agent', 'conductor', 'api'] as const) {
      await Promise.all(all.filter((one) => one.role === role).map(({ running }) => running?.kill9()))
    }
    await Promise.all(all.map(({ dataDir }) => removeDataDir(dataDir)))
    await Promise.all([this.postgres.stop(), this.rabbitmq.close(), removeDataDir(this.shared)])
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
