import type { Handler } from '../handler.ts'
import { applicationCredentialView } from '../views/application-credential.ts'
import { listLinks } from '../views/project.ts'
import { requireOwnUserOrAdmin } from './own-user.ts'

export const listApplicationCredentials: Handler<'listApplicationCredentials'> = async (request, services) => {
  const { auth, params, query } = request
  requireOwnUserOrAdmin(auth, params.user_id)
  const { id: userId } = await services.identity.users.get(params.user_id)
  const filter = { userId, ...(query.name === undefined ? {} : { name: query.name }) }
  const found = await services.identity.applicationCredentials.list(filter)
  return {
    status: 200,
    body: {
      application_credentials: found.map((one) => applicationCredentialView(one, services)),
      links: listLinks(`users/${userId}/application_credentials`, services),
    },
  }
}
