import { forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { userView } from '../views/user.ts'

export const showUser: Handler<'showUser'> = async ({ auth, params }, services) => {
  if (!auth.isAdmin && auth.userId !== params.user_id) throw forbidden('You may look at your own user only.')
  return { status: 200, body: { user: userView(await services.identity.users.get(params.user_id), services) } }
}
