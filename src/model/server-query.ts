/** What a list of instances may be asked: the words between the HTTP edge and the read model. */
import type { InstanceId, ProjectId, UserId } from './ids.ts'
import type { PowerState, VmStateName } from './instance-states.ts'

export type InstanceSortKey =
  | 'created'
  | 'updated'
  | 'launched'
  | 'terminated'
  | 'id'
  | 'name'
  | 'description'
  | 'host'
  | 'vm-state'
  | 'task-state'
  | 'power-state'
  | 'project'
  | 'user'
  | 'key-name'
  | 'image'
  | 'availability-zone'
  | 'config-drive'
  | 'locked'

export interface InstanceSort {
  readonly key: InstanceSortKey
  readonly descending: boolean
}

export interface InstanceQuery {
  /** undefined: all projects. */
  readonly projectId?: ProjectId | undefined
  readonly userId?: UserId | undefined
  readonly id?: string | undefined
  readonly reservationId?: string | undefined
  /** Found anywhere in the name. */
  readonly namePattern?: RegExp | undefined
  /** The states that a status may stand for; an empty list matches nothing. */
  readonly statuses?: readonly StatusCondition[] | undefined
  readonly vmStates?: readonly string[] | undefined
  readonly taskState?: string | undefined
  readonly powerStates?: readonly PowerState[] | undefined
  readonly flavorId?: string | undefined
  readonly imageId?: string | undefined
  readonly hostName?: string | undefined
  readonly keyName?: string | undefined
  readonly availabilityZone?: string | undefined
  readonly hasConfigDrive?: boolean | undefined
  readonly isLocked?: boolean | undefined
  /** Some address of its NICs matches, IPv4 and IPv6 each with its own. */
  readonly addresses?: { readonly v4?: RegExp | undefined; readonly v6?: RegExp | undefined } | undefined
  /** Tags: all of, any of, not all of, none of. */
  readonly tags?: TagConditions | undefined
  readonly changedSinceMs?: number | undefined
  readonly changedBeforeMs?: number | undefined
  readonly deleted: 'without' | 'with' | 'only'
  /** Most significant first. */
  readonly sort: readonly InstanceSort[]
  readonly limit: number
  /** Begin after this instance. */
  readonly marker?: InstanceId | undefined
}

export interface StatusCondition {
  readonly vmState: VmStateName
  /** undefined: any task but `notTasks`. */
  readonly tasks?: readonly string[] | undefined
  readonly notTasks?: readonly string[] | undefined
}

export interface TagConditions {
  readonly all?: readonly string[] | undefined
  readonly any?: readonly string[] | undefined
  readonly notAll?: readonly string[] | undefined
  readonly notAny?: readonly string[] | undefined
}
