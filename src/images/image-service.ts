/**
 * Images in one place: their records in the database, their bytes in the image store. The row decides what exists:
 * bytes become visible before their row says `active`, and go after it says `deleting`; `sweep` finishes what a crash cut.
 */
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { badRequest, conflict, forbidden, notFound, PolyvisorError } from '../model/errors.ts'
import type { DiskFormat } from '../model/disk-formats.ts'
import type { ImageContent, ImageRecord } from '../model/image.ts'
import { isUuid } from '../model/ids.ts'
import type { ImageId, ProjectId } from '../model/ids.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { deleteImageMembers, findImageMember } from '../store/image-members.ts'
import { endImageTasks } from '../store/image-tasks.ts'
import * as rows from '../store/images.ts'
import * as uploads from '../store/uploads.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import { systemClock } from '../util/clock.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'
import { applyImageChanges, withProperties, type ImageChange } from './image-changes.ts'
import { canChange, canSee, checkNewImage, checkTags, defaultPageSize, maxPageSize } from './image-requests.ts'
import type { ImageCaller, ImageListRequest, NewImage } from './image-requests.ts'
import type { ByteRange, ImageStore } from './image-store.ts'
import { endOfTask } from './image-task-end.ts'
import { ImageUploads, type Reception } from './image-uploads.ts'
import type { UploadBody } from './receive-image.ts'

/** Whoever received an upload and was silent for so long is gone. */
const uploadSilenceMs = 30_000
/** Longer than any upload may pause. */
const abandonedMs = 600_000

/** An image whose bytes are here and understood. */
export interface BootableImage extends ImageRecord {
  readonly status: 'active'
  readonly diskFormat: DiskFormat
  readonly sizeBytes: number
  readonly virtualSizeBytes: number
  readonly sha256: string
}

export interface ImageServiceOptions {
  readonly db: Db
  readonly store: ImageStore
  readonly logger: Logger
  readonly clock?: Clock
  /** 1 TiB when left out. */
  readonly maxImageBytes?: number
  /** One minute when left out. */
  readonly uploadIdleTimeoutMs?: number
}

export class ImageService {
  readonly #db: Db
  readonly #store: ImageStore
  readonly #logger: Logger
  readonly #clock: Clock
  readonly uploads: ImageUploads

