/** What a server is rescued with when nobody says what. */
import type { ImageRef } from '../driver/vm-spec.ts'
import type { Instance } from '../model/instance.ts'
import type { Db } from '../store/database.ts'
import { findImage } from '../store/images.ts'
import { toImageRef } from './boot-request.ts'

/** The one that it was made from, not the one that it came back from; where that is gone, what it booted from last. */
export async function usualRescueImage(trx: Db, { imageId, bootImage }: Instance): Promise<ImageRef | null> {
  const image = imageId === null ? undefined : await findImage(trx, imageId)
  return image?.status === 'active' && image.fault === null ? toImageRef(image) : bootImage
}
