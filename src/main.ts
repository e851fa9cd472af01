/**
 * The composition root: configuration in, parts wired, roles started. The only file that sees everything; it holds no
 * logic of its own. Order matters at both ends: who answers stops first, what others stand on stops last.
 */
import { join } from 'node:path'
import { Agent } from './agent/agent.ts'
import { createApi } from './api/server.ts'
import type { Services } from './api/services.ts'
import { MemoryBus } from './bus/memory-bus.ts'
import { publicUrlFor, type Config } from './config/config.ts'
import type { ImageSource } from './driver/driver.ts'
import { DriverError } from './driver/driver-error.ts'
import { bootstrapIdentity } from './identity/bootstrap-identity.ts'
import { createIdentityService, type IdentityService } from './identity/identity-service.ts'
import { KeypairDirectory } from './identity/keypairs.ts'
import { openFilesystemStore } from './images/filesystem-store.ts'
import { ImageService } from './images/image-service.ts'
import { ConsoleLogReader } from './operations/console-log.ts'
import { FlavorCatalog } from './operations/flavor-catalog.ts'
import type { ServiceMetrics, StateSource } from './metrics/service-metrics.ts'
import { novaQuotas } from './model/quotas.ts'
import { IdempotencyRecords } from './operations/idempotency.ts'
import { InstanceMetadata } from './operations/instance-metadata.ts'
import { openDataDir, readOrMakeSecret, readOrMakeUuid, type DataDir } from './process/data-dir.ts'
import { startApiServices } from './roles/api.ts'
import { startConductor, type ConductorOptions } from './roles/conductor.ts'
import { chooseDrivers } from './process/driver-choices.ts'
import { listenHttp } from './process/http-server.ts'
import { createLogger } from './process/logger.ts'
import { createMetrics, openMetrics } from './process/metrics-endpoint.ts'
import { processHook, shouldValidateResponses } from './process/test-hook.ts'
import { countWaiting, openDatabase, type Db } from './store/database.ts'
import { markSilentHostsDown } from './store/hosts.ts'
import { dropAllLeases } from './store/operations.ts'
import { countUntestedHosts } from './store/smoke-tests.ts'
import { createReadModel } from './store/read-model.ts'
import { countHosts, countInstances, countOpenOperations } from './store/state-counts.ts'
import { systemClock as clock } from './util/clock.ts'
import type { Logger } from './util/logger.ts'
import { waitUntil } from './util/wait-until.ts'

export interface RunningService {
  readonly publicUrl: string
  stop(): Promise<void>
}

const httpGraceMs = 5_000
const stopGraceMs = 60_000
const smokePatienceMs = 15_000

