/** The short form of a decision: the fault of a server that found no host. */
import type { Decision, Rejection } from './types.ts'

/**
 * One sentence per reason, host names left out: tenants may read it.
 * `No host can take this server: 3 of 4 hosts: not enough free memory (MB), wanted 4096, at most 512 free; …`
 */
export function describeDecision(decision: Decision): string {
  if (decision.considered === 0)
    return 'No host can take this server: no host has joined yet. Add one, or ask your operator to.'
  const reasons = decision.rejections.map((rejection) => describeRejection(rejection, decision.considered))
  return `No host can take this server: ${reasons.join('; ')}.`
}

function describeRejection(rejection: Rejection, considered: number): string {
  const amounts =
    rejection.wanted === undefined
      ? ''
      : `, wanted ${rejection.wanted}${rejection.had === undefined ? '' : `, had ${rejection.had}`}`
  return `${rejection.count} of ${considered} fell at ${rejection.filter}: ${rejection.reason}${amounts}`
}
