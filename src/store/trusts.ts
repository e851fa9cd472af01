/** Rows of `trusts` and `trust_roles`. */
import type { ProjectId, UserId } from '../model/ids.ts'
import type { TokenTrust } from '../model/token.ts'
import type { Trust } from '../model/trust.ts'
import type { Db } from './database.ts'
import { toRole, type RoleRow } from './roles.ts'
import { toNumberOrNull } from './rows.ts'

interface TrustRow {
  readonly id: string
  readonly trustor_id: UserId
  readonly trustee_id: UserId
  readonly grantor_id: UserId
  readonly project_id: ProjectId
  readonly impersonation: number | boolean
  readonly expires_at_us: number | string | null
  readonly remaining_uses: number | null
  readonly redelegation_count: number
  readonly redelegated_trust_id: string | null
}

export interface TrustFilter {
  readonly trustorId?: string
  readonly trusteeId?: string
}

const table = (db: Db) => db<TrustRow>('trusts')

/** Inside a transaction. */
export async function insertTrust(trx: Db, trust: Trust, nowMs: number): Promise<void> {
  await trx('trusts').insert({
    id: trust.id,
    trustor_id: trust.trustorId,
    trustee_id: trust.trusteeId,
    grantor_id: trust.grantorId,
    project_id: trust.projectId,
    impersonation: trust.impersonation,
    expires_at_us: trust.expiresAtUs,
    remaining_uses: trust.remainingUses,
    redelegation_count: trust.redelegationCount,
    redelegated_trust_id: trust.redelegatedTrustId,
    created_at: nowMs,
  })
  await trx('trust_roles').insert(trust.roles.map(({ id }) => ({ trust_id: trust.id, role_id: id })))
}

/** Those that can still be used: neither past their end nor used up. */
function usable(db: Db, nowMs: number) {
  return table(db)
    .where((end) => end.whereNull('expires_at_us').orWhere('expires_at_us', '>', nowMs * 1000))
    .where((uses) => uses.whereNull('remaining_uses').orWhere('remaining_uses', '>', 0))
}

export async function findTrust(db: Db, id: string, nowMs: number): Promise<Trust | undefined> {
  const row = await usable(db, nowMs).where({ id }).first()
  return row === undefined ? undefined : toTrust(db, row)
}

/** Oldest first. */
export async function listTrusts(db: Db, filter: TrustFilter, nowMs: number): Promise<Trust[]> {
  const query = usable(db, nowMs).orderBy(['created_at', 'id'])
  if (filter.trustorId !== undefined) query.where({ trustor_id: filter.trustorId as UserId })
  if (filter.trusteeId !== undefined) query.where({ trustee_id: filter.trusteeId as UserId })
  const found: Trust[] = []
  for (const row of await query) found.push(await toTrust(db, row))
  return found
}

/** Takes along its tokens, and trusts that were handed on from it. @returns false when there is no such trust */
export async function deleteTrust(db: Db, id: string): Promise<boolean> {
  return (await table(db).where({ id }).delete()) > 0
}

/** Counts one use. @returns false when none is left */
export async function useTrust(db: Db, { id, remainingUses }: Trust): Promise<boolean> {
  if (remainingUses === null) return true
  return (await db('trusts').where({ id }).where('remaining_uses', '>', 0).decrement('remaining_uses', 1)) > 0
}

export async function deleteExpiredTrusts(db: Db, nowMs: number): Promise<void> {
  await db('trusts')
    .where('expires_at_us', '<=', nowMs * 1000)
    .delete()
}

/** What a token says of its trust, and what it is judged by; also when the trust is used up since. */
export interface TrustFacts {
  readonly trust: TokenTrust
  readonly grantorId: UserId
  /** Everybody in it, also those who handed it on, and their domains are enabled. */
  readonly enabled: boolean
}

export async function findTrustFacts(db: Db, id: string): Promise<TrustFacts | undefined> {
  const row = await table(db).where({ id }).first()
  if (row === undefined) return undefined
  const { trustor_id: trustorId, trustee_id: trusteeId, grantor_id: grantorId } = row
  const people = [...new Set([grantorId, ...(await handsOf(db, row))])]
  const enabled = await db('users as u')
    .join('domains as d', 'd.id', 'u.domain_id')
    .whereIn('u.id', people)
    .where({ 'u.enabled': true, 'd.enabled': true })
    .select('u.id')
  return {
    trust: { id, trustorId, trusteeId, impersonation: Boolean(row.impersonation) },
    grantorId,
    enabled: enabled.length === people.length,
  }
}

/** Trustors and trustees from this trust back to the first; it is short, see maxRedelegations. */
async function handsOf(db: Db, last: TrustRow): Promise<readonly UserId[]> {
  const hands: UserId[] = []
  for (let row: TrustRow | undefined = last; row !== undefined;) {
    hands.push(row.trustor_id, row.trustee_id)
    row =
      row.redelegated_trust_id === null ? undefined : await table(db).where({ id: row.redelegated_trust_id }).first()
  }
  return hands
}

async function toTrust(db: Db, row: TrustRow): Promise<Trust> {
  const roleIds = db('trust_roles').where({ trust_id: row.id }).select('role_id')
  return {
    id: row.id,
    trustorId: row.trustor_id,
    trusteeId: row.trustee_id,
    grantorId: row.grantor_id,
    projectId: row.project_id,
    impersonation: Boolean(row.impersonation),
    expiresAtUs: toNumberOrNull(row.expires_at_us),
    remainingUses: row.remaining_uses,
    redelegationCount: row.redelegation_count,
    redelegatedTrustId: row.redelegated_trust_id,
    roles: (await db<RoleRow>('roles').whereIn('id', roleIds).orderBy('name')).map(toRole),
  }
}
