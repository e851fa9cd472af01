import type { ProjectId, UserId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'
import { readMicroseconds } from '../views/naive-microseconds.ts'
import { trustView } from '../views/trust.ts'

export const createTrust: Handler<'createTrust'> = async ({ auth, body }, services) => {
  const wanted = body.trust
  const trust = await services.identity.trusts.create(auth, {
    trustorId: wanted.trustor_user_id as UserId,
    trusteeId: wanted.trustee_user_id as UserId,
    projectId: (wanted.project_id ?? null) as ProjectId | null,
    impersonation: wanted.impersonation,
    expiresAtUs: typeof wanted.expires_at === 'string' ? readMicroseconds(wanted.expires_at) : null,
    remainingUses: wanted.remaining_uses ?? null,
    allowRedelegation: wanted.allow_redelegation ?? false,
    redelegationCount: wanted.redelegation_count ?? null,
    roles: wanted.roles ?? [],
  })
  return { status: 201, body: { trust: trustView(trust, services) } }
}
