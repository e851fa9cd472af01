import { defaultDomainId } from '../../model/identity.ts'
import type { Handler } from '../handler.ts'
import { groupView } from '../views/group.ts'

export const createGroup: Handler<'createGroup'> = async ({ auth, body }, services) => {
  const { name, domain_id, description } = body.group
  const domainId = domain_id ?? auth.projectDomain?.id ?? auth.scopedDomain?.id ?? defaultDomainId
  const group = await services.identity.groups.create({ name, domainId, description: description ?? '' })
  return { status: 201, body: { group: groupView(group, services) } }
}
