import type { Handler } from '../handler.ts'
import { imageCaller } from '../image/image-caller.ts'
import { metadefTagNameView } from '../views/metadef.ts'

export const createMetadefTags: Handler<'createMetadefTags'> = async ({ auth, params, body, headers }, services) => {
  const isAppended = String(headers['x-openstack-append']).toLowerCase() === 'true'
  const names = body.tags.map(({ name }) => name)
  const tags = await services.metadefs.addTags(params.namespace, names, isAppended, imageCaller(auth))
  return { status: 201, body: { tags: tags.map(metadefTagNameView) } }
}
