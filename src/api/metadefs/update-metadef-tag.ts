import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefTagView } from '../views/metadef.ts'
import { itemWords } from './metadef-words.ts'

export const updateMetadefTag: Handler<'updateMetadefTag'> = async ({ auth, params, body }, services) => {
  const caller = imageCaller(auth)
  const item = await services.metadefs.updateItem(params.namespace, 'tag', params.name, itemWords(body), caller)
  return { status: 200, body: metadefTagView(item) }
}
