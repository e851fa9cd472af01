/** After roles were taken away: application credentials whose user lacks one of theirs are deleted, for good. */
import type { Db } from '../store/database.ts'
import { deleteApplicationCredentials, listCredentialRoles } from '../store/application-credentials.ts'
import { effectiveRoles } from '../store/effective-roles.ts'

type Affected = Parameters<typeof listCredentialRoles>[1]

/** Inside the transaction that took them. @param affected whose credentials, or those with which roles, may be dead */
export async function deleteDeadCredentials(trx: Db, affected: Affected): Promise<void> {
  const held = new Map<string, ReadonlySet<string>>()
  const dead: string[] = []
  for (const { id, userId, projectId, roleIds } of await listCredentialRoles(trx, affected)) {
    const place = `${userId} ${projectId}`
    const roles = held.get(place) ?? new Set((await effectiveRoles(trx, userId, { projectId })).map((role) => role.id))
    held.set(place, roles)
    if (!roleIds.every((roleId) => roles.has(roleId))) dead.push(id)
  }
  await deleteApplicationCredentials(trx, dead)
}
