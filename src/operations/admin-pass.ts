/** The password of a guest, which was told to a tenant or by one. It is kept only while the operation runs that gives it to the guest. */
import type { Operation } from '../model/operation.ts'
import type { JsonObject } from '../util/json.ts'

/** @param configDrive without one no guest ever hears of it */
export function secretOf(adminPass: string | undefined, configDrive: boolean): { readonly secret?: JsonObject } {
  return adminPass === undefined || !configDrive ? {} : { secret: { adminPass } }
}

export function adminPassOf({ secret }: Operation): string | null {
  const adminPass = secret?.['adminPass']
  return typeof adminPass === 'string' ? adminPass : null
}
