/**
 * What carries an instance's disks to another host: an image of each, of the service's own, which goes when the move ends.
 * No tenant sees them, and none can take them away half way.
 */
import type { DiskId, ImageRef } from '../driver/vm-spec.ts'
import type { Flavor } from '../model/flavor.ts'
import type { ImageId, ProjectId, UserId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { snapshotImageOf } from '../model/snapshot-image.ts'
import type { Db } from '../store/database.ts'
import { findImage, insertImage, markDeleting } from '../store/images.ts'
import { toImageRef } from './boot-request.ts'
import { stepError } from './engine/step-error.ts'

export type MoveImageIds = Readonly<Record<DiskId, ImageId>> & { readonly root: ImageId }

const nobody = { projectId: 'system' as ProjectId, userId: 'system' as UserId }

/** One for each disk that has something on it: a config drive is made anew. */
export function newMoveImages({ ephemeralGb, swapMb }: Flavor): MoveImageIds {
  const newId = (): ImageId => crypto.randomUUID() as ImageId
  return {
    root: newId(),
    ...(ephemeralGb > 0 ? { 'blank-0': newId() } : {}),
    ...(swapMb > 0 ? { swap: newId() } : {}),
  }
}

export async function insertMoveImages(trx: Db, instance: Instance, ids: MoveImageIds, nowMs: number): Promise<void> {
  for (const [diskId, id] of Object.entries(ids)) {
    const name = `${diskId} of ${instance.id}`
    const image = snapshotImageOf(instance, undefined, { id, name, type: 'snapshot', properties: {} }, nobody, nowMs)
    await insertImage(trx, { ...image, isHidden: true })
  }
}

/** In the transaction that ends the move. */
export async function removeMoveImages(trx: Db, ids: MoveImageIds, nowMs: number): Promise<void> {
  for (const id of Object.values(ids)) await markDeleting(trx, id, nowMs)
}

/** @throws StepError when one is not there as it should be */
export async function moveImageRef(db: Db, id: ImageId): Promise<ImageRef> {
  const image = await findImage(db, id)
  if (image === undefined) throw stepError('image-gone', "The image that carries the server's disk is gone.")
  return toImageRef(image)
}
