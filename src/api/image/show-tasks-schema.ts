import type { Handler } from '../handler.ts'
import { imageTasksJsonSchema } from './image-task-json-schema.ts'

export const showTasksSchema: Handler<'showTasksSchema'> = () => ({ status: 200, body: imageTasksJsonSchema })
