import type { Handler } from '../handler.ts'
import { userView } from '../views/user.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const showUser: Handler<'showUser'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  return { status: 200, body: { user: userView(await services.identity.users.get(params.user_id), services) } }
}
