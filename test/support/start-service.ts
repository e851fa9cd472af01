/** The service as users run it: `bin/polyvisor serve` in a process of its own, on a free port, in a data directory of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { logIn } from '../../src/cli/api-client.ts'
import type { OpenrcVariables } from '../../src/cli/openrc.ts'
import { readOpenrc } from '../../src/cli/openrc.ts'
import { readServiceFile } from '../../src/cli/service-file.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

const command = fileURLToPath(new URL('../../bin/polyvisor', import.meta.url))

export interface StartOptions {
  /** Arguments after `serve --data-dir … --listen …`, for example `['--driver', 'sim']`. */
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** An earlier service's directory: this start is a restart. */
  readonly dataDir?: string
  readonly readyTimeoutMs?: number
}

export interface SpawnedService {
  readonly url: string
  readonly dataDir: string
  readonly pid: number
  /** OS_… variables of the admin. */
  readonly openrc: OpenrcVariables
  /** Everything it printed and logged so far. */
  logs(): string
  /** As the admin. */
  client(): Promise<ApiClient>
  /** Asks it to stop. @returns its exit code */
  stop(): Promise<number>
  /** Pulls the plug: no handler of it runs. */
  kill9(): Promise<void>
}

/** Resolves when the service says that it is ready. @throws Error with its whole output when it does not become so */
export async function startService(options: StartOptions = {}): Promise<SpawnedService> {
  const dataDir = options.dataDir ?? (await makeDataDir())
  const args = ['serve', '--data-dir', dataDir, '--listen', '127.0.0.1:0', ...(options.args ?? [])]
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment },
  })
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  let output = ''
  const keep = (text: string): void => void (output += text)
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null
  const kill9 = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  try {
    await waitUntil(
      'the service to be ready',
      () => {
        if (isGone()) throw new Error('the service ended')
        return output.includes('polyvisor is ready at') ? true : undefined
      },
      { timeoutMs: options.readyTimeoutMs ?? 60_000 },
    )
  } catch (cause) {
    await kill9()
    throw new Error(`the service did not become ready; it said:\n${output}`, { cause })
  }
  const { publicUrl } = await readServiceFile(dataDir)
  const { variables } = await readOpenrc(dataDir)
  return {
    url: publicUrl,
    dataDir,
    pid: child.pid ?? 0,
    openrc: variables,
    logs: () => output,
    client: () => logIn(variables),
    async stop() {
      child.kill('SIGTERM')
      const [code, signal] = await exited
      if (code === null) throw new Error(`the service was ended by ${String(signal)}; it said:\n${output}`)
      return code
    },
    kill9,
  }
}

/** A temporary folder that guests' unprivileged processes may pass through. */
export async function makeDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'polyvisor-test-'))
  await chmod(dataDir, 0o711)
  return dataDir
}

export async function removeDataDir(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true })
}
