/** Rows of `access_rules`: a user's, for application credentials to share. */
import type { AccessRule } from '../model/application-credential.ts'
import type { Db } from './database.ts'

interface RuleRow {
  readonly id: string
  readonly user_id: string
  readonly service: string
  readonly method: string
  readonly path: string
}

const table = (db: Db) => db<RuleRow>('access_rules')
const links = (db: Db) => db('application_credential_access_rules')

/** Inside a transaction. Rules that the user has already are shared. */
export async function linkAccessRules(
  trx: Db,
  credentialId: string,
  userId: string,
  rules: readonly AccessRule[],
): Promise<void> {
  for (const { id, service, method, path } of rules) {
    const rule = { user_id: userId, service, method, path }
    await table(trx)
      .insert({ id, ...rule })
      .onConflict(['user_id', 'service', 'method', 'path'])
      .ignore()
    const row = await table(trx).where(rule).first('id')
    await links(trx).insert({ application_credential_id: credentialId, access_rule_id: row?.id }).onConflict().ignore()
  }
}

export async function listAccessRulesOf(db: Db, credentialId: string): Promise<AccessRule[]> {
  const ids = links(db).where({ application_credential_id: credentialId }).select('access_rule_id')
  return (await table(db).whereIn('id', ids).orderBy(order)).map(toRule)
}

export async function findAccessRule(db: Db, userId: string, id: string): Promise<AccessRule | undefined> {
  const row = await table(db).where({ id, user_id: userId }).first()
  return row === undefined ? undefined : toRule(row)
}

export interface AccessRuleFilter {
  readonly userId: string
  readonly service?: string
  readonly method?: string
  readonly path?: string
}

export async function listAccessRules(db: Db, { userId, ...filter }: AccessRuleFilter): Promise<AccessRule[]> {
  return (
    await table(db)
      .where({ user_id: userId, ...filter })
      .orderBy(order)
  ).map(toRule)
}

/** Nothing while a credential uses it. @returns false when it is still there, or never was */
export async function deleteUnusedAccessRule(db: Db, userId: string, id: string): Promise<boolean> {
  const used = links(db).where({ access_rule_id: id }).select('access_rule_id')
  return (await table(db).where({ id, user_id: userId }).whereNotIn('id', used).delete()) > 0
}

const order = ['service', 'path', 'method']

function toRule({ id, service, method, path }: RuleRow): AccessRule {
  return { id, service, method, path }
}
