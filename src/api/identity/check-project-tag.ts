import { forbidden, notFound } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'

export const checkProjectTag: Handler<'checkProjectTag'> = async ({ auth, params }, services) => {
  if (!auth.isAdmin && auth.projectId !== params.project_id) {
    throw forbidden('You may look at the project of your token only.')
  }
  const { tags } = await services.identity.projects.get(params.project_id)
  if (!tags.includes(params.tag)) throw notFound('project-tag', params.tag)
  return { status: 204 }
}
