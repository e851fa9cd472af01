import type { Handler } from '../handler.ts'
import { ec2CredentialView } from '../views/credential.ts'
import { listLinks } from '../views/project.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const listEc2Credentials: Handler<'listEc2Credentials'> = async ({ auth, params }, services) => {
  requireOwnUserOrAdmin(auth, params.user_id)
  const { id: userId } = await services.identity.users.get(params.user_id)
  const found = await services.identity.credentials.listEc2(auth, userId)
  const links = listLinks(`users/${userId}/credentials/OS-EC2`, services)
  return { status: 200, body: { credentials: found.map((one) => ec2CredentialView(one, services)), links } }
}
