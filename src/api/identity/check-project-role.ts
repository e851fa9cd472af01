import type { ProjectId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'

export const checkProjectRole: Handler<'checkProjectRole'> = async ({ params }, services) => {
  const { user_id, role_id, project_id } = params
  await services.identity.roles.requireAssignment(user_id, role_id, { projectId: project_id as ProjectId })
  return { status: 204 }
}
