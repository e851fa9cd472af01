import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'

export const showFlavorExtraSpec: Handler<'showFlavorExtraSpec'> = async (request, services) => {
  const { flavor_id: id, key } = request.params
  const { extraSpecs } = await services.flavors.get(id, request.auth)
  const value = Object.hasOwn(extraSpecs, key) ? extraSpecs[key] : undefined
  if (value !== undefined) return { status: 200, body: { [key]: value } }
  throw new PolyvisorError('not-found', 'extra-spec-not-found', `Flavor ${id} has no extra specs with key ${key}.`)
}