  constructor(options: ImageServiceOptions) {
    this.#db = options.db
    this.#store = options.store
    this.#logger = options.logger
    this.#clock = options.clock ?? systemClock
    const limits = {
      maxImageBytes: options.maxImageBytes ?? 2 ** 40,
      idleTimeoutMs: options.uploadIdleTimeoutMs ?? 60_000,
    }
    this.uploads = new ImageUploads({ db: this.#db, store: this.#store, clock: this.#clock, limits })
  }

  /** A record without bytes. @throws PolyvisorError bad-request, forbidden, image-exists */
  async create(wanted: NewImage, caller: ImageCaller): Promise<ImageRecord> {
    checkNewImage(wanted, caller)
    const id = (wanted.id ?? randomUUID()) as ImageId
    if (!isUuid(id)) throw badRequest('invalid-image-id', 'An image id must be a uuid in lower case.')
    const image = newRecord(id, wanted, caller, this.#clock.nowMs())
    try {
      await rows.insertImage(this.#db, image)
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw conflict('image-exists', `Image ID ${id} already exists. Leave the id out, or choose another.`)
    }
    return image
  }

  /** @throws PolyvisorError image-not-found, also for what the caller may not see */
  async get(id: string, caller: ImageCaller): Promise<ImageRecord> {
    const image = isUuid(id) ? await rows.findImage(this.#db, id) : undefined
    if (image === undefined || !(await this.#isVisible(this.#db, image, caller))) throw notFound('image', id)
    return image
  }

  /** @returns a page, and whether there is more. @throws PolyvisorError invalid-marker */
  async list(request: ImageListRequest, caller: ImageCaller): Promise<{ images: ImageRecord[]; hasMore: boolean }> {
    const limit = Math.min(request.limit ?? defaultPageSize, maxPageSize)
    if (limit === 0) return { images: [], hasMore: false }
    const marker = request.marker === undefined ? undefined : await this.#marker(request.marker, caller)
    const viewer = caller.isAdmin ? undefined : caller
    const page = { sort: uniqueSort(request.sort), limit: limit + 1, marker }
    const found = await rows.listImages(this.#db, { ...request.filter, viewer }, page)
    return { images: found.slice(0, limit), hasMore: found.length > limit }
  }

  /**
   * Takes the bytes of a queued image. A failed upload leaves it queued, with the reason, and nothing in the store.
   * @throws PolyvisorError not-found, forbidden, conflict (it has bytes, or somebody is uploading), bad-request (what the
   * inspection says), too-large, storage-full, timeout, gone (deleted meanwhile)
   */
  upload(id: string, upload: UploadBody, caller: ImageCaller): Promise<void> {
    return this.#take(id, upload, caller, 'saving', uploads.completeUpload)
  }

  /** The same, but the bytes then wait for their import. */
  stage(id: string, upload: UploadBody, caller: ImageCaller): Promise<void> {
    return this.#take(id, upload, caller, 'uploading', uploads.completeStaging)
  }

  /**
   * Takes the bytes of a snapshot, all of them anew: whoever sent some before, to this process or another, is given up.
   * @throws PolyvisorError as upload
   */
  async receiveSnapshot(id: ImageId, diskFormat: DiskFormat, upload: UploadBody): Promise<void> {
    upload.body.on('error', () => undefined)
    while (this.uploads.has(id)) await this.uploads.abort(id, sentAnew())
    const begin = () => uploads.takeUploadOver(this.#db, id, diskFormat, this.#clock.nowMs())
    await this.#receive({ imageId: id, diskFormat }, upload, begin, uploads.completeUpload)
  }

  /** All changes or none. @throws PolyvisorError not-found, bad-request, forbidden, conflict */
  async update(id: string, changes: readonly ImageChange[], caller: ImageCaller): Promise<ImageRecord> {
    return this.#change(id, caller, (image) => applyImageChanges(image, changes, caller))
  }

  /** @returns its properties as they then are. @throws PolyvisorError not-found, bad-request, forbidden */
  async changeProperties(
    id: string,
    change: (properties: ImageRecord['properties']) => ImageRecord['properties'],
    caller: ImageCaller,
  ): Promise<ImageRecord['properties']> {
    const changed = await this.#change(id, caller, (image) => withProperties(image, change(image.properties)))
    return changed.properties
  }

  /** Doing it twice is no error. @throws PolyvisorError not-found, forbidden, bad-request (too many) */
  async addTag(id: string, tag: string, caller: ImageCaller): Promise<void> {
    await this.#change(id, caller, (image) => {
      const tags = [...new Set([...image.tags, tag])]
      checkTags(tags)
      return { ...image, tags }
    })
  }

  /** @throws PolyvisorError not-found (the image, or the tag on it), forbidden */
  async removeTag(id: string, tag: string, caller: ImageCaller): Promise<void> {
    await this.#change(id, caller, (image) => {
      if (!image.tags.includes(tag)) throw notFound('tag', tag)
      return { ...image, tags: image.tags.filter((other) => other !== tag) }
    })
  }

  /** Keeps its bytes from everybody but admins, or gives them out again. @throws PolyvisorError not-found, forbidden, conflict */
  async setDeactivated(id: string, isDeactivated: boolean, caller: ImageCaller): Promise<void> {
    const image = await this.changeable(id, caller)
    if (await rows.setDeactivated(this.#db, image.id, isDeactivated, this.#clock.nowMs())) return
    throw forbidden(`Image ${id} is ${image.status}: only an image with data can be deactivated or reactivated.`)
  }

  /** Of an active image: all of it, or a part. @throws PolyvisorError image-not-found when it was deleted meanwhile */
  async download(image: ImageRecord, part?: ByteRange): Promise<Readable> {
    const stream = await this.#store.read(image.id, part)
    if (stream === undefined) throw notFound('image', image.id)
    return stream
  }

  /** Stops an upload that is under way. @throws PolyvisorError not-found, forbidden */
  async delete(id: string, caller: ImageCaller): Promise<void> {
    const image = await this.changeable(id, caller)
    if (image.isProtected) throw forbidden(`Image ${id} is protected and cannot be deleted.`)
    if (!(await rows.markDeleting(this.#db, image.id, this.#clock.nowMs()))) throw notFound('image', id)
    await this.uploads.abortDeleted(image.id)
    try {
      await this.#finishDelete(image.id)
    } catch (error) {
      // For the tenant it is gone; the file goes at the next sweep.
      this.#logger.warn({ error, imageId: image.id }, 'could not remove the file of a deleted image')
    }
  }

  /** What an instance may start from. @throws PolyvisorError image-not-found, image-not-active */
  async getForBoot(id: string, projectId: ProjectId, options: { isAdmin?: boolean } = {}): Promise<BootableImage> {
    const image = await this.get(id, { projectId, isAdmin: options.isAdmin ?? false })
    if (isBootable(image)) return image
    throw badRequest(
      'image-not-active',
      `Image ${id} is not active: its status is ${image.status}. Upload its data first.`,
    )
  }

  /** Where its bytes lie on this machine; undefined when the store is elsewhere. */
  localPath(id: ImageId): string | undefined {
    return this.#store.localPath(id)
  }

  /**
   * Finishes what a crash cut.
   * @param isSole no other process works on these images: what this one is not receiving, nobody is
   */
  async sweep(isSole: boolean): Promise<{ requeued: number; deleted: number; filesRemoved: number }> {
    const counts = { requeued: 0, deleted: 0 }
    const silentSinceMs = isSole ? Number.MAX_SAFE_INTEGER : this.#clock.nowMs() - uploadSilenceMs
    for (const { id, status } of await rows.listUnsettledImages(this.#db, silentSinceMs)) {
      if (this.uploads.has(id)) continue
      if (status === 'deleting') {
        // Another process may have finished meanwhile, and its id be an image's again.
        if (!(await rows.isMarkedDeleting(this.#db, id))) continue
        await this.#finishDelete(id)
        counts.deleted += 1
      } else {
        const fault = 'The service stopped during the upload. Upload again.'
        const times = { silentSinceMs, nowMs: this.#clock.nowMs() }
        if (await uploads.giveUpUpload(this.#db, id, times, fault)) counts.requeued += 1
      }
    }
    // Asked in this order: an upload leaves the set only after its row is active.
    const isKept = async (id: ImageId): Promise<boolean> => this.uploads.has(id) || rows.hasImageBytes(this.#db, id)
    return { ...counts, filesRemoved: await this.#store.sweep(isKept, isSole ? 0 : abandonedMs) }
  }

  async #take(
    id: string,
    upload: UploadBody,
    caller: ImageCaller,
    status: 'saving' | 'uploading',
    complete: typeof uploads.completeUpload,
  ): Promise<void> {
    // It may break before its first byte is asked for; that is met then, not thrown at the process.
    upload.body.on('error', () => undefined)
    const image = await this.changeable(id, caller)
    const { diskFormat } = image
    if (diskFormat === null || image.containerFormat === null) throw formatsMissing()
    const begin = () => uploads.beginUpload(this.#db, image.id, diskFormat, status, this.#clock.nowMs())
    await this.#receive({ imageId: image.id, diskFormat }, upload, begin, complete)
  }

  async #receive(
    image: Pick<Reception, 'imageId' | 'diskFormat'>,
    upload: UploadBody,
    begin: () => Promise<uploads.HeldUpload | undefined>,
    complete: typeof uploads.completeUpload,
  ): Promise<void> {
    const nowMs = (): number => this.#clock.nowMs()
    const busy = (): PolyvisorError => hasData(image.imageId)
    const reception: Reception = {
      ...image,
      begin: async () => {
        const held = await begin()
        if (held === undefined) throw busy()
        return held
      },
      open: async () => upload,
      complete: (held: uploads.HeldUpload, content: ImageContent) => complete(this.#db, held, content, nowMs()),
      fail: async (held: uploads.HeldUpload, fault: string) => {
        await uploads.failUpload(this.#db, held, fault, nowMs())
      },
    }
    await this.uploads.receive(reception, busy)
  }

  async #finishDelete(imageId: ImageId): Promise<void> {
    await this.#store.remove(imageId)
    await deleteImageMembers(this.#db, imageId)
    const nowMs = this.#clock.nowMs()
    await endImageTasks(
      this.#db,
      { image_id: imageId },
      endOfTask('failure', 'The image was deleted meanwhile.', nowMs),
    )
    await rows.deleteMarkedImage(this.#db, imageId)
  }

  /** @throws PolyvisorError not-found, forbidden */
  async changeable(id: string, caller: ImageCaller): Promise<ImageRecord> {
    const image = await this.get(id, caller)
    if (!canChange(image, caller)) throw notYours(id)
    return image
  }

  async #change(id: string, caller: ImageCaller, change: (image: ImageRecord) => ImageRecord): Promise<ImageRecord> {
    return inTransaction(this.#db, async (trx) => {
      const image = isUuid(id) ? await rows.findImageToChange(trx, id as ImageId) : undefined
      if (image === undefined || !(await this.#isVisible(trx, image, caller))) throw notFound('image', id)
      if (!canChange(image, caller)) throw notYours(id)
      const changed = { ...change(image), updatedAtMs: this.#clock.nowMs() }
      await rows.updateImage(trx, changed, changed.updatedAtMs)
      return changed
    })
  }

  /** A member sees a shared image by its id, whatever it said to it. */
  async #isVisible(db: Db, image: ImageRecord, caller: ImageCaller): Promise<boolean> {
    if (canSee(image, caller)) return true
    return image.visibility === 'shared' && (await findImageMember(db, image.id, caller.projectId)) !== undefined
  }

  async #marker(id: string, caller: ImageCaller): Promise<ImageRecord> {
    const image = isUuid(id) ? await rows.findImage(this.#db, id) : undefined
    if (image !== undefined && (await this.#isVisible(this.#db, image, caller))) return image
    throw badRequest('invalid-marker', 'The marker is not the id of an image. Use the last id of the page before.')
  }
}

function newRecord(id: ImageId, wanted: NewImage, caller: ImageCaller, nowMs: number): ImageRecord {
  return {
    id,
    name: wanted.name ?? null,
    ownerProjectId: wanted.ownerProjectId ?? caller.projectId,
    status: 'queued',
    visibility: wanted.visibility ?? 'shared',
    containerFormat: wanted.containerFormat ?? null,
    diskFormat: wanted.diskFormat ?? null,
    isProtected: wanted.isProtected ?? false,
    isHidden: wanted.isHidden ?? false,
    minDiskGb: wanted.minDiskGb ?? 0,
    minMemoryMb: wanted.minMemoryMb ?? 0,
    sizeBytes: null,
    virtualSizeBytes: null,
    md5: null,
    sha256: null,
    sha512: null,
    properties: wanted.properties ?? {},
    tags: [...new Set(wanted.tags ?? [])],
    fault: null,
    import: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
}

function isBootable(image: ImageRecord): image is BootableImage {
  const { status, diskFormat, sizeBytes, virtualSizeBytes, sha256 } = image
  return status === 'active' && [diskFormat, sizeBytes, virtualSizeBytes, sha256].every((value) => value !== null)
}

/** Newest first unless said otherwise; the id makes every order unique. */
function uniqueSort(sort: ImageListRequest['sort']): ImageListRequest['sort'] {
  const keys = sort.length > 0 ? sort : [{ key: 'created_at', descending: true } as const]
  if (keys.some(({ key }) => key === 'id')) return keys
  return [...keys, { key: 'id', descending: keys.at(-1)?.descending ?? true }]
}

/** What bytes are is fixed before they come. */
export function formatsMissing(kind: 'bad-request' | 'conflict' = 'bad-request'): PolyvisorError {
  const message = 'Properties disk_format and container_format must be set before data is uploaded or imported.'
  return new PolyvisorError(kind, 'image-format-missing', message)
}

function sentAnew(): PolyvisorError {
  return conflict('upload-sent-anew', 'The same data is being uploaded anew.')
}

function notYours(id: string): PolyvisorError {
  return forbidden(`You are not permitted to change image ${id}: it is not your project's.`)
}

function hasData(id: string): PolyvisorError {
  return conflict('image-not-queued', `Image ${id} has its data, or is getting it right now. Create another image.`)
}
