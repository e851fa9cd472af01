/**
 * A RabbitMQ of our own for tests: private ports, data, cookie and epmd under a temporary folder. It dies with the test's
 * process, even when that is killed.
 */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { waitUntil } from '../../src/util/wait-until.ts'

const run = promisify(execFile)
const program = '/usr/lib/rabbitmq/bin/rabbitmq-server'
const user = 'control'
const password = 'control-secret'

/**
 * On a lone node a quorum queue now and then comes back from a crash without a leader, and stays so (rabbitmq-server
 * issue 10070); this is the remedy that docs/operating.md names, run once a second. Without blanks: a shell splits it.
 */
const electionKeeper =
  'spawn(fun()->F=fun(G)->timer:sleep(1000),' +
  '(catch[catch(ra:trigger_election({N,node()}))||{N,follower}<-ets:tab2list(ra_state)]),G(G)end,F(F)end).'

/** The reason to skip a test with, or false. */
export const rabbitmqMissing: string | false = existsSync(program) ? false : 'rabbitmq-server is not installed'

export interface RabbitmqOptions {
  /** PEM files: with them it also listens on `tlsPort`. */
  readonly tls?: { readonly caFile: string; readonly certFile: string; readonly keyFile: string }
  /** An address of this machine beside loopback to listen on, on the same port. */
  readonly listenOn?: string
}

export class RabbitmqServer {
  readonly port: number
  readonly tlsPort: number
  readonly managementUrl: string
  readonly user = user
  readonly password = password
  readonly #folder: string
  readonly #environment: NodeJS.ProcessEnv
  #broker: ChildProcess | undefined
  readonly #epmd: ChildProcess

  static async start(options: RabbitmqOptions = {}): Promise<RabbitmqServer> {
    const [port = 0, tlsPort = 0, management = 0, dist = 0, epmd = 0] = await freePorts(5)
    const server = new RabbitmqServer({ port, tlsPort, management, dist, epmd }, options)
    try {
      await server.start()
      return server
    } catch (error) {
      await server.close()
      throw error
    }
  }

