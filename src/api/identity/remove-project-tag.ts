import type { Handler } from '../handler.ts'

export const removeProjectTag: Handler<'removeProjectTag'> = async ({ params }, services) => {
  await services.identity.projects.removeTag(params.project_id, params.tag)
  return { status: 204 }
}
