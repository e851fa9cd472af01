import type { components } from '../../contract/types.gen.ts'
import type { ImageMember } from '../../model/image.ts'
import { glanceTime } from './image.ts'

export function imageMemberView(member: ImageMember): components['schemas']['ImageMember'] {
  return {
    member_id: member.projectId,
    image_id: member.imageId,
    status: member.status,
    created_at: glanceTime(member.createdAtMs),
    updated_at: glanceTime(member.updatedAtMs),
    schema: '/v2/schemas/member',
  }
}
