/** Sharing of images: an owner names projects, each of which accepts or rejects. Whoever was named sees the image by its id. */
import { conflict, forbidden, notFound, PolyvisorError } from '../model/errors.ts'
import type { ImageMember, ImageMemberStatus, ImageRecord } from '../model/image.ts'
import type { ProjectId } from '../model/ids.ts'
import { inTransaction, type Db } from '../store/database.ts'
import * as rows from '../store/image-members.ts'
import { findImageToChange } from '../store/images.ts'
import { systemClock, type Clock } from '../util/clock.ts'
import { canChange } from './image-requests.ts'
import type { ImageCaller } from './image-requests.ts'
import type { ImageService } from './image-service.ts'

const maxMembers = 128

export class ImageMembers {
  readonly #db: Db
  readonly #images: Pick<ImageService, 'get'>
  readonly #clock: Clock

  constructor(db: Db, images: Pick<ImageService, 'get'>, clock: Clock = systemClock) {
    this.#db = db
    this.#images = images
    this.#clock = clock
  }

  /** @throws PolyvisorError not-found, forbidden (not the owner's, not shared), conflict, over-limit */
  async add(imageId: string, projectId: string, caller: ImageCaller): Promise<ImageMember> {
    const image = await this.#owned(imageId, caller)
    const nowMs = this.#clock.nowMs()
    const times = { createdAtMs: nowMs, updatedAtMs: nowMs }
    const member = { imageId: image.id, projectId: projectId as ProjectId, status: 'pending', ...times } as const
    return inTransaction(this.#db, async (trx) => {
      // Held, so that two adds do not both find room for one, and a delete does not leave one behind.
      const held = await findImageToChange(trx, image.id)
      if (held === undefined) throw notFound('image', imageId)
      if (held.visibility !== 'shared')
        throw forbidden(`Only a shared image has members; image ${imageId} is ${held.visibility}.`)
      if ((await rows.listImageMembers(trx, image.id)).length >= maxMembers)
        throw new PolyvisorError('too-large', 'too-many-members', `An image may have ${maxMembers} members at most.`)
      if (await rows.insertImageMember(trx, member)) return member
      throw conflict('member-exists', `Project ${projectId} is a member of image ${imageId} already.`)
    })
  }

  /** All of them for the owner; a member sees itself. @throws PolyvisorError not-found */
  async list(imageId: string, caller: ImageCaller): Promise<readonly ImageMember[]> {
    const image = await this.#images.get(imageId, caller)
    const members = await rows.listImageMembers(this.#db, image.id)
    return members.filter((member) => isTheirs(image, member.projectId, caller))
  }

  /** @throws PolyvisorError not-found */
  async get(imageId: string, projectId: string, caller: ImageCaller): Promise<ImageMember> {
    const image = await this.#images.get(imageId, caller)
    const member = isTheirs(image, projectId, caller)
      ? await rows.findImageMember(this.#db, image.id, projectId)
      : undefined
    if (member === undefined) throw notFound('member', projectId)
    return member
  }

  /** Only the member itself can accept or reject. @throws PolyvisorError not-found, forbidden */
  async setStatus(
    imageId: string,
    projectId: string,
    status: ImageMemberStatus,
    caller: ImageCaller,
  ): Promise<ImageMember> {
    const image = await this.#images.get(imageId, caller)
    if (!caller.isAdmin && caller.projectId !== projectId) {
      if (!canChange(image, caller)) throw notFound('member', projectId)
      throw forbidden('Only the project that the image is shared with can accept or reject it.')
    }
    if (!(await rows.changeImageMember(this.#db, image.id, projectId, status, this.#clock.nowMs())))
      throw notFound('member', projectId)
    return this.get(imageId, projectId, caller)
  }

  /** @throws PolyvisorError not-found, forbidden */
  async remove(imageId: string, projectId: string, caller: ImageCaller): Promise<void> {
    const image = await this.#owned(imageId, caller)
    if (!(await rows.deleteImageMember(this.#db, image.id, projectId))) throw notFound('member', projectId)
  }

  async #owned(imageId: string, caller: ImageCaller): Promise<ImageRecord> {
    const image = await this.#images.get(imageId, caller)
    if (!canChange(image, caller))
      throw forbidden(`Image ${imageId} belongs to another project; only that can share it.`)
    return image
  }
}

function isTheirs(image: ImageRecord, projectId: string, caller: ImageCaller): boolean {
  return canChange(image, caller) || projectId === caller.projectId
}
