import type { components } from '../../contract/types.gen.ts'
import type { User } from '../../model/identity.ts'
import type { Services } from '../services.ts'

/** What is not set is left out, as Keystone does; attributes that only the client knows come back as they were. */
export function userView(
  user: User,
  { publicUrl }: Pick<Services, 'publicUrl'>,
): components['schemas']['IdentityUser'] {
  return {
    ...user.extra,
    id: user.id,
    name: user.name,
    domain_id: user.domainId,
    ...(user.defaultProjectId === null ? {} : { default_project_id: user.defaultProjectId }),
    ...(user.description === null ? {} : { description: user.description }),
    ...(user.email === null ? {} : { email: user.email }),
    enabled: user.enabled,
    password_expires_at: null,
    options: { ...user.options },
    links: { self: `${publicUrl}/identity/v3/users/${user.id}` },
  }
}
