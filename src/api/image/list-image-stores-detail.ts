import { imageStoreName } from '../../model/image-task.ts'
import type { Handler } from '../handler.ts'

export const listImageStoresDetail: Handler<'listImageStoresDetail'> = () => ({
  status: 200,
  body: {
    stores: [
      {
        id: imageStoreName,
        type: 'file',
        description: 'Files of the service',
        default: 'true',
        weight: 0,
        properties: {},
      },
    ],
  },
})
