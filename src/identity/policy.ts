/** From role names to what may be done: admin includes member, member includes reader. Other roles give nothing by themselves. */
import { accessLevels } from '../model/token.ts'
import type { AccessLevel } from '../model/token.ts'
import type { RoleRef } from '../model/identity.ts'

export function accessLevelOf(roles: readonly RoleRef[]): AccessLevel {
  const names = new Set(roles.map(({ name }) => name))
  return accessLevels.findLast((level) => names.has(level)) ?? 'none'
}

export function allows(actual: AccessLevel, wanted: AccessLevel): boolean {
  return accessLevels.indexOf(actual) >= accessLevels.indexOf(wanted)
}
