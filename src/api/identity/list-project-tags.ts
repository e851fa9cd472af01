import { forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { tagsView } from '../views/project.ts'

export const listProjectTags: Handler<'listProjectTags'> = async ({ auth, params }, services) => {
  if (!auth.isAdmin && auth.projectId !== params.project_id) {
    throw forbidden('You may look at the project of your token only.')
  }
  return { status: 200, body: tagsView(await services.identity.projects.get(params.project_id), services) }
}
