/**
 * How image bytes reach agents on other machines: an address that is good once, for a short while, for one image that
 * the agent was asked to use. Its key is random and stored as a hash, so it cannot be made up, and needs no shared
 * secret of several APIs. A fetch that breaks goes on, by Range, under a new address.
 */
import { createHash } from 'node:crypto'
import { forbidden, PolyvisorError } from '../model/errors.ts'
import { isUuid, type AgentId, type ImageId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { insertImageAddress, isImageAwaited, takeImageAddress } from '../store/image-addresses.ts'
import { findImage } from '../store/images.ts'
import type { ImageRecord } from '../model/image.ts'
import type { Clock } from '../util/clock.ts'
import { randomText } from '../util/random-text.ts'

/** Time to begin a fetch; how long it then takes does not matter. */
const lifetimeMs = 60_000

export class ImageAddresses {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** @throws PolyvisorError 403 when no call to the agent needs the image */
  async issue(agentId: AgentId, imageId: string): Promise<{ readonly key: string; readonly expiresAtMs: number }> {
    if (!isUuid(imageId) || !(await isImageAwaited(this.#db, agentId, imageId as ImageId))) {
      throw forbidden(`Nothing that this agent was asked to do needs image ${imageId}.`)
    }
    const key = randomText(32)
    const nowMs = this.#clock.nowMs()
    const expiresAtMs = nowMs + lifetimeMs
    await insertImageAddress(
      this.#db,
      { keyHash: hashOf(key), imageId: imageId as ImageId, agentId, expiresAtMs },
      nowMs,
    )
    return { key, expiresAtMs }
  }

  /** Uses the address up. @throws PolyvisorError 404 when it was used, has expired or never was; also when the image is gone */
  async redeem(key: string): Promise<ImageRecord> {
    const address = await takeImageAddress(this.#db, hashOf(key), this.#clock.nowMs())
    const image = address === undefined ? undefined : await findImage(this.#db, address.imageId)
    if (image?.status === 'active') return image
    throw new PolyvisorError(
      'not-found',
      'image-address-spent',
      'This address was used already, has expired, or its image is gone; ask for a new one.',
    )
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
