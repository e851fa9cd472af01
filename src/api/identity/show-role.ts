import type { Handler } from '../handler.ts'
import { roleView } from '../views/role.ts'

export const showRole: Handler<'showRole'> = async ({ params }, services) => ({
  status: 200,
  body: { role: roleView(await services.identity.roles.get(params.role_id), services) },
})
