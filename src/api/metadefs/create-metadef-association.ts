import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefAssociationView } from '../views/metadef.ts'
import { itemWords } from './metadef-words.ts'

export const createMetadefAssociation: Handler<'createMetadefAssociation'> = async (
  { auth, params, body },
  services,
) => {
  const item = await services.metadefs.addItem(params.namespace, 'resource-type', itemWords(body), imageCaller(auth))
  return { status: 201, body: metadefAssociationView(item) }
}
