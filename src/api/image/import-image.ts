import type { ImportSource } from '../../images/image-imports.ts'
import { badRequest, conflict } from '../../model/errors.ts'
import { imageStoreName } from '../../model/image-task.ts'
import type { Json } from '../../util/json.ts'
import type { ApiRequest, Handler } from '../handler.ts'
import { imageCaller } from './image-caller.ts'

type Body = ApiRequest<'importImage'>['body']

export const importImage: Handler<'importImage'> = async ({ auth, params, body, requestId }, services) => {
  checkStores(body)
  const source = importSource(body)
  const input = { image_id: params.image_id, import_req: body as Json, backend: [imageStoreName] }
  const caller = { ...imageCaller(auth), userId: auth.userId, requestId }
  await services.imageImports.begin(params.image_id, { source, type: 'api_image_import', input }, caller)
  return { status: 202 }
}

function importSource({ method: { name, uri } }: Body): ImportSource {
  if (name === 'glance-direct') return { method: name }
  if (uri === undefined) throw badRequest('import-uri-missing', 'Import method web-download needs a uri.')
  return { method: name, uri }
}

function checkStores({ stores, all_stores: all }: Body): void {
  if (stores !== undefined && all === true) {
    throw badRequest('import-stores-twice', 'Give stores or all_stores, not both.')
  }
  const unknown = stores?.find((store) => store !== imageStoreName)
  if (unknown !== undefined) {
    throw conflict('image-store-unknown', `There is no store ${unknown}; the one store is ${imageStoreName}.`)
  }
}
