/**
 * Imports of images: bytes that were staged, or that the service fetches from the web itself. An import is durable work:
 * its image and its task say that it goes on, whoever does it renews its hold, and when that stops another process
 * begins it again. It ends with the image active, or queued with the reason in its task.
 * Owns the imports that this process is doing.
 */
import { randomUUID } from 'node:crypto'
import type { DiskFormat } from '../model/disk-formats.ts'
import { badRequest, conflict, PolyvisorError } from '../model/errors.ts'
import type { ImageId, UserId } from '../model/ids.ts'
import type { ImageContent } from '../model/image.ts'
import type { ImageTask, ImageTaskType, ImportMethod } from '../model/image-task.ts'
import { inTransaction, type Db } from '../store/database.ts'
import * as tasks from '../store/image-tasks.ts'
import { findImage } from '../store/images.ts'
import * as uploads from '../store/uploads.ts'
import type { Clock } from '../util/clock.ts'
import { createFairLimiter, type FairLimiter } from '../util/fair-limiter.ts'
import type { Json } from '../util/json.ts'
import type { Logger } from '../util/logger.ts'
import { endOfTask } from './image-task-end.ts'
import type { ImageCaller } from './image-requests.ts'
import { formatsMissing, type ImageService } from './image-service.ts'
import type { ImageStore } from './image-store.ts'
import type { UploadBody } from './receive-image.ts'
import { readTarget } from './web-download/download-target.ts'
import { openDownload, type DownloadRules } from './web-download/open-download.ts'

/** Whoever did an import and was silent for so long is gone. */
const silenceMs = 30_000
/** An import that processes died of so often is given up. */
const maxAttempts = 3
/** Of which one project has half at most: downloads may be slow for hours. */
const downloadsAtOnce = 4
const maxWaitingOfProject = 250

export interface ImageImportsParts {
  readonly db: Db
  readonly store: ImageStore
  readonly images: ImageService
  readonly clock: Clock
  readonly logger: Logger
  readonly methods: readonly ImportMethod[]
  readonly download: DownloadRules
}

export type ImportSource =
  { readonly method: 'glance-direct' } | { readonly method: 'web-download'; readonly uri: string }

export interface ImportRequest {
  readonly source: ImportSource
  readonly type: ImageTaskType
  /** As asked for: tasks show it. */
  readonly input: Readonly<Record<string, Json>>
}

/** On whose behalf, and by which request. */
export interface ImportCaller extends ImageCaller {
  readonly userId: UserId
  readonly requestId: string
}

interface Job {
  readonly task: ImageTask
  readonly source: ImportSource
  readonly diskFormat: DiskFormat
  readonly held: uploads.HeldUpload
}

export class ImageImports {
  readonly #parts: ImageImportsParts
  readonly #jobs = new Map<ImageId, Promise<void>>()
  readonly #slots: FairLimiter
  #isStopping = false

