import type { components } from '../../contract/types.gen.ts'
import type { Trust } from '../../model/trust.ts'
import type { Services } from '../services.ts'
import { naiveMicroseconds } from './naive-microseconds.ts'
import { listLinks } from './project.ts'
import { roleView } from './role.ts'

type View = components['schemas']['IdentityTrust']
type Place = Pick<Services, 'publicUrl'>

export function trustView(trust: Trust, services: Place): View {
  return {
    ...trustSummaryView(trust, services),
    roles: trust.roles.map((role) => roleView(role, services)),
    roles_links: listLinks(`OS-TRUST/trusts/${trust.id}/roles`, services),
  }
}

export function trustSummaryView(trust: Trust, { publicUrl }: Place): View {
  return {
    id: trust.id,
    trustor_user_id: trust.trustorId,
    trustee_user_id: trust.trusteeId,
    project_id: trust.projectId,
    impersonation: trust.impersonation,
    expires_at: trust.expiresAtUs === null ? null : `${naiveMicroseconds(trust.expiresAtUs)}Z`,
    deleted_at: null,
    remaining_uses: trust.remainingUses,
    redelegation_count: trust.redelegationCount,
    redelegated_trust_id: trust.redelegatedTrustId,
    links: { self: `${publicUrl}/identity/v3/OS-TRUST/trusts/${trust.id}` },
  }
}
