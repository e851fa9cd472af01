import type { components } from '../../contract/types.gen.ts'
import type { Domain, Project } from '../../model/identity.ts'
import type { Services } from '../services.ts'

type Links = components['schemas']['IdentityListLinks']
type Place = Pick<Services, 'publicUrl'>

/** The parent of a project that lies in no other is its domain. */
export function projectView(project: Project, { publicUrl }: Place): components['schemas']['IdentityProject'] {
  return {
    id: project.id,
    name: project.name,
    domain_id: project.domainId,
    parent_id: project.parentId ?? project.domainId,
    description: project.description,
    enabled: project.enabled,
    is_domain: false,
    tags: [...project.tags],
    options: optionsView(project),
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
    options: optionsView(domain),
    links: { self: `${publicUrl}/identity/v3/domains/${domain.id}` },
  }
}

/** Keystone has it that domains are projects too. */
export function domainAsProjectView(domain: Domain, { publicUrl }: Place): components['schemas']['IdentityProject'] {
  return {
    id: domain.id,
    name: domain.name,
    domain_id: null,
    parent_id: null,
    description: domain.description,
    enabled: domain.enabled,
    is_domain: true,
    tags: [],
    options: optionsView(domain),
    links: { self: `${publicUrl}/identity/v3/projects/${domain.id}` },
  }
}

export function optionsView({ immutable }: { readonly immutable: boolean }): { immutable?: boolean } {
  return immutable ? { immutable } : {}
}

export function tagsView({ id, tags }: Project, { publicUrl }: Place) {
  return { tags: [...tags], links: { self: `${publicUrl}/identity/v3/projects/${id}/tags` } }
}

/** @param path below /identity/v3: `projects` */
export function listLinks(path: string, { publicUrl }: Place): Links {
  return { self: `${publicUrl}/identity/v3/${path}`, previous: null, next: null }
}
