import type { Handler } from '../handler.ts'
import { imageMemberView } from '../views/image-member.ts'
import { imageCaller } from './image-caller.ts'

export const updateImageMember: Handler<'updateImageMember'> = async ({ auth, params, body }, services) => {
  const { image_id: imageId, member_id: memberId } = params
  const member = await services.imageMembers.setStatus(imageId, memberId, body.status, imageCaller(auth))
  return { status: 200, body: imageMemberView(member) }
}
