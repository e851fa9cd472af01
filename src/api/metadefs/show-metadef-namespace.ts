import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { fullMetadefNamespaceView } from '../views/metadef.ts'

export const showMetadefNamespace: Handler<'showMetadefNamespace'> = async ({ auth, params, query }, services) => {
  const namespace = await services.metadefs.get(params.namespace, imageCaller(auth))
  const content = await services.metadefs.content(namespace)
  return { status: 200, body: fullMetadefNamespaceView(namespace, content, query.resource_type) }
}
