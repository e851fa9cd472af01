import type { Handler } from '../handler.ts'

export const unassignDomainRole: Handler<'unassignDomainRole'> = async ({ params }, services) => {
  const { user_id, role_id, domain_id } = params
  await services.identity.roles.unassign(user_id, role_id, { domainId: domain_id })
  return { status: 204 }
}
