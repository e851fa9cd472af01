import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'

export const deleteFlavorExtraSpec: Handler<'deleteFlavorExtraSpec'> = async (request, services) => {
  const { flavor_id: id, key } = request.params
  const { extraSpecs } = await services.flavors.get(id, request.auth)
  if (!Object.hasOwn(extraSpecs, key)) {
    throw new PolyvisorError('not-found', 'extra-spec-not-found', `Flavor ${id} has no extra specs with key ${key}.`)
  }
  await services.flavors.changeExtraSpecs(id, { [key]: undefined })
  return { status: 200 }
}
