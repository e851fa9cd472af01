import type { Handler } from '../handler.ts'

export const deleteFlavor: Handler<'deleteFlavor'> = async (request, services) => {
  await services.flavors.delete(request.params.flavor_id)
  return { status: 202 }
}
