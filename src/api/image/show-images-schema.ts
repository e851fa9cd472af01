import type { Handler } from '../handler.ts'
import { imagesJsonSchema } from './image-json-schema.ts'

export const showImagesSchema: Handler<'showImagesSchema'> = () => ({ status: 200, body: imagesJsonSchema })
