import type { Handler } from '../handler.ts'
import { accessTokenView } from '../views/oauth1.ts'
import { listLinks } from '../views/project.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const listAccessTokens: Handler<'listAccessTokens'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const { id } = await services.identity.users.get(params.user_id)
  const found = await services.identity.delegations.list(id)
  return {
    status: 200,
    body: {
      access_tokens: found.map((one) => accessTokenView(one, services)),
      links: listLinks(`users/${id}/OS-OAUTH1/access_tokens`, services),
    },
  }
}
