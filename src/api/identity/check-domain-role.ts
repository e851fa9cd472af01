import type { Handler } from '../handler.ts'

export const checkDomainRole: Handler<'checkDomainRole'> = async ({ params }, services) => {
  const { user_id, role_id, domain_id } = params
  await services.identity.roles.requireAssignment(user_id, role_id, { domainId: domain_id })
  return { status: 204 }
}
