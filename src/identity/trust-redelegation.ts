/** A trust that its trustee hands on: never more than was lent, for no longer, and not for ever. */
import { forbidden } from '../model/errors.ts'
import type { Trust } from '../model/trust.ts'

/** From hand to hand, as Keystone's. */
export const maxRedelegations = 3

type Wanted = Omit<Trust, 'grantorId' | 'redelegatedTrustId' | 'redelegationCount'>

/** @throws PolyvisorError forbidden when `parent` may not be handed on, or not like this */
export function handedOn(parent: Trust, wanted: Wanted, redelegationCount: number | null): Trust {
  if (parent.redelegationCount < 1) throw forbidden('This trust may not be handed on (any further).')
  if (parent.remainingUses !== null) throw forbidden('A trust for a number of uses may not be handed on.')
  if (wanted.projectId !== parent.projectId) throw forbidden('A trust is handed on for its own project.')
  if (wanted.impersonation && !parent.impersonation)
    throw forbidden('A trust without impersonation is not handed on as one with it.')
  const lent = new Set(parent.roles.map(({ id }) => id))
  if (!wanted.roles.every(({ id }) => lent.has(id))) throw forbidden('A trust is handed on with roles of its own only.')
  const end = parent.expiresAtUs
  if (end !== null && wanted.expiresAtUs !== null && wanted.expiresAtUs > end)
    throw forbidden('A trust is handed on for no longer than it lasts: bring expires_at forward.')
  const left = parent.redelegationCount - 1
  if (redelegationCount !== null && redelegationCount > left)
    throw forbidden(`This trust may be handed on ${left} more times: lower redelegation_count.`)
  return {
    ...wanted,
    grantorId: parent.grantorId,
    expiresAtUs: wanted.expiresAtUs ?? end,
    redelegatedTrustId: parent.id,
    redelegationCount: redelegationCount ?? left,
  }
}
