import { badRequest } from '../../model/errors.ts'
import { isUuid } from '../../model/ids.ts'
import type { AuthContext } from '../../model/token.ts'
import type { GroupOwner } from '../../operations/security-groups.ts'
import { projectOf } from './caller.ts'

/**
 * An id and who asks for it. Numbers were ids once: they are ids of nothing.
 * @throws PolyvisorError bad-request when it is no id at all
 */
export function groupOwner(
  given: string | number,
  auth: AuthContext,
): { readonly id: string; readonly owner: GroupOwner } {
  const id = String(given)
  if (!isUuid(id) && !/^\d+$/.test(id)) {
    throw badRequest('invalid-security-group-id', 'Security group id should be a uuid.')
  }
  return { id, owner: { projectId: projectOf(auth), isAdmin: auth.isAdmin } }
}
