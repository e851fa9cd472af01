import { badRequest, forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { domainAsProjectView, projectView } from '../views/project.ts'
import { resourceOptions } from './resource-options.ts'

export const updateProject: Handler<'updateProject'> = async ({ params, body }, services) => {
  const { name, description, enabled, tags, options, parent_id, domain_id } = body.project
  const { projects, domains } = services.identity
  const changes = {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(enabled === undefined ? {} : { enabled }),
    ...resourceOptions(options),
  }
  if ((await domains.find(params.project_id)) !== undefined) {
    if (tags !== undefined) throw badRequest('domain-tags', 'A domain has no tags.')
    const domain = await domains.update(params.project_id, changes)
    return { status: 200, body: { project: domainAsProjectView(domain, services) } }
  }
  const before = await projects.get(params.project_id)
  if (parent_id !== undefined && parent_id !== (before.parentId ?? before.domainId))
    throw forbidden('A project stays where it is: parent_id cannot be changed.')
  if (domain_id !== undefined && domain_id !== before.domainId)
    throw badRequest('other-domain', 'A project stays where it is: domain_id cannot be changed.')
  const project = await projects.update(before.id, { ...changes, ...(tags === undefined ? {} : { tags }) })
  return { status: 200, body: { project: projectView(project, services) } }
}
