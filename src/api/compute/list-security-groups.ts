import type { Handler } from '../handler.ts'
import { projectOf } from '../requests/caller.ts'
import { readBoolean } from '../requests/words.ts'
import { pageSize } from '../requests/paging.ts'
import { securityGroupView } from '../views/security-group.ts'

export const listSecurityGroups: Handler<'listSecurityGroups'> = async ({ auth, query }, services) => {
  const isWanted = query.all_tenants !== undefined && readBoolean('all_tenants', query.all_tenants)
  // Nova's answer too: others get their own, whatever they ask for.
  const isEverything = isWanted && auth.isAdmin
  const { securityGroups } = services
  const groups = isEverything ? await securityGroups.listAll() : await securityGroups.list(projectOf(auth))
  const first = query.offset ?? 0
  // Only here Nova takes 0 for no limit.
  const shown = groups.slice(first, first + pageSize(query.limit === 0 ? undefined : query.limit))
  return { status: 200, body: { security_groups: shown.map(securityGroupView) } }
}
