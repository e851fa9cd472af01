import type { components } from '../../contract/types.gen.ts'
import type { AccessRule, ApplicationCredential } from '../../model/application-credential.ts'
import type { Services } from '../services.ts'
import { naiveMicroseconds } from './naive-microseconds.ts'

type Schemas = components['schemas']
type Place = Pick<Services, 'publicUrl'>

export function applicationCredentialView(
  credential: ApplicationCredential,
  { publicUrl }: Place,
): Schemas['IdentityApplicationCredential'] {
  const { id, userId, accessRules, expiresAtUs } = credential
  return {
    id,
    name: credential.name,
    description: credential.description,
    project_id: credential.projectId,
    user_id: userId,
    roles: credential.roles.map((role) => ({ id: role.id, name: role.name, domain_id: role.domainId })),
    expires_at: expiresAtUs === null ? null : naiveMicroseconds(expiresAtUs),
    unrestricted: credential.unrestricted,
    system: null,
    ...(accessRules === null ? {} : { access_rules: accessRules.map((rule) => ({ ...rule })) }),
    links: { self: `${publicUrl}/identity/v3/users/${userId}/application_credentials/${id}` },
  }
}

export function accessRuleView(rule: AccessRule, userId: string, { publicUrl }: Place): Schemas['IdentityAccessRule'] {
  return { ...rule, links: { self: `${publicUrl}/identity/v3/users/${userId}/access_rules/${rule.id}` } }
}
