import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefPropertiesView } from '../views/metadef.ts'

export const listMetadefProperties: Handler<'listMetadefProperties'> = async ({ auth, params }, services) => {
  const items = await services.metadefs.listItems(params.namespace, 'property', imageCaller(auth))
  return { status: 200, body: { properties: metadefPropertiesView(items) } }
}
