import { imageStoreName } from '../../model/image-task.ts'
import type { Handler } from '../handler.ts'

export const listImageStores: Handler<'listImageStores'> = () => ({
  status: 200,
  body: { stores: [{ id: imageStoreName, description: 'Files of the service', default: 'true' }] },
})
