import { badRequest } from '../../model/errors.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'
import { userView } from '../views/user.ts'

export const updateUser: Handler<'updateUser'> = async ({ params, body }, services) => {
  const { name, password, default_project_id, description, email, enabled } = body.user
  if (password === null) throw badRequest('invalid-input', 'A password cannot be taken away; disable the user instead.')
  const user = await services.identity.users.update(params.user_id, {
    ...(name === undefined ? {} : { name }),
    ...(password === undefined ? {} : { password }),
    ...(default_project_id === undefined ? {} : { defaultProjectId: default_project_id as ProjectId | null }),
    ...(description === undefined ? {} : { description }),
    ...(email === undefined ? {} : { email }),
    ...(enabled === undefined ? {} : { enabled }),
  })
  return { status: 200, body: { user: userView(user, services) } }
}
