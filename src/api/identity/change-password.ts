import { forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'

export const changePassword: Handler<'changePassword'> = async ({ auth, params, body, clientAddress }, services) => {
  if (auth.userId !== params.user_id && !auth.isAdmin) {
    throw forbidden('You may change your own password only; an admin sets another user’s with PATCH on the user.')
  }
  const { original_password, password } = body.user
  await services.identity.users.changePassword(params.user_id, original_password, password, clientAddress)
  return { status: 204 }
}
