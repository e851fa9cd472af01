import type { Handler } from '../handler.ts'
import { credentialView } from '../views/credential.ts'
import { listLinks } from '../views/project.ts'

export const listCredentials: Handler<'listCredentials'> = async ({ auth, query }, services) => {
  const found = await services.identity.credentials.list(auth, {
    ...(query.user_id === undefined ? {} : { userId: query.user_id }),
    ...(query.type === undefined ? {} : { type: query.type }),
  })
  return {
    status: 200,
    body: { credentials: found.map((one) => credentialView(one, services)), links: listLinks('credentials', services) },
  }
}
