import type { Handler } from '../handler.ts'

export const removeProjectTags: Handler<'removeProjectTags'> = async ({ params }, services) => {
  await services.identity.projects.update(params.project_id, { tags: [] })
  return { status: 204 }
}
