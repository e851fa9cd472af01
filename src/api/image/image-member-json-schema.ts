/** Members of an image as a JSON schema, in Glance's manner. */
import { imageMemberStatuses } from '../../model/image.ts'

export const imageMemberJsonSchema = {
  name: 'member',
  properties: {
    member_id: { type: 'string', description: 'The project that the image is shared with' },
    image_id: { type: 'string', description: 'The image' },
    status: { type: 'string', enum: imageMemberStatuses, description: 'What the project said to it' },
    created_at: { type: 'string' },
    updated_at: { type: 'string' },
    schema: { type: 'string', readOnly: true },
  },
  links: [{ rel: 'describedby', href: '{schema}' }],
}

export const imageMembersJsonSchema = {
  name: 'members',
  properties: { members: { type: 'array', items: imageMemberJsonSchema }, schema: { type: 'string' } },
  links: [{ rel: 'describedby', href: '{schema}' }],
}
