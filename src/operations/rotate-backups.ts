/** Of an instance's backups of one type only the newest are kept: the others go with the last word of the one that was made. */
import type { InstanceId, ProjectId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { listImages, markDeleting } from '../store/images.ts'

export interface BackupRotation {
  /** `daily`, or whatever the tenant calls it. */
  readonly type: string
  /** How many are kept; 0 keeps none, not even the new one. */
  readonly kept: number
  /** Whose images they are. */
  readonly projectId: ProjectId
}

/** More than one call can leave behind: the rest goes with the next. */
const mostAtOnce = 1_000

/** Protected ones stay, and count. */
export async function rotateBackups(
  trx: Db,
  instanceId: InstanceId,
  { type, kept, projectId }: BackupRotation,
  nowMs: number,
): Promise<void> {
  const filter = {
    ownerProjectId: projectId,
    properties: { instance_uuid: instanceId, image_type: 'backup', backup_type: type },
  }
  const sort = [
    { key: 'created_at', descending: true },
    { key: 'id', descending: true },
  ] as const
  const backups = await listImages(trx, filter, { sort, limit: kept + mostAtOnce })
  for (const { id } of backups.slice(kept)) await markDeleting(trx, id, nowMs)
}
