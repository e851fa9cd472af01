/** The embedded size under measurement: the real command in a process of its own, on simulated hosts. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { delay } from '../../src/util/delay.ts'

const command = fileURLToPath(new URL('../../bin/polyvisor', import.meta.url))

export interface BenchService {
  readonly url: string
  /** All that works for it, engines included; their children count as theirs. */
  readonly processes: readonly { readonly name: string; readonly pid: number }[]
  /** From the spawn to the first answered request, in milliseconds. */
  readonly startMs: number
  token(): Promise<string>
  stop(): Promise<void>
}

export interface ServiceOptions {
  readonly dataDir: string
  readonly hosts: number
  /** Folder of the compile cache; the product's own when left out. */
  readonly compileCache?: string
}

export async function makeBenchDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'polyvisor-bench-'))
}

export async function removeBenchDir(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true })
}

export async function startBenchService({ dataDir, hosts, compileCache }: ServiceOptions): Promise<BenchService> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const config = join(dataDir, 'bench.yaml')
  const settings = { drivers: ['sim'], driverConfig: { sim: simulated(hosts) }, logLevel: 'warn', ...unlimitedQuotas }
  await writeFile(config, JSON.stringify(settings))
  const begun = performance.now()
  const child = spawn(command, ['serve', '--config', config, '--data-dir', dataDir, '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...(compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache }) },
  })
  const exited = once(child, 'exit')
  while (!(await answers(`${url}/identity/v3`))) {
    if (child.exitCode !== null) throw new Error('the service ended before it answered')
    await delay(2)
  }
  const startMs = performance.now() - begun
  while (!(await answers(`${url}/readyz`))) await delay(5)
  return {
    url,
    processes: [{ name: 'service', pid: child.pid ?? 0 }],
    startMs,
    token: () => logIn(url, join(dataDir, 'admin-password')),
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** Room for a thousand servers and more, however few the hosts. */
export function simulated(hosts: number): object {
  return { nodes: hosts, vcpus: 4_096, memoryMb: 4_194_304, diskGb: 100_000 }
}

const unlimitedQuotas = { quotas: { instances: -1, cores: -1, ramMb: -1 } }

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

export async function logIn(url: string, passwordFile: string): Promise<string> {
  const password = (await readFile(passwordFile, 'utf8')).trim()
  const domain = { id: 'default' }
  const body = {
    auth: {
      identity: { methods: ['password'], password: { user: { name: 'admin', domain, password } } },
      scope: { project: { name: 'admin', domain } },
    },
  }
  const answer = await fetch(`${url}/identity/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const token = answer.headers.get('x-subject-token')
  if (token === null) throw new Error(`no token: ${await answer.text()}`)
  return token
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
