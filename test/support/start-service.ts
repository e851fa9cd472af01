/**
 * The service as users run it: `bin/polyvisor serve` in a process of its own, on a free port, with a data directory
 * of its own. The demo starts it the same way.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
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
import { endOwnProcesses } from './leftovers.ts'
import { databaseEnvironment, dropTestDatabaseIn } from './test-database.ts'

const ownCommand = fileURLToPath(new URL('../../bin/polyvisor', import.meta.url))

/** For `environment`: without the checks that tests add. */
export const asInRealUse = { POLYVISOR_TEST_VALIDATE_RESPONSES: '0' }

export interface StartOptions {
  /** Arguments after `serve --data-dir … --listen …`, for example `['--driver', 'sim']`. */
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** An earlier service's directory: this start is a restart. */
  readonly dataDir?: string
  readonly readyTimeoutMs?: number
  /** Another `polyvisor` than this tree's. */
  readonly command?: string
  /** Keeps the terminal's Ctrl-C away from it. */
  readonly detached?: boolean
}

export interface SpawnedService {
  readonly url: string
  readonly dataDir: string
  readonly pid: number
  /** OS_… variables of the admin. */
  readonly openrc: OpenrcVariables
  /** Where all that it prints and logs goes. */
  readonly logFile: string
  /** Everything it printed and logged so far, earlier runs on the same data directory included. */
  logs(): string
  /** As the admin. */
  client(): Promise<ApiClient>
  /** Resolves when it has ended, however. @returns its exit code, null when a signal ended it */
  readonly exited: Promise<number | null>
  /** Asks it to stop. @returns its exit code */
  stop(): Promise<number | null>
  /** Pulls the plug: no handler of it runs. */
  kill9(): Promise<void>
}

/** Resolves when the service says that it is ready. @throws Error with its last lines when it does not become so */
export async function startService(options: StartOptions = {}): Promise<SpawnedService> {
  const dataDir = options.dataDir ?? (await makeDataDir())
  const logFile = join(dataDir, 'service.log')
  const log = openSync(logFile, 'a')
  const args = ['serve', '--data-dir', dataDir, '--listen', '127.0.0.1:0', ...(options.args ?? [])]
  const child = spawn(options.command ?? ownCommand, args, {
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      POLYVISOR_TEST_VALIDATE_RESPONSES: '1',
      ...(await databaseEnvironment(dataDir)),
      ...options.environment,
    },
    detached: options.detached === true,
  })
  closeSync(log)
  const exited = once(child, 'exit').then(() => child.exitCode)
  const logs = (): string => readFileSync(logFile, 'utf8')
  const kill9 = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  const isReady = async (): Promise<true | undefined> => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the service ended')
    const { pid } = await readServiceFile(dataDir).catch(() => ({ pid: 0 }))
    return pid === child.pid ? true : undefined
  }
  try {
    await waitUntil('the service to be ready', isReady, { timeoutMs: options.readyTimeoutMs ?? 120_000 })
  } catch (cause) {
    await kill9()
    throw new Error(`the service did not become ready; it said last:\n${logs().split('\n').slice(-20).join('\n')}`, {
      cause,
    })
  }
  const { publicUrl } = await readServiceFile(dataDir)
  const { variables } = await readOpenrc(dataDir)
  return {
    url: publicUrl,
    dataDir,
    pid: child.pid ?? 0,
    openrc: variables,
    logFile,
    logs,
    client: () => logIn(variables),
    exited,
    async stop() {
      child.kill('SIGTERM')
      return exited
    },
    kill9,
  }
}

/** A temporary folder that guests' unprivileged processes may pass through. */
export async function makeDataDir(prefix = 'polyvisor-test-'): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), prefix))
  await chmod(dataDir, 0o711)
  return dataDir
}

/** After the service has ended: ends what it started to outlive it, and removes its data. */
export async function removeDataDir(dataDir: string): Promise<void> {
  await endOwnProcesses(dataDir)
  await dropTestDatabaseIn(dataDir)
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
}
