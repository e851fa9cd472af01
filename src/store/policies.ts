/** Rows of `policies`. */
import type { Policy } from '../model/credential.ts'
import type { Db } from './database.ts'

export type PolicyChanges = Partial<Omit<Policy, 'id'>>

const table = (db: Db) => db<Policy>('policies')

export async function insertPolicy(db: Db, policy: Policy): Promise<void> {
  await table(db).insert({ ...policy })
}

export async function findPolicy(db: Db, id: string): Promise<Policy | undefined> {
  const row = await table(db).where({ id }).first()
  return row === undefined ? undefined : { ...row }
}

export async function listPolicies(db: Db, filter: { readonly type?: string } = {}): Promise<Policy[]> {
  const rows = await table(db)
    .where({ ...filter })
    .orderBy('id')
  return rows.map((row) => ({ ...row }))
}

export async function updatePolicy(db: Db, id: string, changes: PolicyChanges): Promise<void> {
  if (Object.keys(changes).length > 0) await table(db).where({ id }).update(changes)
}

/** @returns false when there is no such policy. */
export async function deletePolicy(db: Db, id: string): Promise<boolean> {
  return (await table(db).where({ id }).delete()) > 0
}
