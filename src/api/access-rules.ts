/** Narrows the bearers of some application credentials to single kinds of requests, as keystonemiddleware does. */
import type { ContractOperation } from '../contract/contract.ts'
import type { AccessRule } from '../model/application-credential.ts'
import { forbidden } from '../model/errors.ts'
import type { AuthContext } from '../model/token.ts'

/** @param path as it was asked for, without its query @throws PolyvisorError forbidden when none of the rules allows it */
export function requireAccessRule(
  { applicationCredential }: AuthContext,
  { tag }: Pick<ContractOperation, 'tag'>,
  method: string,
  path: string,
): void {
  const rules = applicationCredential?.accessRules ?? null
  if (rules === null || rules.some((rule) => allows(rule, tag, method, path))) return
  throw forbidden('The access rules of your application credential do not allow this request.')
}

/** Rules begin behind the service's own place: `/v2.1/servers` where the request is for `/compute/v2.1/servers`. */
function allows(rule: AccessRule, service: string, method: string, path: string): boolean {
  if (rule.service !== service || rule.method !== method) return false
  const parts = partsOf(path)
  return matches(partsOf(rule.path), parts[0] === service ? parts.slice(1) : parts)
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '')
}

/** In time that grows with both lengths and no faster, whoever wrote them: which ends of the path are reached, part by part. */
function matches(rule: readonly string[], parts: readonly string[]): boolean {
  let reached = parts.map(() => false)
  reached.unshift(true)
  for (const part of rule) {
    if (part === '**') {
      const first = reached.indexOf(true)
      reached = reached.map((_was, index) => first >= 0 && index >= first)
      continue
    }
    const isAny = part === '*' || /^\{[^{}]+\}$/.test(part)
    reached = reached.map(
      (_was, index) => index > 0 && reached[index - 1] === true && (isAny || parts[index - 1] === part),
    )
  }
  return reached.at(-1) === true
}