/** Starts all roles in this process on SQLite and the bus in memory. */
export async function start(config: Config): Promise<RunningService> {
  const log = createLogger(config.logLevel)
  const stops: (() => Promise<unknown> | void)[] = []
  const stop = async (): Promise<void> => {
    while (stops.length > 0) {
      await Promise.resolve(stops.pop()?.()).catch((error: unknown) =>
        log.error({ err: error }, 'a part did not stop well'),
      )
    }
  }
  try {
    const publicUrl = await startParts(config, log, stops)
    return { publicUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(config: Config, log: Logger, stops: (() => Promise<unknown> | void)[]): Promise<string> {
  const drivers = await chooseDrivers(config)
  const dataDir = await openDataDir(config.dataDir)
  stops.push(() => dataDir.unlock())
  const http = await listenHttp(config.listen)
  const publicUrl = publicUrlFor(config, http.port)
  let httpStopped = false
  const stopHttp = async (): Promise<void> => {
    if (httpStopped) return
    httpStopped = true
    await http.stop(httpGraceMs)
  }
  stops.push(stopHttp)

  const metrics = createMetrics(config.metrics)
  const db = await openStore(config, dataDir, metrics)
  stops.push(() => db.destroy())
  const shown = await openMetrics(config.metrics, metrics, stateSource(db), log)
  stops.push(() => shown.stop())
  await forgetFormerProcess(db)
  const identity = await startIdentity(db, dataDir, config)
  const images = await startImages(db, dataDir, config, log)
  const bus = new MemoryBus(log, metrics?.bus)
  stops.push(() => bus.close())
  const parts = { db, bus, clock, log, identity }
  const front = await startApiServices(parts, { quotas: { ...novaQuotas, ...config.quotas } })
  stops.push(() => front.stop())
  const conductor = await startConductor(parts, conductorOptions(config, metrics))

  const agent = new Agent(
    { bus, log, images: localImages(images) },
    {
      agentId: await readOrMakeUuid(join(dataDir.agentDir, 'agent-id')),
      name: config.hostName,
      stateDir: dataDir.agentDir,
      drivers,
    },
  )
  let joined = false
  const services: Services = {
    publicUrl,
    region: config.region,
    clock,
    logger: log,
    authenticate: (token) => identity.validate(token),
    identity,
    images,
    flavors: new FlavorCatalog(db, clock),
    instances: front.instances,
    instanceMetadata: new InstanceMetadata(db, clock, front.quotas),
    keypairs: new KeypairDirectory(db, clock),
    idempotency: new IdempotencyRecords(db, clock, log),
    operations: front.operations,
    quotas: front.quotas,
    placement: front.placement,
    readModel: createReadModel(db),
    consoles: new ConsoleLogReader(db, front.queries),
    metrics: shown.read,
    readiness: async () => [
      await databaseReadiness(db),
      { name: 'agent', ok: joined, message: joined ? 'joined' : 'its drivers are starting' },
    ],
  }
  http.serve(apiOf(services, config, metrics))
  // No new request while the parts below it stop.
  stops.push(
    () => agent.stop(),
    () => conductor.stop(),
    stopHttp,
  )
  await agent.start()
  conductor.begin()
  await hostsTested(db, log)
  joined = true
  log.info({ publicUrl, drivers: drivers.map(({ plugin }) => plugin.manifest.id) }, 'polyvisor started')
  return publicUrl
}

function openStore(config: Config, dataDir: DataDir, metrics: ServiceMetrics | undefined): Promise<Db> {
  return openDatabase({
    engine: 'sqlite',
    filename: join(dataDir.databaseDir, 'polyvisor.db'),
    durability: config.database.durability,
    observer: metrics?.queries,
  })
}

function conductorOptions(config: Config, metrics: ServiceMetrics | undefined): ConductorOptions {
  const { vcpu, memory, disk } = config.overcommit
  return {
    hostDefaults: {
      ratios: { vcpus: vcpu, memoryMb: memory, diskGb: disk },
      reserved: { memoryMb: 0, diskGb: 0 },
      smokeTest: 'pending',
    },
    stopGraceMs,
    engine: { hook: processHook(), observer: metrics?.operations },
    placementObserver: metrics?.placement,
  }
}

function apiOf(services: Services, config: Config, metrics: ServiceMetrics | undefined): ReturnType<typeof createApi> {
  return createApi(services, {
    observer: metrics?.requests,
    maxBodyBytes: config.limits.bodyBytes,
    trustedProxies: config.trustedProxies,
    validateResponses: shouldValidateResponses(),
  })
}

/** The data directory's lock says that no other process works on this database: what a former one held is free. */
async function forgetFormerProcess(db: Db): Promise<void> {
  await dropAllLeases(db)
  await markSilentHostsDown(db, Number.MAX_SAFE_INTEGER, clock.nowMs())
}

async function startIdentity(db: Db, dataDir: DataDir, config: Config): Promise<IdentityService> {
  const adminPassword = await readOrMakeSecret(join(dataDir.path, 'admin-password'))
  await bootstrapIdentity(db, { adminPassword })
  const { failedLoginsPerUser, failedLoginsPerAddress, failedLoginWindowSeconds } = config.limits
  return createIdentityService({
    db,
    clock,
    tokenLifetimeMs: config.tokenLifetimeSeconds * 1000,
    loginThrottle: {
      failuresPerUser: failedLoginsPerUser,
      failuresPerAddress: failedLoginsPerAddress,
      windowMs: failedLoginWindowSeconds * 1000,
    },
  })
}

async function startImages(db: Db, dataDir: DataDir, config: Config, log: Logger): Promise<ImageService> {
  const store = await openFilesystemStore({ folder: dataDir.imagesDir })
  const images = new ImageService({ db, store, logger: log, clock, maxImageBytes: config.limits.imageBytes })
  await images.sweep()
  return images
}

/** In one process the agent reads images where they lie. */
function localImages(images: ImageService): ImageSource {
  return {
    async open({ imageId }) {
      const path = await images.localPath(imageId as Parameters<ImageService['localPath']>[0])
      if (path === undefined)
        throw new DriverError('IMAGE_BAD', `Image ${imageId} is not there any more.`, { effect: 'none' })
      return { via: 'local-path', path }
    },
  }
}

/** Whoever waits for this service wants to make a server next. Hosts that take long, or are not well, are not waited for. */
async function hostsTested(db: Db, log: Logger): Promise<void> {
  const probe = async (): Promise<true | undefined> => ((await countUntestedHosts(db)) === 0 ? true : undefined)
  await waitUntil('all hosts to be tested', probe, { timeoutMs: smokePatienceMs, everyMs: 10 }).catch(() =>
    log.warn({ smokePatienceMs }, 'some hosts are still being tested; they take work when that went well'),
  )
}

function stateSource(db: Db): StateSource {
  return {
    hosts: () => countHosts(db),
    instances: () => countInstances(db),
    openOperations: () => countOpenOperations(db),
    waitingForStore: () => countWaiting(db),
  }
}

async function databaseReadiness(db: Db): Promise<{ name: string; ok: boolean; message: string }> {
  try {
    await db.raw('select 1')
    return { name: 'database', ok: true, message: 'answers' }
  } catch {
    return { name: 'database', ok: false, message: 'does not answer; see the log' }
  }
}
