/** Tasks on images as a JSON schema, in Glance's manner. */
import { imageTaskStatuses, imageTaskTypes } from '../../model/image-task.ts'

export const imageTaskJsonSchema = {
  name: 'task',
  properties: {
    id: { type: 'string' },
    type: { type: 'string', enum: imageTaskTypes },
    status: { type: 'string', enum: imageTaskStatuses },
    input: { type: ['null', 'object'], description: 'What was asked for' },
    result: { type: ['null', 'object'] },
    owner: { type: 'string', description: 'The project' },
    message: { type: 'string', description: 'Why it failed' },
    image_id: { type: 'string' },
    request_id: { type: 'string' },
    user_id: { type: 'string' },
    expires_at: { type: ['null', 'string'] },
    created_at: { type: 'string' },
    updated_at: { type: 'string' },
    self: { type: 'string', readOnly: true },
    schema: { type: 'string', readOnly: true },
  },
  links: [{ rel: 'describedby', href: '{schema}' }],
}

export const imageTasksJsonSchema = {
  name: 'tasks',
  properties: {
    tasks: { type: 'array', items: imageTaskJsonSchema },
    first: { type: 'string' },
    next: { type: 'string' },
    schema: { type: 'string' },
  },
  links: [
    { rel: 'first', href: '{first}' },
    { rel: 'next', href: '{next}' },
    { rel: 'describedby', href: '{schema}' },
  ],
}
