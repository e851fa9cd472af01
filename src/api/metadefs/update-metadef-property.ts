import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefPropertyView } from '../views/metadef.ts'
import { itemWords } from './metadef-words.ts'

export const updateMetadefProperty: Handler<'updateMetadefProperty'> = async ({ auth, params, body }, services) => {
  const caller = imageCaller(auth)
  const item = await services.metadefs.updateItem(params.namespace, 'property', params.name, itemWords(body), caller)
  return { status: 200, body: metadefPropertyView(item) }
}
