import type { Handler } from '../handler.ts'
import { imageJsonSchema } from './image-json-schema.ts'

export const showImageSchema: Handler<'showImageSchema'> = () => ({ status: 200, body: imageJsonSchema })
