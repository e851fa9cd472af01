/** Rows of `credentials`. What they hold goes in and out sealed. */
import type { Credential } from '../model/credential.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { Db } from './database.ts'

export type SealedCredential = Omit<Credential, 'blob'> & { readonly sealedBlob: string }

interface CredentialRow {
  readonly id: string
  readonly user_id: string
  readonly project_id: string | null
  readonly type: string
  readonly sealed_blob: string
  readonly created_at: number | string
}

export interface CredentialFilter {
  readonly userId?: string
  readonly type?: string
}

const table = (db: Db) => db<CredentialRow>('credentials')

export async function insertCredential(db: Db, credential: SealedCredential, nowMs: number): Promise<void> {
  await table(db).insert({ id: credential.id, ...columnsOf(credential), created_at: nowMs })
}

export async function findCredential(db: Db, id: string): Promise<SealedCredential | undefined> {
  const row = await table(db).where({ id }).first()
  return row === undefined ? undefined : toCredential(row)
}

export async function listCredentials(db: Db, filter: CredentialFilter = {}): Promise<SealedCredential[]> {
  const query = table(db).orderBy(['created_at', 'id'])
  if (filter.userId !== undefined) query.where('user_id', filter.userId)
  if (filter.type !== undefined) query.where('type', filter.type)
  return (await query).map(toCredential)
}

export async function replaceCredential(db: Db, credential: SealedCredential): Promise<void> {
  await table(db).where({ id: credential.id }).update(columnsOf(credential))
}

/** @returns false when there is no such credential. */
export async function deleteCredential(db: Db, id: string): Promise<boolean> {
  return (await table(db).where({ id }).delete()) > 0
}

function columnsOf({ userId, projectId, type, sealedBlob }: SealedCredential) {
  return { user_id: userId, project_id: projectId, type, sealed_blob: sealedBlob }
}

function toCredential(row: CredentialRow): SealedCredential {
  return {
    id: row.id,
    userId: row.user_id as UserId,
    projectId: row.project_id as ProjectId | null,
    type: row.type,
    sealedBlob: row.sealed_blob,
  }
}
