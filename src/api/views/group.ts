import type { components } from '../../contract/types.gen.ts'
import type { Group } from '../../model/identity.ts'
import type { Services } from '../services.ts'

export function groupView(
  { id, name, domainId, description }: Group,
  { publicUrl }: Pick<Services, 'publicUrl'>,
): components['schemas']['IdentityGroup'] {
  return { id, name, domain_id: domainId, description, links: { self: `${publicUrl}/identity/v3/groups/${id}` } }
}
