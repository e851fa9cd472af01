import type { Handler } from '../handler.ts'
import { imageMemberJsonSchema } from './image-member-json-schema.ts'

export const showImageMemberSchema: Handler<'showImageMemberSchema'> = () => ({
  status: 200,
  body: imageMemberJsonSchema,
})
