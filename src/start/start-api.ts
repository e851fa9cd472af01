/** The role api: identity, images and the HTTP face over the database and the bus. */
import { ConsoleSockets } from '../api/console-sockets.ts'
import { existsSync } from 'node:fs'
import { createApi } from '../api/server.ts'
import type { Services } from '../api/services.ts'
import type { Config } from '../config/config.ts'
import { AgentEnrolment, type AgentAccounts } from '../identity/agent-enrolment.ts'
import { bootstrapIdentity } from '../identity/bootstrap-identity.ts'
import { createIdentityService, type IdentityService } from '../identity/identity-service.ts'
import { KeypairDirectory } from '../identity/keypairs.ts'
import { ServiceCatalog } from '../identity/service-catalog.ts'
import { LoginThrottle, type LoginThrottleOptions } from '../identity/login-throttle.ts'
import { ConsoleRelay } from '../console/console-relay.ts'
import { ConsoleTokens } from '../console/console-tokens.ts'
import { openFilesystemStore } from '../images/filesystem-store.ts'
import { ImageAddresses } from '../images/image-addresses.ts'
import { ImageImports } from '../images/image-imports.ts'
import { ImageMembers } from '../images/image-members.ts'
import { ImageService } from '../images/image-service.ts'
import { SnapshotUploads } from '../images/snapshot-uploads.ts'
import { ImageTasks } from '../images/image-tasks.ts'
import { Metadefs } from '../images/metadefs.ts'
import { addressRule } from '../images/web-download/address-rules.ts'
import { novaQuotas } from '../model/quotas.ts'
import { Screenshots } from '../operations/screenshots.ts'
import { RemoteConsoles } from '../operations/remote-consoles.ts'
import { ConsoleLogReader } from '../operations/console-log.ts'
import { LiveMigrations } from '../operations/live-migrations.ts'
import { Aggregates } from '../operations/aggregates.ts'
import { FlavorAccess } from '../operations/flavor-access.ts'
import { FlavorCatalog } from '../operations/flavor-catalog.ts'
import { HostDrain } from '../operations/host-drain.ts'
import { HostService } from '../operations/host-service.ts'
import { IdempotencyRecords } from '../operations/idempotency.ts'
import { InstanceLocks } from '../operations/instance-locks.ts'
import { InstanceMetadata } from '../operations/instance-metadata.ts'
import { InstanceStats } from '../operations/instance-stats.ts'
import { InstanceStateReset } from '../operations/instance-state-reset.ts'
import { InstanceTags } from '../operations/instance-tags.ts'
import { Networks } from '../operations/networks.ts'
import { ServerGroups } from '../operations/server-groups.ts'
import { SecurityGroups } from '../operations/security-groups.ts'
import { readOrMakeSecret, readSecret } from '../process/data-dir.ts'
import { apiHook, shouldValidateResponses } from '../process/test-hook.ts'
import { imageSweeper } from '../reconcilers/image-sweeper.ts'
import { ReconcilerLoop } from '../reconcilers/reconciler.ts'
import { startApiServices } from '../roles/api.ts'
import { createReadModel } from '../store/read-model.ts'
import type { ControlParts, ReadinessProbe } from './parts.ts'

/** Where Debian's package novnc puts its pages. */
const noVncFolder = '/usr/share/novnc'

export interface StartedApi {
  readonly identity: IdentityService
  readonly images: ImageService
  readonly snapshots: SnapshotUploads
  readonly consoleRelay: ConsoleRelay
}

export interface ApiExtras {
  readonly probes: readonly ReadinessProbe[]
  readonly accounts: AgentAccounts | undefined
  readonly showMetrics: Services['metrics']
}

