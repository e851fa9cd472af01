import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefNamespaceView } from '../views/metadef.ts'
import { namespaceWords } from './metadef-words.ts'

export const updateMetadefNamespace: Handler<'updateMetadefNamespace'> = async ({ auth, params, body }, services) => {
  const caller = imageCaller(auth)
  const namespace = await services.metadefs.update(params.namespace, namespaceWords(body, caller), caller)
  return { status: 200, body: metadefNamespaceView(namespace) }
}
