/** `polyvisor serve`: runs the service until a signal asks it to stop. */
import { ConfigError } from '../config/config-error.ts'
import type { Config } from '../config/config.ts'
import type { ConfigSources } from '../config/load-config.ts'
import { loadConfig, unknownEnvironment } from '../config/load-config.ts'
import { PolyvisorError } from '../model/errors.ts'
import { CliError, exitCodes } from './cli-error.ts'
import { writeServiceFile } from './service-file.ts'

/** What the composition root hands back. */
export interface RunningService {
  readonly publicUrl: string
  /** Resolves when it cannot go on, with the reason. */
  readonly failed: Promise<Error>
  /** Finishes what is under way in an orderly fashion; guests keep running. */
  stop(): Promise<void>
}
export type StartService = (config: Config, signal: AbortSignal) => Promise<RunningService>

const stopTimeoutMs = 30_000
const signals = ['SIGTERM', 'SIGINT'] as const

export async function serve(sources: ConfigSources, startService: StartService): Promise<void> {
  const config = loadConfigOrExplain(sources)
  for (const name of unknownEnvironment(sources.environment ?? {})) {
    console.error(`polyvisor: ${name} in the environment is no setting and changes nothing`)
  }
  const stopAsked = waitForSignal()
  const startAbort = new AbortController()
  void stopAsked.then(() => startAbort.abort())
  const service = await startOrExplain(config, startService, startAbort.signal)
  const { region, dataDir, adminPasswordFile, credentialKeyFile, imagesDir } = config
  const places = { dataDir, adminPasswordFile, credentialKeyFile, imagesDir }
  await writeServiceFile(dataDir, { publicUrl: service.publicUrl, pid: process.pid, region, ...places })
  console.log(`polyvisor is ready ${readyWords(config, service)}`)
  const why = await Promise.race([stopAsked, service.failed])
  console.error(
    why instanceof Error
      ? `polyvisor: stopping: ${why.message}`
      : `polyvisor: ${why}: stopping; once more to stop at once`,
  )
  await stopInTime(service)
  if (why instanceof Error) throw new CliError(exitCodes.failed, why.message, { cause: why })
}

export function loadConfigOrExplain(sources: ConfigSources): Config {
  try {
    return loadConfig(sources)
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError(exitCodes.usage, error.message, { cause: error })
    throw error
  }
}

/** From the first signal on, a second one ends the process at once. */
function waitForSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      process.once(signal, () => {
        for (const again of signals) process.on(again, () => process.exit(again === 'SIGINT' ? 130 : 143))
        resolve(signal)
      })
    }
  })
}

/** Roles other than the API answer nothing but their health. */
function readyWords({ role, dataDir }: Config, { publicUrl }: RunningService): string {
  if (role === 'agent' || role === 'conductor') return `as ${role}; its health: ${publicUrl}/readyz`
  return `at ${publicUrl}; for a client: eval "$(polyvisor openrc --data-dir ${dataDir})"`
}

async function startOrExplain(
  config: Config,
  startService: StartService,
  signal: AbortSignal,
): Promise<RunningService> {
  try {
    return await startService(config, signal)
  } catch (error) {
    throw explainStart(error, config)
  }
}

function explainStart(error: unknown, config: Config): unknown {
  if (error instanceof ConfigError) return new CliError(exitCodes.usage, error.message, { cause: error })
  if (error instanceof PolyvisorError) return new CliError(exitCodes.failed, error.message, { cause: error })
  const { code, path } = error as NodeJS.ErrnoException
  const address = `${config.listen.host}:${config.listen.port}`
  const text = {
    EADDRINUSE: `${address} is in use by another program; choose another address with --listen`,
    EADDRNOTAVAIL: `${address} is no address of this machine; choose another with --listen`,
    EACCES: `no permission for ${path ?? address}; choose another --data-dir or --listen, or run as another user`,
    ENOSPC: `the disk that holds ${config.dataDir} is full`,
  }[code ?? '']
  return text === undefined ? error : new CliError(exitCodes.failed, text, { cause: error })
}

async function stopInTime(service: RunningService): Promise<void> {
  const timer = setTimeout(() => {
    console.error(
      `polyvisor: did not stop within ${stopTimeoutMs / 1000} s; what was under way is resumed at the next start`,
    )
    process.exit(exitCodes.failed)
  }, stopTimeoutMs)
  await service.stop()
  clearTimeout(timer)
}
