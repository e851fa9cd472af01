import { badRequest } from '../../model/errors.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'
import { userView } from '../views/user.ts'
import type { JsonObject } from '../../util/json.ts'
import { extraAttributes, userOptions } from './user-attributes.ts'

export const updateUser: Handler<'updateUser'> = async ({ params, body }, services) => {
  const { name, password, default_project_id, description, email, enabled, options } = body.user
  if (password === null) throw badRequest('invalid-input', 'A password cannot be taken away; disable the user instead.')
  const before = await services.identity.users.get(params.user_id)
  const user = await services.identity.users.update(params.user_id, {
    ...(name === undefined ? {} : { name }),
    ...(password === undefined ? {} : { password }),
    ...(default_project_id === undefined ? {} : { defaultProjectId: default_project_id as ProjectId | null }),
    ...(description === undefined ? {} : { description }),
    ...(email === undefined ? {} : { email }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(options === undefined ? {} : { options: userOptions(options, before.options) }),
    ...extraIn(extraAttributes(body.user, before.extra), before.extra),
  })
  return { status: 200, body: { user: userView(user, services) } }
}

function extraIn(extra: JsonObject, before: JsonObject): { extra?: JsonObject } {
  return JSON.stringify(extra) === JSON.stringify(before) ? {} : { extra }
}
