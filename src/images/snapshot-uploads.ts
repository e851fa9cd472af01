/**
 * How the bytes of snapshots come in from agents: to an address that is good once, for a short while, for one image that
 * the agent was asked to make. What is sent twice, or breaks half way and is sent again, replaces what came before.
 */
import { createHash } from 'node:crypto'
import type { DiskFormat } from '../model/disk-formats.ts'
import { conflict, forbidden, notFound, PolyvisorError } from '../model/errors.ts'
import type { ImageRecord } from '../model/image.ts'
import { isUuid, type AgentId, type ImageId } from '../model/ids.ts'
import { uploadingTaskAfter } from '../model/instance-states.ts'
import type { Db } from '../store/database.ts'
import { findSnapshotCall, insertImageAddress, takeImageAddress, type SnapshotCall } from '../store/image-addresses.ts'
import { findImage } from '../store/images.ts'
import { changeInstance, findInstance } from '../store/instances.ts'
import type { Clock } from '../util/clock.ts'
import type { ImageService } from './image-service.ts'
import type { UploadBody } from './receive-image.ts'
import { randomText } from '../util/random-text.ts'

/** Time to begin an upload; how long it then takes does not matter. */
const lifetimeMs = 60_000

export class SnapshotUploads {
  readonly #db: Db
  readonly #clock: Clock
  readonly #images: Pick<ImageService, 'receiveSnapshot'>

  constructor(db: Db, clock: Clock, images: Pick<ImageService, 'receiveSnapshot'>) {
    this.#db = db
    this.#clock = clock
    this.#images = images
  }

  /**
   * @returns undefined when the image has its bytes already: an answer was lost
   * @throws PolyvisorError 403 when no call to the agent asks for the image, 410 when it was deleted
   */
  async issue(
    agentId: AgentId,
    imageId: string,
  ): Promise<{ readonly key: string; readonly expiresAtMs: number } | undefined> {
    const { image } = await this.#awaited(imageId, agentId)
    if (!isAwaiting(image)) return undefined
    const key = randomText(32)
    const nowMs = this.#clock.nowMs()
    const expiresAtMs = nowMs + lifetimeMs
    await insertImageAddress(this.#db, { keyHash: hashOf(key), imageId: image.id, agentId, expiresAtMs }, nowMs)
    return { key, expiresAtMs }
  }

  /** Uses the address up. @throws PolyvisorError 404 when it was used or has expired; as ImageService.upload */
  async redeem(key: string, diskFormat: DiskFormat, upload: UploadBody): Promise<ImageRecord> {
    const address = await takeImageAddress(this.#db, hashOf(key), this.#clock.nowMs())
    if (address === undefined) throw spent()
    const image = await this.receive(address.imageId, diskFormat, upload, address.agentId)
    if (image === undefined) throw spent()
    return image
  }

  /**
   * Without an address: for the agent in this process.
   * @returns undefined when the image has its bytes already
   */
  async receive(
    imageId: string,
    diskFormat: DiskFormat,
    upload: UploadBody,
    agentId?: AgentId,
  ): Promise<ImageRecord | undefined> {
    const { call, image } = await this.#awaited(imageId, agentId)
    if (!isAwaiting(image)) return undefined
    await this.#showUploading(call)
    await this.#images.receiveSnapshot(image.id, diskFormat, upload)
    const received = await findImage(this.#db, image.id)
    if (received === undefined) throw notFound('image', imageId)
    return received
  }

  async #awaited(imageId: string, agentId?: AgentId): Promise<{ call: SnapshotCall; image: ImageRecord }> {
    const call = isUuid(imageId) ? await findSnapshotCall(this.#db, imageId as ImageId, agentId) : undefined
    if (call === undefined) throw forbidden(`Nothing that this agent was asked to do makes image ${imageId}.`)
    const image = await findImage(this.#db, imageId)
    if (image !== undefined) return { call, image }
    throw new PolyvisorError('gone', 'image-deleted', `Image ${imageId} was deleted while it was being made.`)
  }

  async #showUploading({ instanceId, operationId }: SnapshotCall): Promise<void> {
    const taskState = uploadingTaskAfter((await findInstance(this.#db, instanceId))?.taskState ?? null)
    if (taskState === undefined) return
    await changeInstance(this.#db, instanceId, { taskState }, this.#clock.nowMs(), { operationId })
  }
}

/** @returns false when it has its bytes. @throws PolyvisorError conflict when somebody else brings it others */
function isAwaiting({ id, status }: ImageRecord): boolean {
  if (status === 'queued' || status === 'saving') return true
  if (status === 'active' || status === 'deactivated') return false
  throw conflict('image-taken', `Image ${id} is ${status}: somebody gives it other data than the server's.`)
}

function spent(): PolyvisorError {
  return new PolyvisorError(
    'not-found',
    'image-address-spent',
    'This address was used already, has expired, or its image has its data; ask for a new one.',
  )
}

/** Other than for downloads: an address to fetch from is none to send to. */
function hashOf(key: string): string {
  return createHash('sha256').update(`upload:${key}`).digest('hex')
}
