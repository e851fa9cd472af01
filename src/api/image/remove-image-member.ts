import type { Handler } from '../handler.ts'
import { imageCaller } from './image-caller.ts'

export const removeImageMember: Handler<'removeImageMember'> = async ({ auth, params }, services) => {
  await services.imageMembers.remove(params.image_id, params.member_id, imageCaller(auth))
  return { status: 204 }
}
