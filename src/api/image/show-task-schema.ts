import type { Handler } from '../handler.ts'
import { imageTaskJsonSchema } from './image-task-json-schema.ts'

export const showTaskSchema: Handler<'showTaskSchema'> = () => ({ status: 200, body: imageTaskJsonSchema })
