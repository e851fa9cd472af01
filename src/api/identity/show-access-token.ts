import type { Handler } from '../handler.ts'
import { accessTokenView } from '../views/oauth1.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const showAccessToken: Handler<'showAccessToken'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const token = await services.identity.delegations.get(params.user_id, params.access_token_id)
  return { status: 200, body: { access_token: accessTokenView(token, services) } }
}
