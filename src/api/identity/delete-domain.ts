import type { Handler } from '../handler.ts'

export const deleteDomain: Handler<'deleteDomain'> = async ({ params }, services) => {
  await services.identity.domains.delete(params.domain_id)
  return { status: 204 }
}
