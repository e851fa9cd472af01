import { badRequest } from '../../model/errors.ts'
import { isUuid } from '../../model/ids.ts'
import type { AuthContext } from '../../model/token.ts'
import type { GroupOwner } from '../../operations/security-groups.ts'
import { projectOf } from './caller.ts'

/** A path's id and who asks for it. @throws PolyvisorError bad-request when it is no id at all */
export function groupOwner(id: string, auth: AuthContext): { readonly id: string; readonly owner: GroupOwner } {
  if (!isUuid(id)) throw badRequest('invalid-security-group-id', 'Security group id should be a uuid.')
  return { id, owner: { projectId: projectOf(auth), isAdmin: auth.isAdmin } }
}
