import type { Handler } from '../handler.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const deleteEc2Credential: Handler<'deleteEc2Credential'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  await services.identity.credentials.deleteEc2(auth, params.user_id, params.access)
  return { status: 204 }
}
