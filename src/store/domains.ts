/** Rows of `domains`. */
import type { Domain } from '../model/identity.ts'
import type { UserId } from '../model/ids.ts'
import type { Db } from './database.ts'

interface DomainRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly enabled: number | boolean
}

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

/** Those on which the user holds a role. */
export async function listDomainsOfUser(db: Db, userId: UserId): Promise<Domain[]> {
  const held = db('role_assignments').where({ user_id: userId }).whereNotNull('domain_id').select('domain_id')
  return (await table(db).whereIn('id', held).orderBy('name')).map(toDomain)
}

function toDomain(row: DomainRow): Domain {
  return { id: row.id, name: row.name, description: row.description, enabled: Boolean(row.enabled) }
}
