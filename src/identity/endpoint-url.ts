/** Addresses of endpoints that differ from bearer to bearer: `http://swift/v1/AUTH_$(project_id)s`. */
import { badRequest } from '../model/errors.ts'

export interface UrlFacts {
  readonly userId: string
  readonly projectId?: string
}

const placeholder = /[$%]\(([^)]*)\)s/g

const factOf: Readonly<Record<string, (facts: UrlFacts) => string | undefined>> = {
  project_id: ({ projectId }) => projectId,
  tenant_id: ({ projectId }) => projectId,
  user_id: ({ userId }) => userId,
}

/** @throws PolyvisorError bad-request for what nobody fills in */
export function checkTemplate(url: string): void {
  const unknown = [...url.matchAll(placeholder)].find(([, name = '']) => !Object.hasOwn(factOf, name))
  if (unknown === undefined && !/[$%]\(/.test(url.replace(placeholder, ''))) return
  const known = Object.keys(factOf).map((name) => `$(${name})s`)
  throw badRequest('malformed-url', `An endpoint’s url may hold ${known.join(', ')}, and nothing else of that kind.`)
}

/** @returns undefined when it needs what this bearer has not: a project */
export function expandUrl(url: string, facts: UrlFacts): string | undefined {
  let isWhole = true
  const expanded = url.replace(placeholder, (_whole, name: string) => {
    const fact = factOf[name]?.(facts)
    if (fact === undefined) isWhole = false
    return fact ?? ''
  })
  return isWhole ? expanded : undefined
}
