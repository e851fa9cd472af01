/** Tokens of a trust, which its trustee asks for. */
import { forbidden, PolyvisorError } from '../model/errors.ts'
import type { User } from '../model/identity.ts'
import type { IssuedToken } from '../model/token.ts'
import type { Db } from '../store/database.ts'
import { findTrust, useTrust } from '../store/trusts.ts'
import type { Clock } from '../util/clock.ts'
import type { TokenGrant, TokenRegistry } from './token-registry.ts'

/** What a login says of the token that it makes. */
export type Origin = Pick<TokenGrant, 'methods' | 'parentAuditId' | 'expiresAtMs' | 'applicationCredentialId'>

/** Inside a transaction. @throws PolyvisorError unauthorized without such a trust, forbidden for others than its trustee */
export async function issueByTrust(
  trx: Db,
  { tokens, clock }: { readonly tokens: TokenRegistry; readonly clock: Clock },
  user: User,
  trustId: string,
  origin: Origin,
): Promise<IssuedToken> {
  const nowMs = clock.nowMs()
  const trust = await findTrust(trx, trustId, nowMs)
  if (trust === undefined || (trust.trusteeId !== user.id && trust.trustorId !== user.id)) throw noSuchTrust()
  if (trust.trusteeId !== user.id) throw forbidden('The trustee alone gets tokens of a trust.')
  if (!(await useTrust(trx, trust))) throw noSuchTrust()
  const endsAtMs = trust.expiresAtUs === null ? Infinity : Math.floor(trust.expiresAtUs / 1000)
  const issued = await tokens.issue(
    {
      ...origin,
      userId: trust.impersonation ? trust.trustorId : trust.trusteeId,
      projectId: trust.projectId,
      domainId: null,
      system: false,
      trustId,
      expiresAtMs: Math.min(endsAtMs, origin.expiresAtMs ?? nowMs + tokens.lifetimeMs),
    },
    trx,
  )
  if (issued !== undefined) return issued
  throw forbidden('The trust is good for nothing now: its trustor has lost a role or the project, or one is disabled.')
}

function noSuchTrust(): PolyvisorError {
  return new PolyvisorError(
    'unauthorized',
    'no-access-to-scope',
    'There is no such trust for you, or it is over or used up. Ask its trustor for another.',
  )
}