  private constructor(
    ports: Record<'port' | 'tlsPort' | 'management' | 'dist' | 'epmd', number>,
    { tls, listenOn }: RabbitmqOptions,
  ) {
    this.port = ports.port
    this.tlsPort = ports.tlsPort
    this.managementUrl = `http://127.0.0.1:${ports.management}`
    this.#folder = mkdtempSync(join(tmpdir(), 'polyvisor-rabbitmq-'))
    const at = (name: string): string => join(this.#folder, name)
    const lines = [
      `listeners.tcp.1 = 127.0.0.1:${ports.port}`,
      ...(listenOn === undefined ? [] : [`listeners.tcp.2 = ${listenOn}:${ports.port}`]),
      'management.tcp.ip = 127.0.0.1',
      `management.tcp.port = ${ports.management}`,
      `default_user = ${user}`,
      `default_pass = ${password}`,
      'loopback_users = none',
      'disk_free_limit.absolute = 1MB',
      // A test that looks at figures need not wait for the next round.
      'collect_statistics_interval = 500',
      ...(tls === undefined ? [] : tlsLines(ports.tlsPort, tls)),
    ]
    writeFileSync(at('rabbitmq.conf'), `${lines.join('\n')}\n`)
    writeFileSync(at('plugins'), '[rabbitmq_management].\n')
    this.#environment = {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      // The cookie lies there.
      HOME: this.#folder,
      ERL_EPMD_PORT: String(ports.epmd),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RABBITMQ_NODENAME: `polyvisor-${ports.port}@localhost`,
      RABBITMQ_DIST_PORT: String(ports.dist),
      RABBITMQ_MNESIA_BASE: at('data'),
      RABBITMQ_LOG_BASE: at('log'),
      RABBITMQ_ENABLED_PLUGINS_FILE: at('plugins'),
      RABBITMQ_CONFIG_FILE: at('rabbitmq.conf'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1} -eval ${electionKeeper}`,
      // Its script becomes the server, instead of minding it from beside.
      RUNNING_UNDER_SYSTEMD: 'true',
    }
    this.#epmd = this.#spawn(['epmd', '-port', String(ports.epmd), '-address', '127.0.0.1'])
    process.once('exit', () => this.#killAll())
  }

  get pid(): number {
    return this.#broker?.pid ?? 0
  }

  /** @param vhost `/` when absent */
  url(vhost = '/', account: { username: string; password: string } = { username: user, password }): string {
    return `amqp://${account.username}:${account.password}@127.0.0.1:${this.port}/${encodeURIComponent(vhost)}`
  }

  /** A vhost of its own for a test. */
  async makeVhost(): Promise<string> {
    const vhost = `test-${crypto.randomUUID()}`
    await this.manage('PUT', `/api/vhosts/${vhost}`)
    await this.manage('PUT', `/api/permissions/${vhost}/${user}`, { configure: '.*', write: '.*', read: '.*' })
    return vhost
  }

  /** Speaks to the management API. @returns the answer's JSON, undefined when it has none */
  async manage(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.managementUrl}${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(`${user}:${password}`)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  /** `rabbitmqctl`, for what the management API cannot do. */
  async control(...args: readonly string[]): Promise<void> {
    const { RABBITMQ_NODENAME: node = '' } = this.#environment
    await run('/usr/lib/rabbitmq/bin/rabbitmqctl', ['-q', '-n', node, ...args], { env: this.#environment })
  }

  async start(): Promise<void> {
    const broker = this.#spawn([program])
    this.#broker = broker
    const answers = async (): Promise<true | undefined> => {
      if (broker.exitCode !== null || broker.signalCode !== null) throw new Error(`RabbitMQ ended:\n${this.output()}`)
      const isReady = await this.manage('GET', '/api/health/checks/virtual-hosts').then(
        () => true,
        () => false,
      )
      return isReady ? true : undefined
    }
    await waitUntil('RabbitMQ to answer', answers, { timeoutMs: 120_000, everyMs: 100 })
  }

  /** In good order. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async kill9(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  /** It comes back on the same ports and knows nothing any more. */
  async wipe(): Promise<void> {
    await this.kill9()
    rmSync(join(this.#folder, 'data'), { recursive: true, force: true })
    await this.start()
  }

  async close(): Promise<void> {
    if (this.#broker !== undefined) await this.kill9()
    this.#killAll()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  output(): string {
    return readFileSync(join(this.#folder, 'output'), 'utf8').slice(-4_000)
  }

  #spawn([command = '', ...args]: readonly string[]): ChildProcess {
    const output = openSync(join(this.#folder, 'output'), 'a')
    // However this process ends, what it started ends too.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
      env: this.#environment,
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    return child
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const broker = this.#broker
    if (broker === undefined || broker.exitCode !== null || broker.signalCode !== null) return
    const ended = once(broker, 'exit')
    broker.kill(signal)
    await ended
  }

  #killAll(): void {
    this.#broker?.kill('SIGKILL')
    this.#epmd.kill('SIGKILL')
  }
}

/** A certificate authority, and a certificate for localhost and 127.0.0.1 that it signed. */
export function makeTlsFiles(folder: string): { caFile: string; certFile: string; keyFile: string } {
  const at = (name: string): string => join(folder, name)
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Polyvisor test CA')
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names']
  openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', ...signing)
  return { caFile: at('ca.pem'), certFile: at('server.pem'), keyFile: at('server.key') }
}

function tlsLines(port: number, { caFile, certFile, keyFile }: NonNullable<RabbitmqOptions['tls']>): readonly string[] {
  return [
    `listeners.ssl.1 = 127.0.0.1:${port}`,
    `ssl_options.cacertfile = ${caFile}`,
    `ssl_options.certfile = ${certFile}`,
    `ssl_options.keyfile = ${keyFile}`,
  ]
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async (): Promise<Server> => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
