import type { Handler } from '../handler.ts'
import { imageMemberView } from '../views/image-member.ts'
import { imageCaller } from './image-caller.ts'

export const listImageMembers: Handler<'listImageMembers'> = async ({ auth, params }, services) => {
  const members = await services.imageMembers.list(params.image_id, imageCaller(auth))
  return { status: 200, body: { members: members.map(imageMemberView), schema: '/v2/schemas/members' } }
}
