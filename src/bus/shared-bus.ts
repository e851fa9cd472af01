/**
 * Opens the bus that several processes share. What talks to RabbitMQ is loaded here and not before, so that a service
 * in one process does without it.
 */
import { readFile } from 'node:fs/promises'
import type { BusAccount } from '../model/agent.ts'
import type { Logger } from '../util/logger.ts'
import type { Bus } from './bus.ts'
import { BusError } from './bus-error.ts'
import type { BusObserver } from './observer.ts'

export interface SharedBusConfig {
  /** amqp(s)://user:password@host:port/vhost */
  readonly url: string
  /** Read at each connection, so that a changed password needs no restart. */
  readonly passwordFile: string | undefined
  readonly managementUrl: string | undefined
  readonly agentUrl: string | undefined
  readonly tls: BusTlsFiles
  readonly prefetch: number
}

export interface BusTlsFiles {
  readonly caFile: string | undefined
  readonly certFile: string | undefined
  readonly keyFile: string | undefined
}

/** Accounts of agents on the bus. */
export interface BusAccounts {
  ensure(agentId: string): Promise<BusAccount>
  remove(agentId: string): Promise<void>
}

/** For APIs and conductors. @throws BusError that says what to do */
export async function openSharedBus(
  config: SharedBusConfig,
  log: Logger,
  observer?: BusObserver,
): Promise<{ readonly bus: Bus; readonly accounts: BusAccounts }> {
  const { AmqpBus, AmqpAccounts, ManagementApi, parseAmqpUrl, readTlsFiles } = await import('./amqp/index.ts')
  const parsed = parseAmqpUrl(config.url)
  const { username, vhost } = parsed
  const password = (): Promise<string> => passwordOf(config, parsed.password)
  const address = async (): Promise<typeof parsed> => ({ ...parsed, password: await password() })
  const tls = readTlsFiles(config.tls)
  const bus = await AmqpBus.open({ address, tls, prefetch: config.prefetch }, log, observer)
  const management = new ManagementApi({
    url: config.managementUrl ?? managementUrlOf(config.url),
    username,
    password,
    tls,
  })
  const agentUrl = config.agentUrl ?? withoutCredentials(config.url)
  return { bus, accounts: new AmqpAccounts({ management, vhost, agentUrl }) }
}

export interface AgentBusOptions {
  readonly account: BusAccount
  /** Called when the broker refuses the account: its password was changed, or the broker lost it. */
  readonly renew: () => Promise<BusAccount>
  readonly tls: BusTlsFiles
  readonly prefetch: number
}

/** For an agent in a process of its own. @throws BusError that says what to do */
export async function openBusOfAgent(options: AgentBusOptions, log: Logger, observer?: BusObserver): Promise<Bus> {
  const { AmqpBus, parseAmqpUrl, readTlsFiles } = await import('./amqp/index.ts')
  let { account } = options
  const address = async (refused: boolean): Promise<ReturnType<typeof parseAmqpUrl>> => {
    if (refused) account = await options.renew()
    const { url, username, password } = account
    return { ...parseAmqpUrl(url), username, password }
  }
  const { tls, prefetch } = options
  return AmqpBus.open({ address, tls: readTlsFiles(tls), prefetch, declares: false }, log, observer)
}

async function passwordOf({ passwordFile }: SharedBusConfig, inUrl: string): Promise<string> {
  if (passwordFile === undefined) return inUrl
  try {
    return (await readFile(passwordFile, 'utf8')).trim()
  } catch (cause) {
    throw new BusError(`bus.passwordFile ${passwordFile} cannot be read: ${(cause as Error).message}`, { cause })
  }
}

/** The plugin's usual place. */
function managementUrlOf(url: string): string {
  const { protocol, hostname } = new URL(url)
  return protocol === 'amqps:' ? `https://${hostname}:15671` : `http://${hostname}:15672`
}

function withoutCredentials(url: string): string {
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  return parsed.href
}
