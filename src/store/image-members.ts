/** Projects that images are shared with, and what they said to it. */
import type { ImageMember, ImageMemberStatus } from '../model/image.ts'
import type { ImageId, ProjectId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { toNumber } from './rows.ts'

type Row = Record<string, unknown>

/** @returns false when it is a member already */
export async function insertImageMember(db: Db, member: ImageMember): Promise<boolean> {
  const rows: unknown[] = await db('image_members')
    .insert({
      image_id: member.imageId,
      project_id: member.projectId,
      status: member.status,
      created_at: member.createdAtMs,
      updated_at: member.updatedAtMs,
    })
    .onConflict(['image_id', 'project_id'])
    .ignore()
    .returning('image_id')
  return rows.length > 0
}

export async function findImageMember(db: Db, imageId: ImageId, projectId: string): Promise<ImageMember | undefined> {
  const row = (await db('image_members').where({ image_id: imageId, project_id: projectId }).first()) as Row | undefined
  return row === undefined ? undefined : toMember(row)
}

/** In the order in which they were added. */
export async function listImageMembers(db: Db, imageId: ImageId): Promise<readonly ImageMember[]> {
  const rows = (await db('image_members').where({ image_id: imageId }).orderBy(['created_at', 'project_id'])) as Row[]
  return rows.map(toMember)
}

/** @returns false when it is no member */
export async function changeImageMember(
  db: Db,
  imageId: ImageId,
  projectId: string,
  status: ImageMemberStatus,
  nowMs: number,
): Promise<boolean> {
  const changed = await db('image_members')
    .where({ image_id: imageId, project_id: projectId })
    .update({ status, updated_at: nowMs })
  return changed === 1
}

/** @returns false when it was none */
export async function deleteImageMember(db: Db, imageId: ImageId, projectId: string): Promise<boolean> {
  return (await db('image_members').where({ image_id: imageId, project_id: projectId }).delete()) === 1
}

export async function deleteImageMembers(db: Db, imageId: ImageId): Promise<void> {
  await db('image_members').where({ image_id: imageId }).delete()
}

function toMember(row: Row): ImageMember {
  return {
    imageId: row['image_id'] as ImageId,
    projectId: row['project_id'] as ProjectId,
    status: row['status'] as ImageMemberStatus,
    createdAtMs: toNumber(row['created_at']),
    updatedAtMs: toNumber(row['updated_at']),
  }
}
