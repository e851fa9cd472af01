/** Tokens that somebody was lent, by a trust or an OAuth access token: they work, and make nothing that outlives them. */
import { forbidden } from '../model/errors.ts'
import type { AuthContext } from '../model/token.ts'

/** @param what of the refusal: 'makes no …' @throws PolyvisorError forbidden */
export function refuseDelegated({ trust }: AuthContext, what: string): void {
  if (trust === undefined) return
  throw forbidden(`This token was lent by a trust, and ${what}. Log in as yourself.`)
}
