import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'
import { roleInferencesView } from '../views/role-inference.ts'

export const listRoleInferences: Handler<'listRoleInferences'> = async (_request, services) => {
  const rules = await services.identity.roles.listImplied()
  const priors = new Map(rules.map(({ prior }) => [prior.id, prior]))
  const inferences = [...priors.values()].map((prior) =>
    roleInferencesView(
      prior,
      rules.filter((rule) => rule.prior.id === prior.id),
      services,
    ),
  )
  return { status: 200, body: { role_inferences: inferences, links: listLinks('role_inferences', services) } }
}
