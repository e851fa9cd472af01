/**
 * Which roles a user has somewhere, all told: assigned to it or to one of its groups, there or inherited from above,
 * and whatever these imply. Roles of one domain count for what they imply only.
 */
import type { Knex } from 'knex'
import type { RoleRef, RoleScope } from '../model/identity.ts'
import type { ProjectId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { assignmentsHeldBy } from './role-assignments.ts'

/** One query; by name. */
export async function effectiveRoles(db: Db, userId: string, scope: RoleScope): Promise<RoleRef[]> {
  return withImplied(db, heldOn(db, userId, scope))
}

/**
 * What a user lent of its roles on a project, with what they imply; none any more when the user has lost one of them, or
 * the project. @param lent rows with a `role_id` each
 */
export async function delegatedRoles(
  db: Db,
  lent: Knex.QueryBuilder,
  { userId, projectId }: { readonly userId: string; readonly projectId: ProjectId | null },
): Promise<RoleRef[]> {
  if (projectId === null) return []
  const own = await withImplied(db, lent)
  const held = new Set((await effectiveRoles(db, userId, { projectId })).map(({ id }) => id))
  return own.every(({ id }) => held.has(id)) ? own : []
}

async function withImplied(db: Db, held: Knex.QueryBuilder): Promise<RoleRef[]> {
  return (await db
    .withRecursive('closure', ['role_id'], (closure) =>
      closure
        .from(held.select('role_id').as('held'))
        .select('role_id')
        .union((implied) =>
          implied
            .from('implied_roles as i')
            .join('closure as c', 'c.role_id', 'i.prior_role_id')
            .select('i.implied_role_id'),
        ),
    )
    .from('roles')
    .whereIn('id', db.from('closure').select('role_id'))
    .whereNull('domain_id')
    .orderBy('name')
    .select('id', 'name')) as RoleRef[]
}

function heldOn(db: Db, userId: string, scope: RoleScope): Knex.QueryBuilder {
  const held = assignmentsHeldBy(db, userId)
  if ('system' in scope) return held.where('on_system', true)
  if ('domainId' in scope) return held.where('domain_id', scope.domainId)
  const { projectId } = scope
  return held.where((there) =>
    there
      .where('project_id', projectId)
      .orWhereIn('inherited_domain_id', db('projects').where('id', projectId).select('domain_id'))
      .orWhereIn('inherited_project_id', ancestorsOf(db, projectId)),
  )
}

/** Ids of the projects above it. */
function ancestorsOf(db: Db, projectId: string): Knex.QueryBuilder {
  return db
    .withRecursive('above', ['id'], (above) =>
      above
        .from('projects')
        .where('id', projectId)
        .whereNotNull('parent_id')
        .select('parent_id')
        .union((next) =>
          next
            .from('projects as p')
            .join('above as x', 'x.id', 'p.id')
            .whereNotNull('p.parent_id')
            .select('p.parent_id'),
        ),
    )
    .from('above')
    .select('id')
}
