import type { Handler } from '../handler.ts'
import { imageMemberView } from '../views/image-member.ts'
import { imageCaller } from './image-caller.ts'

export const showImageMember: Handler<'showImageMember'> = async ({ auth, params }, services) => {
  const member = await services.imageMembers.get(params.image_id, params.member_id, imageCaller(auth))
  return { status: 200, body: imageMemberView(member) }
}
