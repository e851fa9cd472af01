import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefAssociationView } from '../views/metadef.ts'

export const listMetadefAssociations: Handler<'listMetadefAssociations'> = async ({ auth, params }, services) => {
  const items = await services.metadefs.listItems(params.namespace, 'resource-type', imageCaller(auth))
  return { status: 200, body: { resource_type_associations: items.map(metadefAssociationView) } }
}
