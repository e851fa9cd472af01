/** The record of one move of a server, in Nova's words; a resize where the server is counts as one. */
import type { InstanceId, OperationId, ProjectId, UserId } from './ids.ts'

export const serverMigrationTypes = ['migration', 'resize', 'live-migration', 'evacuation'] as const
export type ServerMigrationType = (typeof serverMigrationTypes)[number]

/**
 * Cold: pre-migrating → migrating → finished → confirmed or reverted. Live: accepted → preparing → running → completed or
 * cancelled. Evacuation: accepted → pre-migrating → done. Whatever fails ends in `error`.
 */
export const serverMigrationStatuses = [
  'accepted',
  'pre-migrating',
  'preparing',
  'migrating',
  'running',
  'finished',
  'confirmed',
  'reverted',
  'completed',
  'done',
  'cancelled',
  'error',
] as const
export type ServerMigrationStatus = (typeof serverMigrationStatuses)[number]

export interface ServerMigration {
  /** What old clients know it by. */
  readonly id: number
  readonly uuid: string
  readonly instanceId: InstanceId
  readonly projectId: ProjectId
  /** Who asked for it. */
  readonly userId: UserId
  readonly operationId: OperationId
  readonly type: ServerMigrationType
  readonly status: ServerMigrationStatus
  readonly sourceHost: string
  /** null while none is chosen. */
  readonly destHost: string | null
  readonly oldFlavorId: string
  readonly newFlavorId: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export const liveUnderWay: readonly ServerMigrationStatus[] = ['accepted', 'preparing', 'running']

/** While it may be aborted or forced. */
export function isLiveUnderWay({ type, status }: Pick<ServerMigration, 'type' | 'status'>): boolean {
  return type === 'live-migration' && liveUnderWay.includes(status)
}

export type NewServerMigration = Omit<ServerMigration, 'id' | 'createdAtMs' | 'updatedAtMs'>
