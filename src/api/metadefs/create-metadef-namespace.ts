import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { fullMetadefNamespaceView, metadefNamespacePath } from '../views/metadef.ts'
import { contentWords, namespaceWords } from './metadef-words.ts'

export const createMetadefNamespace: Handler<'createMetadefNamespace'> = async ({ auth, body }, services) => {
  const namespace = await services.metadefs.create(namespaceWords(body, imageCaller(auth)), contentWords(body))
  return {
    status: 201,
    headers: { Location: `${services.publicUrl}/image${metadefNamespacePath(namespace.name)}` },
    body: fullMetadefNamespaceView(namespace, await services.metadefs.content(namespace)),
  }
}
