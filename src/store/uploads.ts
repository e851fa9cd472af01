/**
 * Bytes on their way into an image: who brings them, and whether that goes on. Only the upload that holds the image may
 * say how it ended: one that was given up for dead, and was not, changes nothing any more.
 */
import type { DiskFormat } from '../model/disk-formats.ts'
import type { ImageContent } from '../model/image.ts'
import type { ImageId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { fromJson } from './rows.ts'

/** `saving`: they come with the request. `uploading`: likewise, and wait then. `importing`: the service gets them itself. */
export type ReceivingStatus = 'saving' | 'uploading' | 'importing'

export interface HeldUpload {
  readonly imageId: ImageId
  readonly uploadId: string
  readonly status: ReceivingStatus
}

/** Fewer than SQLite and PostgreSQL take in one statement. */
const idsAtOnce = 500

/** queued → saving or uploading. @returns undefined when somebody was quicker, or changed the format meanwhile. */
export async function beginUpload(
  db: Db,
  imageId: ImageId,
  diskFormat: DiskFormat,
  status: 'saving' | 'uploading',
  nowMs: number,
): Promise<HeldUpload | undefined> {
  const uploadId = crypto.randomUUID()
  const changed = await db('images')
    .where({ id: imageId, status: 'queued', disk_format: diskFormat })
    .update({ status, staged: null, ...holding(uploadId, nowMs) })
  return changed === 1 ? { imageId, uploadId, status } : undefined
}

/**
 * uploading with its bytes staged, or queued without any → importing.
 * @returns undefined when it is not, or not any more, as `from` says
 */
export async function beginImport(
  db: Db,
  imageId: ImageId,
  from: { readonly what: 'staged' | 'queued'; readonly diskFormat: DiskFormat },
  taskId: string,
  nowMs: number,
): Promise<HeldUpload | undefined> {
  const uploadId = crypto.randomUUID()
  const status = from.what === 'staged' ? 'uploading' : 'queued'
  const query = db('images').where({ id: imageId, status, disk_format: from.diskFormat })
  if (from.what === 'staged') query.whereNotNull('staged')
  const update = { status: 'importing', import_task_id: taskId, import_state: 'running', ...holding(uploadId, nowMs) }
  return (await query.update(update)) === 1 ? { imageId, uploadId, status: 'importing' } : undefined
}

/** Takes over an import of which nothing was heard since `silentSinceMs`. @returns undefined when something was */
export async function takeOverImport(db: Db, imageId: ImageId, times: SilenceTimes): Promise<HeldUpload | undefined> {
  const uploadId = crypto.randomUUID()
  const changed = await silent(db, imageId, ['importing'], times).update(holding(uploadId, times.nowMs))
  return changed === 1 ? { imageId, uploadId, status: 'importing' } : undefined
}

/**
 * queued or saving → saving: whoever received its bytes before has given up without knowing it. It gets its format only now.
 * @returns undefined when it has its bytes, or was deleted
 */
export async function takeUploadOver(
  db: Db,
  imageId: ImageId,
  diskFormat: DiskFormat,
  nowMs: number,
): Promise<HeldUpload | undefined> {
  const uploadId = crypto.randomUUID()
  const changed = await db('images')
    .where({ id: imageId })
    .whereIn('status', ['queued', 'saving'])
    .update({
      status: 'saving',
      disk_format: diskFormat,
      container_format: 'bare',
      ...holding(uploadId, nowMs),
    })
  return changed === 1 ? { imageId, uploadId, status: 'saving' } : undefined
}

/** Whoever receives its bytes is alive. @returns false when it was given up, or the image deleted, meanwhile */
export async function touchUpload(db: Db, upload: HeldUpload, nowMs: number): Promise<boolean> {
  return (await held(db, upload).update({ upload_seen_at: nowMs })) === 1
}

/** The same for many, of any images. @returns the upload ids of those that were not given up, nor their images deleted */
export async function touchUploads(db: Db, uploadIds: readonly string[], nowMs: number): Promise<string[]> {
  const renewed: string[] = []
  for (let from = 0; from < uploadIds.length; from += idsAtOnce) {
    const some = () =>
      db('images')
        .whereIn('upload_id', uploadIds.slice(from, from + idsAtOnce))
        .whereIn('status', ['saving', 'uploading', 'importing'])
    await some().update({ upload_seen_at: nowMs })
    renewed.push(...((await some().pluck('upload_id')) as string[]))
  }
  return renewed
}

/**
 * queued → as it was: it was given up for dead, and was not; nobody has begun another one since.
 * @returns false when somebody has, when the image is gone, or is to be of another format now
 */
export async function retakeUpload(
  db: Db,
  { imageId, uploadId, status }: HeldUpload,
  diskFormat: DiskFormat,
  nowMs: number,
): Promise<boolean> {
  // Who else takes over an import does it anew.
  if (status === 'importing') return false
  const changed = await db('images')
    .where({ id: imageId, status: 'queued', upload_id: uploadId, disk_format: diskFormat })
    .update({ status, ...holding(uploadId, nowMs) })
  return changed === 1
}

/** Whoever receives its bytes stops, and says so: another need not wait. @returns false when it was not his any more */
export async function releaseUpload(db: Db, upload: HeldUpload): Promise<boolean> {
  return (await held(db, upload).update({ upload_seen_at: null })) === 1
}

/** → active. @returns false when it was given up, or the image deleted, meanwhile */
export async function completeUpload(
  db: Db,
  upload: HeldUpload,
  content: ImageContent,
  nowMs: number,
): Promise<boolean> {
  const update = {
    status: 'active',
    size_bytes: content.sizeBytes,
    virtual_size_bytes: content.virtualSizeBytes,
    md5: content.md5,
    sha256: content.sha256,
    sha512: content.sha512,
    fault: content.fault,
    staged: null,
    updated_at: nowMs,
    ...(upload.status === 'importing' ? { import_state: 'done' } : {}),
  }
  return (await held(db, upload).update(update)) === 1
}

/** The bytes are there and wait for their import. @returns false when it was given up, or the image deleted, meanwhile */
export async function completeStaging(
  db: Db,
  upload: HeldUpload,
  content: ImageContent,
  nowMs: number,
): Promise<boolean> {
  return (await held(db, upload).update({ staged: JSON.stringify(content), updated_at: nowMs })) === 1
}

/** What its staged bytes are; undefined when there are none. */
export async function findStagedContent(db: Db, imageId: ImageId): Promise<ImageContent | undefined> {
  const row = (await db('images').where({ id: imageId }).first('staged')) as { staged: string | null } | undefined
  const staged = row?.staged ?? undefined
  return staged === undefined ? undefined : fromJson<ImageContent>(staged)
}

/** → queued, with the reason. @returns false when it was given up, or the image deleted, meanwhile */
export async function failUpload(db: Db, upload: HeldUpload, fault: string, nowMs: number): Promise<boolean> {
  const failed = upload.status === 'importing' ? { import_state: 'failed' } : {}
  const update = { status: 'queued', fault, staged: null, updated_at: nowMs, ...failed }
  return (await held(db, upload).update(update)) === 1
}

/** → queued, for one that came with a request of which nothing was heard since `silentSinceMs`. @returns false when something was */
export async function giveUpUpload(db: Db, imageId: ImageId, times: SilenceTimes, fault: string): Promise<boolean> {
  const update = { status: 'queued', fault, updated_at: times.nowMs }
  return (await silent(db, imageId, ['saving', 'uploading'], times).whereNull('staged').update(update)) === 1
}

/** Images whose import was last heard of before `silentSinceMs`. */
export async function listSilentImports(db: Db, silentSinceMs: number): Promise<{ id: ImageId; taskId: string }[]> {
  const rows = (await db('images')
    .where({ status: 'importing' })
    .where((seen) => seen.whereNull('upload_seen_at').orWhere('upload_seen_at', '<', silentSinceMs))
    .select('id', 'import_task_id')) as { id: ImageId; import_task_id: string }[]
  return rows.map((row) => ({ id: row.id, taskId: row.import_task_id }))
}

export interface SilenceTimes {
  readonly silentSinceMs: number
  readonly nowMs: number
}

function holding(uploadId: string, nowMs: number) {
  return { upload_id: uploadId, upload_seen_at: nowMs, updated_at: nowMs, fault: null }
}

function held(db: Db, { imageId, uploadId, status }: HeldUpload) {
  return db('images').where({ id: imageId, status, upload_id: uploadId })
}

function silent(db: Db, imageId: ImageId, statuses: readonly ReceivingStatus[], { silentSinceMs }: SilenceTimes) {
  return db('images')
    .where({ id: imageId })
    .whereIn('status', [...statuses])
    .where((seen) => seen.whereNull('upload_seen_at').orWhere('upload_seen_at', '<', silentSinceMs))
}
