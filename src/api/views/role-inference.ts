import type { components } from '../../contract/types.gen.ts'
import type { ImpliedRole, Role } from '../../model/identity.ts'
import type { Services } from '../services.ts'

type Schemas = components['schemas']
type Place = Pick<Services, 'publicUrl'>

export function roleInferenceView(
  { prior, implied }: ImpliedRole,
  place: Place,
): Schemas['IdentityRoleInferenceEnvelope'] {
  const self = `${place.publicUrl}/identity/v3/roles/${prior.id}/implies/${implied.id}`
  return {
    role_inference: { prior_role: linkedRole(prior, place), implies: linkedRole(implied, place) },
    links: { self },
  }
}

/** @param rules all of that prior role */
export function roleInferencesView(
  prior: Role,
  rules: readonly ImpliedRole[],
  place: Place,
): Schemas['IdentityRoleInferences'] {
  return {
    prior_role: linkedRole(prior, place),
    implies: rules.map(({ implied }) => linkedRole(implied, place)),
  }
}

function linkedRole({ id, name }: Role, { publicUrl }: Place): Schemas['IdentityLinkedRole'] {
  return { id, name, links: { self: `${publicUrl}/identity/v3/roles/${id}` } }
}
