/** Rows of `domains`. */
import type { Domain } from '../model/identity.ts'
import type { UserId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { assignmentsHeldBy } from './role-assignments.ts'

interface DomainRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly enabled: number | boolean
  readonly immutable: number | boolean
}

export type DomainChanges = Partial<Pick<Domain, 'name' | 'description' | 'enabled' | 'immutable'>>

const table = (db: Db) => db<DomainRow>('domains')

export async function insertDomain(db: Db, domain: Domain): Promise<void> {
  await table(db).insert({ ...domain })
}

export async function findDomain(db: Db, by: { id: string } | { name: string }): Promise<Domain | undefined> {
  const row = await table(db).where(by).first()
  return row === undefined ? undefined : toDomain(row)
}

export async function listDomains(db: Db, filter: { name?: string; enabled?: boolean } = {}): Promise<Domain[]> {
  return (await table(db).where(filter).orderBy('name')).map(toDomain)
}

/** Those on which the user holds a role, by itself or through a group. */
export async function listDomainsOfUser(db: Db, userId: UserId): Promise<Domain[]> {
  const held = assignmentsHeldBy(db, userId).whereNotNull('domain_id').select('domain_id')
  return (await table(db).whereIn('id', held).orderBy('name')).map(toDomain)
}

/** @returns false when there is no such domain. */
export async function updateDomain(db: Db, id: string, changes: DomainChanges): Promise<boolean> {
  return (await table(db).where({ id }).update(changes)) > 0
}

/** Inside a transaction: with its users, projects, groups and roles. @returns false when there is no such domain. */
export async function deleteDomain(trx: Db, id: string): Promise<boolean> {
  // Users and projects first, each with what goes with it; the rest goes with the domain.
  const projects = trx('projects').where({ domain_id: id }).select('id')
  await trx('users').where({ domain_id: id }).delete()
  await trx('users').whereIn('default_project_id', projects).update({ default_project_id: null })
  await trx('projects').where({ domain_id: id }).delete()
  return (await table(trx).where({ id }).delete()) > 0
}

function toDomain(row: DomainRow): Domain {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    enabled: Boolean(row.enabled),
    immutable: Boolean(row.immutable),
  }
}
