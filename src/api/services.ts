/**
 * What handlers work with: interfaces only, wired by main.ts, so that tests build them over a database in memory.
 * A handler takes from here what it needs and holds no state of its own.
 */
import type { AgentEnrolment } from '../identity/agent-enrolment.ts'
import type { IdentityService } from '../identity/identity-service.ts'
import type { KeypairDirectory } from '../identity/keypairs.ts'
import type { ServiceCatalog } from '../identity/service-catalog.ts'
import type { ImageAddresses } from '../images/image-addresses.ts'
import type { ImageImports } from '../images/image-imports.ts'
import type { ImageMembers } from '../images/image-members.ts'
import type { ImageService } from '../images/image-service.ts'
import type { SnapshotUploads } from '../images/snapshot-uploads.ts'
import type { ImageTasks } from '../images/image-tasks.ts'
import type { Metadefs } from '../images/metadefs.ts'
import type { InstanceId } from '../model/ids.ts'
import type { AuthContext } from '../model/token.ts'
import type { Aggregates } from '../operations/aggregates.ts'
import type { FlavorAccess } from '../operations/flavor-access.ts'
import type { FlavorCatalog } from '../operations/flavor-catalog.ts'
import type { HostDrain } from '../operations/host-drain.ts'
import type { HostService } from '../operations/host-service.ts'
import type { IdempotencyService } from '../operations/idempotency.ts'
import type { InstanceLocks } from '../operations/instance-locks.ts'
import type { InstanceMetadata } from '../operations/instance-metadata.ts'
import type { InstanceService } from '../operations/instance-service-types.ts'
import type { InstanceStats } from '../operations/instance-stats.ts'
import type { InstanceStateReset } from '../operations/instance-state-reset.ts'
import type { InstanceTags } from '../operations/instance-tags.ts'
import type { LiveMigrations } from '../operations/live-migrations.ts'
import type { Networks } from '../operations/networks.ts'
import type { OperationService } from '../operations/operation-service.ts'
import type { Placement } from '../operations/placement.ts'
import type { RemoteConsoles } from '../operations/remote-consoles.ts'
import type { QuotaService } from '../operations/quota-service.ts'
import type { SecurityGroups } from '../operations/security-groups.ts'
import type { ServerGroups } from '../operations/server-groups.ts'
import type { ReadModel } from '../store/read-model.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'

export interface Services {
  /** Base of every link and of the catalog, without a slash at its end; never taken from a request. */
  readonly publicUrl: string
  /** The one region of the catalog: `RegionOne` unless configured. */
  readonly region: string
  /** Whether a shelved server leaves its host at once. */
  readonly offloadShelved: boolean
  readonly clock: Clock
  readonly logger: Logger
  /** @returns who bears the token, or undefined when it is unknown, expired or revoked */
  readonly authenticate: (token: string) => Promise<AuthContext | undefined>
  readonly identity: IdentityService
  readonly catalog: ServiceCatalog
  readonly agents: AgentEnrolment
  readonly images: ImageService
  readonly imageMembers: ImageMembers
  readonly imageImports: ImageImports
  readonly imageTasks: ImageTasks
  readonly metadefs: Metadefs
  readonly imageAddresses: ImageAddresses
  readonly snapshots: SnapshotUploads
  readonly flavors: FlavorCatalog
  readonly flavorAccess: FlavorAccess
  readonly hosts: HostService
  readonly hostDrain: HostDrain
  readonly instances: InstanceService
  readonly instanceMetadata: InstanceMetadata
  readonly instanceTags: InstanceTags
  readonly instanceLocks: InstanceLocks
  readonly securityGroups: SecurityGroups
  readonly networks: Networks
  readonly serverGroups: ServerGroups
  readonly aggregates: Aggregates
  readonly instanceStateReset: InstanceStateReset
  readonly instanceStats: Pick<InstanceStats, 'read'>
  readonly keypairs: KeypairDirectory
  readonly idempotency: IdempotencyService
  readonly operations: OperationService
  readonly quotas: QuotaService
  readonly placement: Pick<Placement, 'explain'>
  readonly readModel: ReadModel
  readonly consoles: ConsoleLogs
  readonly screenshots: { take(instanceId: InstanceId): Promise<Uint8Array> }
  readonly liveMigrations: LiveMigrations
  readonly remoteConsoles: Pick<RemoteConsoles, 'create' | 'look'>
  /** Figures for Prometheus; undefined where they are not shown. */
  readonly metrics?: (() => Promise<{ readonly contentType: string; readonly text: string }>) | undefined
  readonly readiness: () => Promise<readonly ReadinessPart[]>
}

export interface ConsoleLogs {
  /** The last `maxBytes` of what the guest wrote to its first serial port. */
  readLog(instanceId: InstanceId, maxBytes: number): Promise<Uint8Array>
}

export interface ReadinessPart {
  readonly name: string
  readonly ok: boolean
  readonly message: string
}
