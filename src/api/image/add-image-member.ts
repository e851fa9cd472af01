import type { Handler } from '../handler.ts'
import { imageMemberView } from '../views/image-member.ts'
import { imageCaller } from './image-caller.ts'

export const addImageMember: Handler<'addImageMember'> = async ({ auth, params, body }, services) => {
  const member = await services.imageMembers.add(params.image_id, body.member, imageCaller(auth))
  return { status: 200, body: imageMemberView(member) }
}
