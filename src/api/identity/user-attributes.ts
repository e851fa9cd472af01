/** What of a user's body is an option, and what means nothing to the service but is kept all the same, as Keystone does. */
import { badRequest } from '../../model/errors.ts'
import type { UserOptions } from '../../model/identity.ts'
import type { JsonObject } from '../../util/json.ts'

const known = [
  ...['id', 'name', 'domain_id', 'password', 'default_project_id', 'description', 'email', 'enabled', 'options'],
  ...['links', 'password_expires_at', 'original_password', 'federated'],
]
const maxExtraBytes = 16_384

/** @param before to be changed; null takes an attribute away @throws PolyvisorError bad-request for too much */
export function extraAttributes(user: object, before: JsonObject = {}): JsonObject {
  const given = Object.entries(user as JsonObject).filter(([name]) => !known.includes(name))
  const kept = Object.entries({ ...before, ...Object.fromEntries(given) }).filter(([, value]) => value !== null)
  const extra = Object.fromEntries(kept)
  if (JSON.stringify(extra).length > maxExtraBytes)
    throw badRequest('too-many-attributes', `Further attributes of a user take ${maxExtraBytes} bytes at most.`)
  return extra
}

/** null takes an option back. */
export function userOptions(
  options: { readonly [Name in keyof UserOptions]?: boolean | null } | undefined,
  before: UserOptions = {},
): UserOptions {
  const merged = Object.entries({ ...before, ...options }).filter(([, value]) => value !== null)
  return Object.fromEntries(merged) as UserOptions
}
