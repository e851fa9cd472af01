import type { Handler } from '../handler.ts'
import { ec2CredentialView } from '../views/credential.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const showEc2Credential: Handler<'showEc2Credential'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const found = await services.identity.credentials.getEc2(auth, params.user_id, params.access)
  return { status: 200, body: { credential: ec2CredentialView(found, services) } }
}
