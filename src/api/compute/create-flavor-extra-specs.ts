import type { Handler } from '../handler.ts'
import { specTexts } from '../requests/extra-specs.ts'

export const createFlavorExtraSpecs: Handler<'createFlavorExtraSpecs'> = async (request, services) => {
  const added = specTexts(request.body.extra_specs)
  await services.flavors.changeExtraSpecs(request.params.flavor_id, added)
  return { status: 200, body: { extra_specs: added } }
}
