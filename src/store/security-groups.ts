/** Security groups with their rules. */
import type { ProjectId } from '../model/ids.ts'
import type { SecurityGroup, SecurityGroupRule } from '../model/security-group.ts'
import type { InstanceAttributes } from '../model/instance.ts'
import type { Db } from './database.ts'
import { fromJson, toNumberOrNull } from './rows.ts'

type Row = Record<string, unknown>
export type NewSecurityGroup = Omit<SecurityGroup, 'rules'>

/** @returns false when the project has one of that name */
export async function insertSecurityGroup(db: Db, group: NewSecurityGroup): Promise<boolean> {
  const { id, projectId, name, description } = group
  const rows: unknown[] = await db('security_groups')
    .insert({ id, project_id: projectId, name, description })
    .onConflict(['project_id', 'name'])
    .ignore()
    .returning('id')
  return rows.length > 0
}

/** By name. @param projectId undefined: of all projects */
export async function listSecurityGroups(db: Db, projectId?: ProjectId): Promise<readonly SecurityGroup[]> {
  const select = db('security_groups').orderBy(['name', 'id'])
  if (projectId !== undefined) select.where({ project_id: projectId })
  return withRules(db, (await select) as Row[])
}

/** By id; those that there are. */
export async function findSecurityGroupNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = (await db('security_groups').whereIn('id', ids).select('id', 'name')) as { id: string; name: string }[]
  return new Map(found.map(({ id, name }) => [id, name]))
}

export async function findSecurityGroup(db: Db, id: string): Promise<SecurityGroup | undefined> {
  return (await withRules(db, (await db('security_groups').where({ id })) as Row[]))[0]
}

/** Inside a transaction: nobody else changes or removes it before that ends. */
export async function lockSecurityGroup(trx: Db, id: string): Promise<boolean> {
  return (await trx('security_groups').where({ id }).forUpdate().first('id')) !== undefined
}

/** @returns false when another of the project has that name */
export async function renameSecurityGroup(trx: Db, group: NewSecurityGroup): Promise<boolean> {
  const { id, projectId, name, description } = group
  const taken: unknown = await trx('security_groups')
    .where({ project_id: projectId, name })
    .whereNot({ id })
    .first('id')
  if (taken !== undefined) return false
  await trx('security_groups').where({ id }).update({ name, description })
  return true
}

export async function deleteSecurityGroup(trx: Db, id: string): Promise<void> {
  await trx('security_groups').where({ id }).delete()
}

/** Whether a live instance of the project has it. */
export async function isSecurityGroupUsed(trx: Db, { id, projectId }: NewSecurityGroup): Promise<boolean> {
  const texts = (await trx('instances')
    .where({ project_id: projectId, deleted_at: null })
    .whereLike('attributes', `%${id}%`)
    .pluck('attributes')) as string[]
  return texts.some((text) => fromJson<InstanceAttributes>(text).securityGroupIds?.includes(id) === true)
}

export async function insertSecurityGroupRule(trx: Db, rule: SecurityGroupRule): Promise<void> {
  const { id, groupId, protocol, fromPort, toPort, source } = rule
  await trx('security_group_rules').insert({
    id,
    group_id: groupId,
    protocol,
    from_port: fromPort,
    to_port: toPort,
    cidr: 'cidr' in source ? source.cidr : null,
    source_group_id: 'cidr' in source ? null : source.groupId,
  })
}

/** The group that has the rule. */
export async function findGroupOfRule(db: Db, ruleId: string): Promise<SecurityGroup | undefined> {
  const row = (await db('security_group_rules').where({ id: ruleId }).first('group_id')) as Row | undefined
  return row === undefined ? undefined : findSecurityGroup(db, row['group_id'] as string)
}

export async function deleteSecurityGroupRule(db: Db, ruleId: string): Promise<void> {
  await db('security_group_rules').where({ id: ruleId }).delete()
}

async function withRules(db: Db, rows: readonly Row[]): Promise<readonly SecurityGroup[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row['id'] as string)
  const rules = (await db('security_group_rules as r')
    .leftJoin('security_groups as s', 's.id', 'r.source_group_id')
    .whereIn('r.group_id', ids)
    .orderBy('r.id')
    .select('r.*', 's.name as source_name')) as Row[]
  const byGroup = Map.groupBy(rules.map(toRule), ({ groupId }) => groupId)
  return rows.map((row) => {
    const id = row['id'] as string
    const { project_id: projectId, name, description } = row as Record<string, string>
    return {
      id,
      projectId: projectId as ProjectId,
      name: name as string,
      description: description as string,
      rules: byGroup.get(id) ?? [],
    }
  })
}

function toRule(row: Row): SecurityGroupRule {
  const cidr = row['cidr'] as string | null
  return {
    id: row['id'] as string,
    groupId: row['group_id'] as string,
    protocol: row['protocol'] as SecurityGroupRule['protocol'],
    fromPort: toNumberOrNull(row['from_port']),
    toPort: toNumberOrNull(row['to_port']),
    source:
      cidr === null ? { groupId: row['source_group_id'] as string, groupName: row['source_name'] as string } : { cidr },
  }
}
