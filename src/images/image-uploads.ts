/**
 * Bytes on their way into images, whoever brings them: held against other processes by a row that is renewed, received
 * into the store, and settled by exactly one of two last words. Owns the set of what this process is receiving.
 */
import type { DiskFormat } from '../model/disk-formats.ts'
import type { ImageContent } from '../model/image.ts'
import type { ImageId } from '../model/ids.ts'
import { PolyvisorError } from '../model/errors.ts'
import type { Db } from '../store/database.ts'
import { isDatabaseUnavailable } from '../store/database-errors.ts'
import type * as rows from '../store/uploads.ts'
import type { Clock } from '../util/clock.ts'
import type { ImageStore } from './image-store.ts'
import { overtaken, receiveImage, type ReceivedImage, type ReceiveLimits, type UploadBody } from './receive-image.ts'
import { UploadRenewal } from './upload-renewal.ts'

export interface ImageUploadsParts {
  readonly db: Db
  readonly store: ImageStore
  readonly clock: Clock
  readonly limits: ReceiveLimits
}

/** One image's bytes, from their first to the last word on them. */
export interface Reception {
  readonly imageId: ImageId
  readonly diskFormat: DiskFormat
  /** @returns the hold on the image. @throws what then ends the reception, when somebody else has it */
  begin(): Promise<rows.HeldUpload>
  open(signal: AbortSignal): Promise<UploadBody>
  /** @returns false when the hold was lost meanwhile */
  complete(held: rows.HeldUpload, content: ImageContent): Promise<boolean>
  /** @param fault in words for the owner */
  fail(held: rows.HeldUpload, fault: string, error: unknown): Promise<void>
}

export class ImageUploads {
  readonly #parts: ImageUploadsParts
  readonly renewal: UploadRenewal
  readonly #current = new Map<ImageId, { readonly abort: AbortController; readonly ended: Promise<unknown> }>()

  constructor(parts: ImageUploadsParts) {
    this.#parts = parts
    this.renewal = new UploadRenewal(parts)
  }

  has(imageId: ImageId): boolean {
    return this.#current.has(imageId)
  }

  /** @throws what `begin`, `open` and `receiveImage` throw; gone when the image was deleted meanwhile */
  async receive(reception: Reception, whenBusy: () => Error): Promise<void> {
    const { imageId } = reception
    // Nothing is awaited between this look and the entry in the map: one an image in this process.
    if (this.#current.has(imageId)) throw whenBusy()
    const abort = new AbortController()
    const work = this.#receive(reception, abort.signal)
    this.#current.set(imageId, { abort, ended: work.catch(() => undefined) })
    try {
      await work
    } finally {
      this.#current.delete(imageId)
    }
  }

  /** Ends it, where it is under way here, and waits for that. */
  async abort(imageId: ImageId, reason: Error): Promise<void> {
    const current = this.#current.get(imageId)
    current?.abort.abort(reason)
    await current?.ended
  }

  /** Of a deleted image: what it still receives is for nobody. */
  abortDeleted(imageId: ImageId): Promise<void> {
    return this.abort(imageId, overtaken())
  }

  async #receive(reception: Reception, signal: AbortSignal): Promise<void> {
    const { store, limits } = this.#parts
    const { imageId, diskFormat } = reception
    // And this one an image in all processes.
    const held = await reception.begin()
    const lost = new AbortController()
    this.renewal.begin(held, diskFormat, () => lost.abort(overtaken()))
    try {
      const either = AbortSignal.any([signal, lost.signal])
      const confirm = async (): Promise<void> => {
        if (!(await this.renewal.isKept(held, diskFormat))) throw overtaken()
      }
      const source = { ...(await reception.open(either)), imageId, diskFormat, signal: either, confirm }
      await this.#complete(reception, held, await receiveImage(store, limits, source))
    } catch (error) {
      await this.renewal.end(held)
      const fault = error instanceof PolyvisorError ? error.message : 'Something went wrong inside. Try again.'
      await reception.fail(held, fault, error)
      throw error
    } finally {
      await this.renewal.end(held)
    }
  }

  async #complete(reception: Reception, held: rows.HeldUpload, { content, discard }: ReceivedImage): Promise<void> {
    try {
      if (await reception.complete(held, content)) return
    } catch (error) {
      // Without an answer nobody knows whether it is settled now: the sweep will.
      if (!isDatabaseUnavailable(error)) await discard()
      throw error
    }
    await discard()
    throw overtaken()
  }
}
