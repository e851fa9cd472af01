import { badRequest } from '../../model/errors.ts'
import { defaultDomainId } from '../../model/identity.ts'
import type { Handler } from '../handler.ts'
import { domainAsProjectView, projectView } from '../views/project.ts'
import { resourceOptions } from './resource-options.ts'

export const createProject: Handler<'createProject'> = async ({ auth, body }, services) => {
  const { name, domain_id, parent_id, description, enabled, is_domain, tags, options } = body.project
  const common = { name, description: description ?? '', enabled: enabled ?? true, ...resourceOptions(options) }
  if (is_domain === true) {
    if (typeof domain_id === 'string' || typeof parent_id === 'string' || (tags ?? []).length > 0)
      throw badRequest(
        'domain-below',
        'A domain lies in nothing and has no tags. Leave domain_id, parent_id and tags out.',
      )
    const domain = await services.identity.domains.create(common)
    return { status: 201, body: { project: domainAsProjectView(domain, services) } }
  }
  const own = auth.projectDomain?.id ?? auth.scopedDomain?.id ?? defaultDomainId
  const domainId = domain_id ?? (typeof parent_id === 'string' ? undefined : own)
  const project = await services.identity.projects.create({
    ...common,
    ...(domainId === undefined ? {} : { domainId }),
    parentId: parent_id ?? null,
    tags: tags ?? [],
  })
  return { status: 201, body: { project: projectView(project, services) } }
}
