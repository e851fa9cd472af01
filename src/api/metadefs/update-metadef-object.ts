import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefObjectView } from '../views/metadef.ts'
import { itemWords } from './metadef-words.ts'

export const updateMetadefObject: Handler<'updateMetadefObject'> = async ({ auth, params, body }, services) => {
  const caller = imageCaller(auth)
  const item = await services.metadefs.updateItem(params.namespace, 'object', params.name, itemWords(body), caller)
  return { status: 200, body: metadefObjectView(params.namespace, item) }
}
