import type { Handler } from '../handler.ts'
import { serviceOfId } from '../requests/compute-service.ts'

export const deleteService: Handler<'deleteService'> = async ({ params, microversion }, services) => {
  await services.hosts.remove((await serviceOfId(services, params.compute_service_id, microversion)).id)
  return { status: 204 }
}
