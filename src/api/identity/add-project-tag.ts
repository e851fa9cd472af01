import type { Handler } from '../handler.ts'

export const addProjectTag: Handler<'addProjectTag'> = async ({ params }, services) => {
  await services.identity.projects.addTag(params.project_id, params.tag)
  return { status: 201 }
}