export async function startApi(parts: ControlParts, extras: ApiExtras): Promise<StartedApi> {
  const { config, db, clock, log, http, publicUrl, metrics, teardown } = parts
  const identity = await startIdentity(parts)
  const { images, imageImports } = await startImages(parts)
  const snapshots = new SnapshotUploads(db, clock, images)
  const front = await startApiServices(parts, { quotas: { ...novaQuotas, ...config.quotas } })
  teardown.add(() => front.stop())
  const flavors = new FlavorCatalog(db, clock)
  const networks = new Networks(db)
  await networks.make(config.network)
  const consoleRelay = new ConsoleRelay()
  const tokens = new ConsoleTokens(db, clock)
  const { relayUrl } = config
  const remoteConsoles = new RemoteConsoles({ db, queries: front.queries, tokens, relay: consoleRelay, relayUrl })
  const services: Services = {
    publicUrl,
    region: config.region,
    offloadShelved: config.offloadShelved,
    clock,
    logger: log,
    authenticate: (token) => identity.validate(token),
    identity,
    catalog: new ServiceCatalog(db, { publicUrl, region: config.region }),
    agents: await startEnrolment(parts, extras.accounts),
    images,
    imageMembers: new ImageMembers(db, images, clock),
    imageImports,
    imageTasks: new ImageTasks(db, images),
    metadefs: new Metadefs(db, clock),
    imageAddresses: new ImageAddresses(db, clock),
    snapshots,
    flavors,
    flavorAccess: new FlavorAccess(db, flavors, front.quotas),
    hosts: new HostService(db, clock),
    hostDrain: new HostDrain({ db, clock, instances: front.instances }),
    instances: front.instances,
    instanceMetadata: new InstanceMetadata(db, clock, front.quotas),
    instanceTags: new InstanceTags(db, clock),
    instanceLocks: new InstanceLocks(db, clock),
    securityGroups: new SecurityGroups(db, clock, front.quotas),
    networks,
    serverGroups: new ServerGroups(db, clock, front.quotas),
    aggregates: new Aggregates(db, clock),
    instanceStateReset: new InstanceStateReset(db, clock),
    instanceStats: new InstanceStats(db, front.queries),
    keypairs: new KeypairDirectory(db, clock),
    idempotency: new IdempotencyRecords(db, clock, log),
    operations: front.operations,
    quotas: front.quotas,
    placement: front.placement,
    readModel: createReadModel(db),
    consoles: new ConsoleLogReader(db, front.queries),
    screenshots: new Screenshots(db, front.queries),
    liveMigrations: new LiveMigrations(db, front.queries, front.operations),
    remoteConsoles,
    metrics: extras.showMetrics,
    readiness: () => Promise.all(extras.probes.map(async (probe) => probe())),
  }
  const options = {
    observer: metrics?.requests,
    maxBodyBytes: config.limits.bodyBytes,
    trustedProxies: config.trustedProxies,
    validateResponses: shouldValidateResponses(),
    hook: apiHook(),
    noVncFolder: existsSync(noVncFolder) ? noVncFolder : undefined,
  }
  const consoles = { consoles: remoteConsoles, relay: consoleRelay, agents: services.agents, log }
  http.serve(createApi(services, options), new ConsoleSockets(consoles))
  return { identity, images, snapshots, consoleRelay }
}

async function startIdentity({ db, clock, config }: ControlParts): Promise<IdentityService> {
  await bootstrapIdentity(db, { adminPassword: () => readOrMakeSecret(config.adminPasswordFile) })
  return createIdentityService({
    db,
    clock,
    credentialKey: await readOrMakeSecret(config.credentialKeyFile),
    tokenLifetimeMs: config.tokenLifetimeSeconds * 1000,
    loginThrottle: throttleOptions(config),
    passwordRules: {
      history: config.passwords.history,
      lockoutFailures: config.passwords.lockoutFailures,
      lockoutMs: config.passwords.lockoutSeconds * 1000,
    },
  })
}

function throttleOptions({ limits }: Config): Omit<LoginThrottleOptions, 'clock'> {
  return {
    failuresPerUser: limits.failedLoginsPerUser,
    failuresPerAddress: limits.failedLoginsPerAddress,
    windowMs: limits.failedLoginWindowSeconds * 1000,
  }
}

async function startEnrolment(
  { db, clock, log, config }: ControlParts,
  accounts: AgentAccounts | undefined,
): Promise<AgentEnrolment> {
  const file = config.enrolmentSecretFile
  if (accounts !== undefined) await readOrMakeSecret(file)
  const throttle = new LoginThrottle({ clock, ...throttleOptions(config) })
  return new AgentEnrolment({ db, clock, log, throttle, accounts, readSecret: () => readSecret(file) })
}

async function startImages({ db, clock, config, log, teardown }: ControlParts) {
  const store = await openFilesystemStore({ folder: config.imagesDir })
  const images = new ImageService({ db, store, logger: log, clock, maxImageBytes: config.limits.imageBytes })
  const { methods, networks, ports, maxSeconds } = config.imageImport
  const download = { isAllowed: addressRule(networks), ports, maxMs: maxSeconds * 1000 }
  const imageImports = new ImageImports({ db, store, images, clock, logger: log, methods, download })
  const sweep = async (isSole: boolean): Promise<void> => {
    await imageImports.resume(isSole)
    await images.sweep(isSole)
  }
  // On SQLite the data directory's lock says that nobody else is there.
  await sweep(config.database.engine === 'sqlite')
  const sweeper = new ReconcilerLoop([imageSweeper({ sweep: () => sweep(false) })], log)
  sweeper.start()
  teardown.add(async () => {
    await sweeper.stop()
    await imageImports.stop()
  })
  return { images, imageImports }
}
