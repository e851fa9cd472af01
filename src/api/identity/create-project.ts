import { badRequest } from '../../model/errors.ts'
import { defaultDomainId } from '../../model/identity.ts'
import type { Handler } from '../handler.ts'
import { projectView } from '../views/project.ts'

export const createProject: Handler<'createProject'> = async ({ auth, body }, services) => {
  const wanted = body.project
  const domainId = wanted.domain_id ?? auth.projectDomain?.id ?? auth.scopedDomain?.id ?? defaultDomainId
  if (wanted.is_domain === true) throw badRequest('no-new-domains', 'Domains cannot be made here; make a project.')
  if ((wanted.parent_id ?? domainId) !== domainId) {
    throw badRequest('no-nested-projects', 'Projects cannot be nested here; leave parent_id out.')
  }
  const project = await services.identity.projects.create({
    name: wanted.name,
    domainId,
    description: wanted.description ?? '',
    enabled: wanted.enabled ?? true,
  })
  return { status: 201, body: { project: projectView(project, services) } }
}
