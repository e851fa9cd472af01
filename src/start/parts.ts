/** What every role of a process stands on. */
import type { Bus } from '../bus/bus.ts'
import type { Config } from '../config/config.ts'
import type { ServiceMetrics } from '../metrics/service-metrics.ts'
import type { DataDir } from '../process/data-dir.ts'
import type { HttpServer } from '../process/http-server.ts'
import type { Db } from '../store/database.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'
import type { Teardown } from './teardown.ts'

export interface ProcessParts {
  readonly config: Config
  readonly log: Logger
  readonly teardown: Teardown
  readonly dataDir: DataDir
  readonly http: HttpServer
  readonly publicUrl: string
  /** Undefined when nothing is to be counted. */
  readonly metrics: ServiceMetrics | undefined
  /** Aborts when the process is asked to stop while it still starts. */
  readonly signal: AbortSignal
  /** The process cannot go on. */
  readonly fail: (reason: Error) => void
}

/** What APIs and conductors share besides. */
export interface ControlParts extends ProcessParts {
  readonly db: Db
  readonly bus: Bus
  readonly clock: Clock
}

/** One word for `/readyz`, looked up anew each time. */
export type ReadinessProbe = () => ReadinessWord | Promise<ReadinessWord>
export interface ReadinessWord {
  readonly name: string
  readonly ok: boolean
  readonly message: string
}
