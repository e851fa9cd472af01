/**
 * A PostgreSQL of the tests' own: a cluster in a temporary folder, on a free loopback port, run by an unprivileged user. It ends with
 * the process that started it, however that ends: a shell in between holds a pipe to it, and sees it close.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, chown, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { waitUntil } from '../../src/util/wait-until.ts'

const run = promisify(execFile)
const binRoot = '/usr/lib/postgresql'

/** Runs the server ($0) on the folder ($1); when the pipe at 3 closes, its owner is gone, and so are both. */
const keeper = `
  "$0" -D "$1/data" >>"$1/log" 2>&1 3<&- & server=$!
  { cat >/dev/null; : >"$1/abandoned"; kill -QUIT $server; } <&3 2>/dev/null & watch=$!
  wait $server
  kill $watch 2>/dev/null
  if [ -e "$1/abandoned" ]; then rm -rf "$1"; fi`

export interface PostgresOptions {
  /** Writes reach the disk: needed only where the server itself is killed. */
  readonly fsync?: boolean
  /** Lines for postgresql.conf. */
  readonly config?: Readonly<Record<string, string>>
  /** PEM files; without them it speaks no TLS. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Replaces the rules on who gets in; by default everybody on loopback does. */
  readonly hba?: string
}

export class PostgresServer {
  readonly folder: string
  readonly port: number
  #shell: ChildProcess | undefined

  private constructor(folder: string, port: number) {
    this.folder = folder
    this.port = port
  }

  /** Makes a cluster and starts it. @throws Error when there is no PostgreSQL here; see `postgresMissing` */
  static async start(options: PostgresOptions = {}): Promise<PostgresServer> {
    const folder = await mkdtemp(join(tmpdir(), 'polyvisor-postgres-'))
    const { uid, gid } = unprivileged()
    chownSync(folder, uid, gid)
    const data = join(folder, 'data')
    await run(
      join(binFolder() ?? '', 'initdb'),
      ['--pgdata', data, '--username=polyvisor', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
      { uid, gid, cwd: folder },
    )
    const port = await freePort()
    const config: Record<string, string> = {
      listen_addresses: "'127.0.0.1'",
      port: String(port),
      unix_socket_directories: `'${folder}'`,
      max_connections: '300',
      shared_buffers: '64MB',
      fsync: options.fsync === true ? 'on' : 'off',
      full_page_writes: options.fsync === true ? 'on' : 'off',
      max_wal_size: '256MB',
      autovacuum: 'off',
      ...options.config,
    }
    if (options.tls !== undefined) await useTls(data, options.tls, config)
    const lines = Object.entries(config).map(([name, value]) => `${name} = ${value}\n`)
    await writeFile(join(data, 'postgresql.auto.conf'), lines.join(''))
    if (options.hba !== undefined) await writeFile(join(data, 'pg_hba.conf'), options.hba)
    const server = new PostgresServer(folder, port)
    await server.up()
    return server
  }

  /** @param database of that name; the cluster's own without one */
  url(database = 'postgres'): string {
    return `postgres://polyvisor@127.0.0.1:${this.port}/${database}`
  }

  /** Rows as they lie there, seen without any code of ours. */
  async query(sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client(this.url())
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }

  /** The server's own process; its children end with it. */
  pid(): number {
    return Number(readFileSync(join(this.folder, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  }

  /** Starts it, and waits until it answers. */
  async up(): Promise<void> {
    const shell = spawn('sh', ['-c', keeper, join(binFolder() ?? '', 'postgres'), this.folder], {
      ...unprivileged(),
      cwd: this.folder,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    this.#shell = shell
    const answers = async (): Promise<true | undefined> => {
      if (shell.exitCode !== null) throw new Error(`PostgreSQL ended: ${await this.lastWords()}`)
      const args = ['--host=127.0.0.1', `--port=${this.port}`, '--quiet']
      return run(join(binFolder() ?? '', 'pg_isready'), args).then(
        () => true,
        () => undefined,
      )
    }
    await waitUntil('PostgreSQL to answer', answers, { timeoutMs: 60_000, everyMs: 20 })
    // From now on it does not keep this process alive.
    shell.unref()
    ;(shell.stdio[3] as Socket).unref()
  }

  /** fast: ends sessions in order; immediate: as if the machine had lost its power. */
  async down(how: 'fast' | 'immediate' = 'fast'): Promise<void> {
    const shell = this.#shell
    this.#shell = undefined
    if (shell === undefined || shell.exitCode !== null) return
    shell.ref()
    const ended = once(shell, 'exit')
    process.kill(this.pid(), how === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await ended
  }

  async restart(how: 'fast' | 'immediate' = 'fast'): Promise<void> {
    await this.down(how)
    await this.up()
  }

  /** Ends it and removes its folder. */
  async stop(): Promise<void> {
    await this.down('immediate')
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  async lastWords(): Promise<string> {
    const text = await readFile(join(this.folder, 'log'), 'utf8').catch(() => '')
    return text.split('\n').slice(-10).join('\n')
  }
}

async function useTls(
  data: string,
  { key, cert }: { readonly key: string; readonly cert: string },
  config: Record<string, string>,
): Promise<void> {
  const { uid, gid } = unprivileged()
  for (const [from, name] of [
    [key, 'server.key'],
    [cert, 'server.crt'],
  ] as const) {
    const to = join(data, name)
    await copyFile(from, to)
    await chown(to, uid, gid)
    await chmod(to, 0o600)
  }
  config['ssl'] = 'on'
}

/** Why no PostgreSQL can be started here; undefined when one can. */
export function postgresMissing(): string | undefined {
  return binFolder() === undefined
    ? `there is no PostgreSQL under ${binRoot}; install the package postgresql`
    : undefined
}

function binFolder(): string | undefined {
  if (!existsSync(binRoot)) return undefined
  const versions = readdirSync(binRoot).filter((version) => existsSync(join(binRoot, version, 'bin/postgres')))
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  return newest === undefined ? undefined : join(binRoot, newest, 'bin')
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } {
  const own = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  if (own.uid !== 0) return own
  const users = readFileSync('/etc/passwd', 'utf8').split('\n')
  const fields = (users.find((line) => line.startsWith('postgres:')) ?? '').split(':')
  return fields.length < 4 ? { uid: 65_534, gid: 65_534 } : { uid: Number(fields[2]), gid: Number(fields[3]) }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
