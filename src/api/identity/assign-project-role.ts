import type { ProjectId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'

export const assignProjectRole: Handler<'assignProjectRole'> = async ({ params }, services) => {
  const { user_id, role_id, project_id } = params
  await services.identity.roles.assign(user_id, role_id, { projectId: project_id as ProjectId })
  return { status: 204 }
}
