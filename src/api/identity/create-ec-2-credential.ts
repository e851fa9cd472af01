import type { ProjectId, UserId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'
import { ec2CredentialView } from '../views/credential.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const createEc2Credential: Handler<'createEc2Credential'> = async ({ auth, params, body }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const { credentials } = services.identity
  const made = await credentials.createEc2(auth, params.user_id as UserId, body.tenant_id as ProjectId)
  return { status: 201, body: { credential: ec2CredentialView(made, services) } }
}
