import type { components } from '../../contract/types.gen.ts'
import type { Domain, Project } from '../../model/identity.ts'
import type { Services } from '../services.ts'

type Links = components['schemas']['IdentityListLinks']
type Place = Pick<Services, 'publicUrl'>

/** Projects are not nested: the parent of each is its domain. */
export function projectView(project: Project, { publicUrl }: Place): components['schemas']['IdentityProject'] {
  return {
    id: project.id,
    name: project.name,
    domain_id: project.domainId,
    parent_id: project.domainId,
    description: project.description,
    enabled: project.enabled,
    is_domain: false,
    tags: [],
    options: {},
    links: { self: `${publicUrl}/identity/v3/projects/${project.id}` },
  }
}

export function domainView(domain: Domain, { publicUrl }: Place): components['schemas']['IdentityDomain'] {
  return {
    id: domain.id,
    name: domain.name,
    description: domain.description,
    enabled: domain.enabled,
    tags: [],
    options: {},
    links: { self: `${publicUrl}/identity/v3/domains/${domain.id}` },
  }
}

/** @param path below /identity/v3: `projects` */
export function listLinks(path: string, { publicUrl }: Place): Links {
  return { self: `${publicUrl}/identity/v3/${path}`, previous: null, next: null }
}
