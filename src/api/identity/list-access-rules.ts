import type { Handler } from '../handler.ts'
import { accessRuleView } from '../views/application-credential.ts'
import { listLinks } from '../views/project.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const listAccessRules: Handler<'listAccessRules'> = async ({ auth, params, query }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const { id: userId } = await services.identity.users.get(params.user_id)
  const { service, method, path } = query
  const rules = await services.identity.applicationCredentials.listRules({
    userId,
    ...(service === undefined ? {} : { service }),
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
  })
  return {
    status: 200,
    body: {
      access_rules: rules.map((rule) => accessRuleView(rule, userId, services)),
      links: listLinks(`users/${userId}/access_rules`, services),
    },
  }
}
