import type { Handler } from '../handler.ts'
import { applicationCredentialView } from '../views/application-credential.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const showApplicationCredential: Handler<'showApplicationCredential'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const { applicationCredentials } = services.identity
  const credential = await applicationCredentials.get(params.user_id, params.application_credential_id)
  return { status: 200, body: { application_credential: applicationCredentialView(credential, services) } }
}
