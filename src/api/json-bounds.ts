/** Bounds the shape of a JSON body, beside its bytes: what comes after recurses into it and compares its items. */
import { badRequest } from '../model/errors.ts'

/** Several times what any request of any face needs. */
const maxDepth = 32
const maxValues = 20_000

/** Walks with a list of its own, so that no depth can exhaust the stack. @throws PolyvisorError bad-request */
export function checkJsonBounds(json: unknown): void {
  let level: unknown[] = [json]
  let seen = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length
    if (seen > maxValues) {
      throw badRequest('too-many-values', `Malformed request body: it may hold ${maxValues} values at most.`)
    }
    if (depth > maxDepth) {
      throw badRequest('nested-too-deeply', `Malformed request body: it may be nested ${maxDepth} levels deep at most.`)
    }
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      for (const inner of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) next.push(inner)
    }
    level = next
  }
}
