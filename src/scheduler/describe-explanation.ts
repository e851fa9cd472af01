/** An explanation in a few sentences: what would become of the request, why, and what would help. */
import { describeChange } from './describe-change.ts'
import { describeDecision } from './describe-decision.ts'
import type { Explanation } from './explain.ts'

export function describeExplanation(explanation: Explanation, isAdmin: boolean): string {
  const { decision, fits, count, changes } = explanation
  if (fits === 0)
    return [describeDecision(decision), ...changes.map((change) => describeChange(change, isAdmin))].join(' ')
  const hosts = `${decision.passed} of ${decision.considered} hosts would take it`
  if (count === 1) return `It fits: ${hosts}.`
  if (fits === count) return `All ${count} fit: ${hosts}.`
  return `Only ${fits} of ${count} fit; ask for ${fits} at most, or for a smaller flavor.`
}
