import type { Handler } from '../handler.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const deleteApplicationCredential: Handler<'deleteApplicationCredential'> = async (request, services) => {
  const { auth, params } = request
  requireOwnUserOrAdmin(auth, params.user_id)
  await services.identity.applicationCredentials.delete(auth, params.user_id, params.application_credential_id)
  return { status: 204 }
}
