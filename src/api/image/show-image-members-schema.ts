import type { Handler } from '../handler.ts'
import { imageMembersJsonSchema } from './image-member-json-schema.ts'

export const showImageMembersSchema: Handler<'showImageMembersSchema'> = () => ({
  status: 200,
  body: imageMembersJsonSchema,
})
