import type { Handler } from '../handler.ts'

export const deleteEndpoint: Handler<'deleteEndpoint'> = async ({ params }, services) => {
  await services.catalog.deleteEndpoint(params.endpoint_id)
  return { status: 204 }
}
