/** Rows of `groups` and `group_members`. */
import type { Group, User } from '../model/identity.ts'
import type { Db } from './database.ts'
import { toUser, type UserRow } from './users.ts'

interface GroupRow {
  readonly id: string
  readonly domain_id: string
  readonly name: string
  readonly description: string
}

export interface GroupFilter {
  readonly name?: string
  readonly domainId?: string
  /** Those that the user is in. */
  readonly userId?: string
}

export type GroupChanges = Partial<Pick<Group, 'name' | 'description'>>

const table = (db: Db) => db<GroupRow>('groups')

export async function insertGroup(db: Db, { domainId, ...group }: Group): Promise<void> {
  await table(db).insert({ ...group, domain_id: domainId })
}

export async function findGroup(db: Db, id: string): Promise<Group | undefined> {
  const row = await table(db).where({ id }).first()
  return row === undefined ? undefined : toGroup(row)
}

export async function listGroups(db: Db, filter: GroupFilter = {}): Promise<Group[]> {
  const query = table(db).orderBy('name')
  if (filter.name !== undefined) query.where('name', filter.name)
  if (filter.domainId !== undefined) query.where('domain_id', filter.domainId)
  if (filter.userId !== undefined)
    query.whereIn('id', db('group_members').where('user_id', filter.userId).select('group_id'))
  return (await query).map(toGroup)
}

/** @returns false when there is no such group. */
export async function updateGroup(db: Db, id: string, changes: GroupChanges): Promise<boolean> {
  return (await table(db).where({ id }).update(changes)) > 0
}

/** Takes its memberships and role assignments along. @returns false when there is no such group. */
export async function deleteGroup(db: Db, id: string): Promise<boolean> {
  return (await table(db).where({ id }).delete()) > 0
}

/** Adding twice is one membership. */
export async function insertMember(db: Db, groupId: string, userId: string): Promise<void> {
  await db('group_members').insert({ group_id: groupId, user_id: userId }).onConflict().ignore()
}

export async function isMember(db: Db, groupId: string, userId: string): Promise<boolean> {
  const row: unknown = await db('group_members').where({ group_id: groupId, user_id: userId }).first('user_id')
  return row !== undefined
}

/** @returns false when the user was not in the group. */
export async function deleteMember(db: Db, groupId: string, userId: string): Promise<boolean> {
  return (await db('group_members').where({ group_id: groupId, user_id: userId }).delete()) > 0
}

export async function listMembers(db: Db, groupId: string): Promise<User[]> {
  const rows = await db<UserRow>('users')
    .whereIn('id', db('group_members').where({ group_id: groupId }).select('user_id'))
    .orderBy('name')
  return rows.map(toUser)
}

function toGroup(row: GroupRow): Group {
  return { id: row.id, domainId: row.domain_id, name: row.name, description: row.description }
}
