/** An instance: what the tenant asked for, and how far it came. Written by the control plane only. */
import type { Flavor } from './flavor.ts'
import type { HostId, ImageId, InstanceId, OperationId, ProjectId, UserId } from './ids.ts'
import type { BootImage } from './image.ts'
import type { PowerState, TaskState, VmStateName } from './instance-states.ts'
import type { KeypairType } from './keypair.ts'
import type { Nic } from './network.ts'
import type { PlacementHints } from './placement-hints.ts'
import type { PendingResize } from './resize.ts'
import type { Json } from '../util/json.ts'

/** What the tenant may set and only the API reads; each is absent until set. */
export interface InstanceAttributes {
  readonly tags?: readonly string[]
  readonly hostname?: string
  readonly accessIpV4?: string
  readonly accessIpV6?: string
  readonly diskConfig?: 'AUTO' | 'MANUAL'
  /** Absent: the project's default group. */
  readonly securityGroupIds?: readonly string[]
  /** Of the key pair as it was when the instance was made, or made anew. */
  readonly publicKey?: { readonly type: KeypairType; readonly publicKey: string }
  /** They are on its config drive. */
  readonly injectedFiles?: readonly InjectedFile[]
}

export interface InjectedFile {
  /** Where the guest shall put it. */
  readonly path: string
  readonly base64: string
}

/** While it holds, only admins may act on the instance. */
export interface InstanceLock {
  readonly by: 'owner' | 'admin'
  readonly reason: string | null
}

/** Why an instance is in ERROR, in words to act on; `details` are for admins. */
export interface InstanceFault {
  readonly code: number
  readonly message: string
  readonly details: string
  readonly createdAtMs: number
}

export interface Shelved {
  readonly imageId: ImageId
  readonly atMs: number
}

/** Those that one request made. */
export interface Reservation {
  readonly id: string
  /** Which of them it is, from 0 on. */
  readonly index: number
}

export interface Instance {
  readonly id: InstanceId
  readonly projectId: ProjectId
  readonly userId: UserId
  readonly name: string
  readonly description: string | null
  readonly flavor: Flavor
  /** While a resize waits to be confirmed or reverted; `flavor` is the new one then. */
  readonly resize: PendingResize | null
  /** While it is shelved: the image that it comes back from. */
  readonly shelved: Shelved | null
  readonly imageId: ImageId | null
  /** null: nobody knows, of instances older than the knowledge. */
  readonly bootImage: BootImage | null
  readonly imageProperties: Readonly<Record<string, string>>
  readonly hostId: HostId | null
  /** In order; those that its VM really has. */
  readonly nics: readonly Nic[]
  /** null: nobody knows, of instances older than the knowledge. */
  readonly reservation: Reservation | null
  readonly serverGroupId: string | null
  readonly hints: PlacementHints
  readonly vmState: VmStateName
  readonly taskState: TaskState | null
  readonly operationId: OperationId | null
  readonly fault: InstanceFault | null
  readonly keyName: string | null
  readonly metadata: Readonly<Record<string, string>>
  readonly attributes?: InstanceAttributes
  /** null: not locked. */
  readonly lock: InstanceLock | null
  readonly userData: string | null
  readonly configDrive: boolean
  readonly availabilityZone: string | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly launchedAtMs: number | null
  readonly terminatedAtMs: number | null
  readonly deletedAtMs: number | null
}

/** What one host says about an instance; the host's agent alone raises the generation. */
export interface Vm {
  readonly instanceId: InstanceId
  readonly hostId: HostId
  readonly powerState: PowerState
  /** The driver's own note, opaque here. */
  readonly handle: Json
  readonly generation: number
  readonly observedAtMs: number
}
