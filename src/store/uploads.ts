/**
 * Uploads of images: who receives an image's bytes, and whether that goes on. Only the upload that holds the image may
 * say how it ended: one that was given up for dead, and was not, changes nothing any more.
 */
import type { DiskFormat } from '../model/disk-formats.ts'
import type { ImageContent } from '../model/image.ts'
import type { ImageId } from '../model/ids.ts'
import type { Db } from './database.ts'

export interface HeldUpload {
  readonly imageId: ImageId
  readonly uploadId: string
}

/** queued → saving. @returns undefined when somebody was quicker, or changed the format meanwhile. */
export async function beginUpload(
  db: Db,
  imageId: ImageId,
  diskFormat: DiskFormat,
  nowMs: number,
): Promise<HeldUpload | undefined> {
  const uploadId = crypto.randomUUID()
  const changed = await db('images')
    .where({ id: imageId, status: 'queued', disk_format: diskFormat })
    .update({ status: 'saving', updated_at: nowMs, upload_id: uploadId, upload_seen_at: nowMs, fault: null })
  return changed === 1 ? { imageId, uploadId } : undefined
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
  const changed = await db('images').where({ id: imageId }).whereIn('status', ['queued', 'saving']).update({
    status: 'saving',
    disk_format: diskFormat,
    container_format: 'bare',
    updated_at: nowMs,
    upload_id: uploadId,
    upload_seen_at: nowMs,
    fault: null,
  })
  return changed === 1 ? { imageId, uploadId } : undefined
}

/** Whoever receives its bytes is alive. @returns false when it was given up, or the image deleted, meanwhile */
export async function touchUpload(db: Db, upload: HeldUpload, nowMs: number): Promise<boolean> {
  return (await held(db, upload).update({ upload_seen_at: nowMs })) === 1
}

/** saving → active. @returns false when it was given up, or the image deleted, meanwhile */
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
    updated_at: nowMs,
  }
  return (await held(db, upload).update(update)) === 1
}

/** saving → queued, with the reason. */
export async function failUpload(db: Db, upload: HeldUpload, fault: string, nowMs: number): Promise<void> {
  await held(db, upload).update({ status: 'queued', fault, updated_at: nowMs })
}

/** The same for an upload of which nothing was heard since `silentSinceMs`. @returns false when something was */
export async function giveUpUpload(
  db: Db,
  imageId: ImageId,
  times: { readonly silentSinceMs: number; readonly nowMs: number },
  fault: string,
): Promise<boolean> {
  const changed = await db('images')
    .where({ id: imageId, status: 'saving' })
    .where((silent) => silent.whereNull('upload_seen_at').orWhere('upload_seen_at', '<', times.silentSinceMs))
    .update({ status: 'queued', fault, updated_at: times.nowMs })
  return changed === 1
}

function held(db: Db, { imageId, uploadId }: HeldUpload) {
  return db('images').where({ id: imageId, status: 'saving', upload_id: uploadId })
}
