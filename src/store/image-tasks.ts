/** Rows of `image_tasks`. */
import type { ImageId, ProjectId, UserId } from '../model/ids.ts'
import type { ImageTask, ImageTaskStatus, ImageTaskType } from '../model/image-task.ts'
import type { Db } from './database.ts'
import { afterMarker } from './keyset.ts'
import { fromJson, toNumber, toNumberOrNull } from './rows.ts'

type Row = Record<string, unknown>

/** Of one image. */
const mostShown = 500

export interface ImageTaskPage {
  readonly type?: ImageTaskType | undefined
  readonly status?: ImageTaskStatus | undefined
  readonly descending: boolean
  readonly limit: number
  /** Of the tasks after this one. */
  readonly marker?: ImageTask | undefined
}

export async function insertImageTask(db: Db, task: ImageTask): Promise<void> {
  await db('image_tasks').insert({
    id: task.id,
    type: task.type,
    status: task.status,
    image_id: task.imageId,
    owner_project_id: task.ownerProjectId,
    user_id: task.userId,
    request_id: task.requestId,
    input: JSON.stringify(task.input),
    message: task.message,
    attempts: task.attempts,
    created_at: task.createdAtMs,
    updated_at: task.updatedAtMs,
    expires_at: task.expiresAtMs,
  })
}

export async function findImageTask(db: Db, id: string): Promise<ImageTask | undefined> {
  const row = (await db('image_tasks').where({ id }).first()) as Row | undefined
  return row === undefined ? undefined : toTask(row)
}

/** Of one image, oldest first; of very many the newest. */
export async function listTasksOfImage(db: Db, imageId: ImageId): Promise<readonly ImageTask[]> {
  const newest = db('image_tasks')
    .where({ image_id: imageId })
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(mostShown)
  return ((await newest) as Row[]).map(toTask).reverse()
}

/** By when they were made. */
export async function listImageTasks(db: Db, page: ImageTaskPage): Promise<readonly ImageTask[]> {
  const { type, status, descending, limit, marker } = page
  const direction = descending ? 'desc' : 'asc'
  const query = db('image_tasks').orderBy([
    { column: 'created_at', order: direction },
    { column: 'id', order: direction },
  ])
  if (type !== undefined) query.where({ type })
  if (status !== undefined) query.where({ status })
  if (marker !== undefined) {
    const keys = ['created_at', 'id'].map((expression) => ({ expression, descending }))
    afterMarker(query, keys, [marker.createdAtMs, marker.id])
  }
  return ((await query.limit(limit)) as Row[]).map(toTask)
}

/** A process begins with it. @returns how often that happened, this time included; 0 when it has ended */
export async function beginImageTask(db: Db, id: string, nowMs: number): Promise<number> {
  const begun = await db('image_tasks')
    .where({ id })
    .whereIn('status', ['pending', 'processing'])
    .update({ status: 'processing', updated_at: nowMs, attempts: db.raw('attempts + 1') })
  if (begun === 0) return 0
  const row = (await db('image_tasks').where({ id }).first('attempts')) as { attempts: unknown } | undefined
  return toNumber(row?.attempts ?? 0)
}

/** A process stopped in the middle: that attempt does not count. */
export async function returnImageTask(db: Db, id: string, nowMs: number): Promise<void> {
  await db('image_tasks').where({ id }).update({ status: 'pending', updated_at: nowMs }).decrement('attempts', 1)
}

export interface ImageTaskEnd {
  readonly status: 'success' | 'failure'
  readonly message: string
  readonly nowMs: number
  readonly expiresAtMs: number
}

/** The last word on a task, or on what is under way of an image that goes; a second one changes nothing. */
export async function endImageTasks(
  db: Db,
  which: { readonly id: string } | { readonly image_id: ImageId },
  end: ImageTaskEnd,
): Promise<void> {
  await db('image_tasks')
    .where(which)
    .whereIn('status', ['pending', 'processing'])
    .update({ status: end.status, message: end.message, updated_at: end.nowMs, expires_at: end.expiresAtMs })
}

export async function deleteExpiredImageTasks(db: Db, nowMs: number): Promise<void> {
  await db('image_tasks').where('expires_at', '<', nowMs).delete()
}

function toTask(row: Row): ImageTask {
  return {
    id: row['id'] as string,
    type: row['type'] as ImageTaskType,
    status: row['status'] as ImageTaskStatus,
    imageId: row['image_id'] as ImageId,
    ownerProjectId: row['owner_project_id'] as ProjectId,
    userId: row['user_id'] as UserId,
    requestId: row['request_id'] as string,
    input: fromJson(row['input']),
    message: row['message'] as string,
    attempts: toNumber(row['attempts']),
    createdAtMs: toNumber(row['created_at']),
    updatedAtMs: toNumber(row['updated_at']),
    expiresAtMs: toNumberOrNull(row['expires_at']),
  }
}
