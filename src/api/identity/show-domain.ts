import { forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { domainView } from '../views/project.ts'

export const showDomain: Handler<'showDomain'> = async ({ auth, params }, services) => {
  const isOwn = [auth.userDomain.id, auth.projectDomain?.id, auth.scopedDomain?.id].includes(params.domain_id)
  if (!auth.isAdmin && !isOwn) throw forbidden('You may look at your own domain only.')
  return { status: 200, body: { domain: domainView(await services.identity.domains.get(params.domain_id), services) } }
}
