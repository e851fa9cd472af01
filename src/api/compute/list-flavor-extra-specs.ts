import type { Handler } from '../handler.ts'

export const listFlavorExtraSpecs: Handler<'listFlavorExtraSpecs'> = async (request, services) => {
  const { extraSpecs } = await services.flavors.get(request.params.flavor_id, request.auth)
  return { status: 200, body: { extra_specs: { ...extraSpecs } } }
}
