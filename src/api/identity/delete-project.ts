import type { Handler } from '../handler.ts'

export const deleteProject: Handler<'deleteProject'> = async ({ params }, services) => {
  await services.identity.projects.delete(params.project_id)
  return { status: 204 }
}
