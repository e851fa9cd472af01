import type { Handler } from '../handler.ts'
import { assignmentOf } from './assignment-path.ts'

export const assignProjectRole: Handler<'assignProjectRole'> = async (request, services) => {
  const { holder, target } = assignmentOf(request)
  await services.identity.assignments.assign(holder, request.params.role_id, target)
  return { status: 204 }
}
