import { badRequest } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { specTexts } from '../requests/extra-specs.ts'

export const updateFlavorExtraSpec: Handler<'updateFlavorExtraSpec'> = async (request, services) => {
  const { flavor_id: id, key } = request.params
  const changed = specTexts(request.body)
  if (Object.keys(changed).join() !== key) {
    throw badRequest('key-mismatch', `The body must have exactly one key, the one of the path: ${key}.`)
  }
  await services.flavors.changeExtraSpecs(id, changed)
  return { status: 200, body: changed }
}