  constructor(parts: ImageImportsParts) {
    this.#parts = parts
    this.#slots = createFairLimiter({
      atOnce: downloadsAtOnce,
      atOnceEach: downloadsAtOnce / 2,
      maxWaitingEach: maxWaitingOfProject,
      whenFull: tooMany,
    })
  }

  get methods(): readonly ImportMethod[] {
    return this.#parts.methods
  }

  /** @throws PolyvisorError not-found, forbidden, bad-request, conflict (not in the state that the method starts from) */
  async begin(imageId: string, request: ImportRequest, caller: ImportCaller): Promise<ImageTask> {
    const { db, images, clock, download } = this.#parts
    const { source, type, input } = request
    const image = await images.changeable(imageId, caller)
    this.#requireMethod(source.method)
    if (source.method === 'web-download') readTarget(source.uri, download)
    const { diskFormat } = image
    if (diskFormat === null || image.containerFormat === null) throw formatsMissing('conflict')
    const nowMs = clock.nowMs()
    const owner = { ownerProjectId: caller.projectId, userId: caller.userId, requestId: caller.requestId }
    const times = { createdAtMs: nowMs, updatedAtMs: nowMs, expiresAtMs: null }
    const state = { status: 'pending', message: '', attempts: 0 } as const
    const task: ImageTask = { id: randomUUID(), type, imageId: image.id, input, ...owner, ...state, ...times }
    const what = source.method === 'glance-direct' ? 'staged' : 'queued'
    const held = await inTransaction(db, async (trx) => {
      const hold = await uploads.beginImport(trx, image.id, { what, diskFormat }, task.id, nowMs)
      if (hold === undefined) throw notReady(imageId, source.method)
      await tasks.insertImageTask(trx, task)
      return hold
    })
    this.#start({ task, source, diskFormat, held })
    return task
  }

  /**
   * Begins again what another process left. @param isSole there is no other one: nobody does what this one does not do
   */
  async resume(isSole: boolean): Promise<void> {
    const { db, clock, images } = this.#parts
    const nowMs = clock.nowMs()
    const silentSinceMs = isSole ? Number.MAX_SAFE_INTEGER : nowMs - silenceMs
    await tasks.deleteExpiredImageTasks(db, nowMs)
    for (const { id, taskId } of await uploads.listSilentImports(db, silentSinceMs)) {
      if (this.#isStopping || this.#jobs.has(id) || images.uploads.has(id)) continue
      const held = await uploads.takeOverImport(db, id, { silentSinceMs, nowMs })
      if (held === undefined) continue
      const [task, image] = [await tasks.findImageTask(db, taskId), await findImage(db, id)]
      const diskFormat = image?.diskFormat ?? undefined
      if (task === undefined || diskFormat === undefined) {
        await this.#fail({ task: { id: taskId }, held }, 'The import was lost. Import again.')
      } else this.#start({ task, source: sourceOf(task), diskFormat, held })
    }
  }

  /** What is under way is given back: the next process begins it again. */
  async stop(): Promise<void> {
    this.#isStopping = true
    for (const imageId of this.#jobs.keys()) void this.#parts.images.uploads.abort(imageId, stopping())
    await Promise.all(this.#jobs.values())
  }

  #requireMethod(method: ImportMethod): void {
    if (this.methods.includes(method)) return
    const offered = this.methods.length === 0 ? 'none is' : `${this.methods.join(', ')} can be used`
    throw badRequest('import-method-unknown', `Import method ${method} is not enabled here; ${offered}.`)
  }

  #start(job: Job): void {
    const { imageId } = job.held
    const ended = this.#run(job)
      // Whatever went wrong was said in the task; what could not be said there is resumed.
      .catch((error: unknown) =>
        this.#parts.logger.warn({ err: error, imageId }, 'an import of an image did not end well'),
      )
      .finally(() => this.#jobs.delete(imageId))
    this.#jobs.set(imageId, ended)
  }

  async #run(job: Job): Promise<void> {
    if (job.source.method === 'web-download') return this.#download(job, job.source.uri)
    await this.#beginAttempt(job)
    await this.#takeStaged(job)
  }

  /** @throws PolyvisorError when processes died of it too often, or its image was deleted meanwhile */
  async #beginAttempt(job: Job): Promise<void> {
    const { db, clock } = this.#parts
    const attempts = await tasks.beginImageTask(db, job.task.id, clock.nowMs())
    if (attempts === 0) throw new PolyvisorError('gone', 'image-deleted', 'The image was deleted meanwhile.')
    if (attempts <= maxAttempts) return
    const text = `The service stopped ${maxAttempts} times in the middle of it. Import again.`
    await this.#fail(job, text)
    throw conflict('import-given-up', text)
  }

  /** They were looked at when they came. */
  async #takeStaged(job: Job): Promise<void> {
    const { db, store } = this.#parts
    const { imageId } = job.held
    const content = await uploads.findStagedContent(db, imageId)
    // Restored from a backup, the record may be there without the bytes.
    if (content === undefined || (await store.sizeOf(imageId)) !== content.sizeBytes) {
      await this.#fail(job, 'The staged data is not there any more. Stage it again.')
    } else await this.#complete(job, content)
  }

  async #download(job: Job, uri: string): Promise<void> {
    const { images } = this.#parts
    const done = Promise.withResolvers<void>()
    let download: UploadBody | undefined
    const reception = {
      imageId: job.held.imageId,
      diskFormat: job.diskFormat,
      begin: async () => job.held,
      open: async (signal: AbortSignal) => (download = await this.#openInTurn(job, uri, signal, done.promise)),
      complete: (_held: uploads.HeldUpload, content: ImageContent) => this.#complete(job, content),
      fail: (_held: uploads.HeldUpload, fault: string) =>
        this.#isStopping ? this.#giveBack(job) : this.#fail(job, fault),
    }
    try {
      await images.uploads.receive(reception, () => new Error('the image is still being received'))
    } catch (error) {
      if (!(error instanceof PolyvisorError) && !this.#isStopping) throw error
    } finally {
      // What failed before its last byte would otherwise keep its connection.
      download?.body.destroy()
      done.resolve()
    }
  }

  /** A few at a time, fairly among projects; its place is taken until `done`. Waiting for it is no attempt. */
  #openInTurn(job: Job, uri: string, signal: AbortSignal, done: Promise<void>): Promise<UploadBody> {
    return new Promise((resolve, reject) => {
      if (this.#isStopping) throw stopping()
      signal.throwIfAborted()
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
      this.#slots(job.task.ownerProjectId, async () => {
        if (signal.aborted) return
        await this.#beginAttempt(job)
        resolve(await openDownload(uri, this.#parts.download, signal))
        await done
      }).catch(reject)
    })
  }

  async #complete({ task, held }: Job, content: ImageContent): Promise<boolean> {
    const { db, clock } = this.#parts
    const nowMs = clock.nowMs()
    return inTransaction(db, async (trx) => {
      const isOurs = await uploads.completeUpload(trx, held, content, nowMs)
      if (isOurs) await tasks.endImageTasks(trx, { id: task.id }, endOfTask('success', '', nowMs))
      return isOurs
    })
  }

  async #fail({ task, held }: { task: Pick<ImageTask, 'id'>; held: uploads.HeldUpload }, fault: string): Promise<void> {
    const { db, clock } = this.#parts
    const nowMs = clock.nowMs()
    await inTransaction(db, async (trx) => {
      if (!(await uploads.failUpload(trx, held, fault, nowMs))) return
      await tasks.endImageTasks(trx, { id: task.id }, endOfTask('failure', fault, nowMs))
    })
  }

  async #giveBack({ task, held }: Job): Promise<void> {
    const { db, clock } = this.#parts
    await inTransaction(db, async (trx) => {
      if (!(await uploads.releaseUpload(trx, held))) return
      await tasks.returnImageTask(trx, task.id, clock.nowMs())
    })
  }
}

/** Of one that another process began. */
function sourceOf({ input }: ImageTask): ImportSource {
  const { import_req: request, import_from: from } = input as {
    readonly import_req?: { readonly method: { readonly name: ImportMethod; readonly uri?: string } }
    readonly import_from?: string
  }
  const uri = request?.method.uri ?? from ?? ''
  return request?.method.name === 'glance-direct' ? { method: 'glance-direct' } : { method: 'web-download', uri }
}

function notReady(imageId: string, method: ImportMethod): PolyvisorError {
  const wanted = method === 'glance-direct' ? 'uploading, with its data staged whole' : 'queued, without data'
  return conflict('image-not-importable', `Image ${imageId} cannot be imported by ${method}: it must be ${wanted}.`)
}

function stopping(): Error {
  return new Error('the service stops')
}

function tooMany(): PolyvisorError {
  return new PolyvisorError(
    'unavailable',
    'too-many-imports',
    'Too many imports of this project are waiting. Import again later.',
  )
}
