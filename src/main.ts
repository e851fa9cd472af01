/**
 * The composition root: configuration in, parts wired, roles started. It and its rooms (src/start) alone see everything;
 * they hold no logic of their own.
 */
import { publicUrlFor, type Config } from './config/config.ts'
import { openDataDir } from './process/data-dir.ts'
import { chooseDrivers } from './process/driver-choices.ts'
import { goFirst } from './process/go-first.ts'
import { listenHttp } from './process/http-server.ts'
import { createLogger } from './process/logger.ts'
import { createMetrics } from './process/metrics-endpoint.ts'
import type { ProcessParts } from './start/parts.ts'
import { startAgentAlone } from './start/start-agent-alone.ts'
import { startControl } from './start/start-control.ts'
import { Teardown } from './start/teardown.ts'

export interface RunningService {
  readonly publicUrl: string
  /** Resolves when the service cannot go on, with the reason; it is to be stopped then. */
  readonly failed: Promise<Error>
  stop(): Promise<void>
}

const httpGraceMs = 5_000

/** @param signal aborts when the process is asked to stop while it still starts: nothing is waited for any more */
export async function start(
  config: Config,
  signal: AbortSignal = new AbortController().signal,
): Promise<RunningService> {
  const log = createLogger(config.logLevel)
  const teardown = new Teardown(log)
  const failed = Promise.withResolvers<Error>()
  try {
    const drivers = config.role === 'all' || config.role === 'agent' ? await chooseDrivers(config) : []
    // Where guests run, and never in their way: it is not waited for.
    if (drivers.length > 0)
      void goFirst().then((precedence) => log.debug(precedence, 'before other work on this machine'))
    const dataDir = await openDataDir(config.dataDir)
    teardown.add(() => dataDir.unlock())
    const http = await listenHttp(config.listen)
    teardown.add(() => http.stop(httpGraceMs))
    const publicUrl = publicUrlFor(config, http.port)
    const metrics = createMetrics(config.metrics)
    const parts: ProcessParts = {
      config,
      log,
      teardown,
      dataDir,
      http,
      publicUrl,
      metrics,
      signal,
      fail: failed.resolve,
    }
    await (config.role === 'agent' ? startAgentAlone(parts, drivers) : startControl(parts, drivers))
    // No new request while the parts below it stop.
    teardown.add(() => http.stop(httpGraceMs))
    const driverIds = drivers.map(({ plugin }) => plugin.manifest.id)
    log.info({ publicUrl, role: config.role, drivers: driverIds }, 'polyvisor started')
    return { publicUrl, failed: failed.promise, stop: () => teardown.run() }
  } catch (error) {
    await teardown.run()
    throw error
  }
}
