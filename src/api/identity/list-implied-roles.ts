import type { Handler } from '../handler.ts'
import { roleInferencesView } from '../views/role-inference.ts'

export const listImpliedRoles: Handler<'listImpliedRoles'> = async ({ params }, services) => {
  const { roles } = services.identity
  const prior = await roles.get(params.role_id)
  const rules = await roles.listImplied(prior.id)
  const self = `${services.publicUrl}/identity/v3/roles/${prior.id}/implies`
  return { status: 200, body: { role_inference: roleInferencesView(prior, rules, services), links: { self } } }
}
