import type { Handler } from '../handler.ts'
import { roleView } from '../views/role.ts'
import { resourceOptions } from './resource-options.ts'

export const updateRole: Handler<'updateRole'> = async ({ params, body }, services) => {
  const { name, description, options } = body.role
  const role = await services.identity.roles.update(params.role_id, {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...resourceOptions(options),
  })
  return { status: 200, body: { role: roleView(role, services) } }
}
