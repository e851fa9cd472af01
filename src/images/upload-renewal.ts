/**
 * The hold of this process on the images that it receives: one statement renews it for all of them. A hold that another
 * process gave up for dead, because nobody could renew it while the database was away, is taken again.
 */
import type { DiskFormat } from '../model/disk-formats.ts'
import type { Db } from '../store/database.ts'
import * as rows from '../store/uploads.ts'
import type { Clock } from '../util/clock.ts'

const renewalMs = 5_000

interface Hold {
  readonly held: rows.HeldUpload
  readonly diskFormat: DiskFormat
  readonly lose: () => void
}

export class UploadRenewal {
  readonly #db: Db
  readonly #clock: Clock
  readonly #holds = new Map<string, Hold>()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined

  constructor({ db, clock }: { readonly db: Db; readonly clock: Clock }) {
    this.#db = db
    this.#clock = clock
  }

  /** @param lose called when the image was deleted, or somebody else has it */
  begin(held: rows.HeldUpload, diskFormat: DiskFormat, lose: () => void): void {
    this.#holds.set(held.uploadId, { held, diskFormat, lose })
    this.#timer ??= setInterval(() => {
      this.#running ??= this.renew().finally(() => (this.#running = undefined))
    }, renewalMs)
  }

  /** When it resolves, nothing renews it any more. */
  async end({ uploadId }: rows.HeldUpload): Promise<void> {
    this.#holds.delete(uploadId)
    if (this.#holds.size === 0) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
    await this.#running
  }

  /** Tells other processes that somebody receives them. Never fails: without the database it is tried again. */
  async renew(): Promise<void> {
    const holds = [...this.#holds.values()]
    try {
      const nowMs = this.#clock.nowMs()
      const uploadIds = holds.map(({ held }) => held.uploadId)
      const renewed = new Set(await rows.touchUploads(this.#db, uploadIds, nowMs))
      for (const hold of holds) {
        const { held, diskFormat, lose } = hold
        if (renewed.has(held.uploadId) || !this.#holds.has(held.uploadId)) continue
        if (!(await this.isKept(held, diskFormat))) lose()
      }
    } catch {
      // Whether they are ours still, the next renewal learns.
    }
  }

  /** Renews one. @returns false when it is lost for good */
  async isKept(held: rows.HeldUpload, diskFormat: DiskFormat): Promise<boolean> {
    const nowMs = this.#clock.nowMs()
    if (await rows.touchUpload(this.#db, held, nowMs)) return true
    return rows.retakeUpload(this.#db, held, diskFormat, nowMs)
  }
}
