import type { Handler } from '../handler.ts'

export const deleteProject: Handler<'deleteProject'> = async ({ params }, services) => {
  const { projects, domains } = services.identity
  const isDomain = (await domains.find(params.project_id)) !== undefined
  await (isDomain ? domains : projects).delete(params.project_id)
  return { status: 204 }
}
