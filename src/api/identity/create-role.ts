import type { Handler } from '../handler.ts'
import { roleView } from '../views/role.ts'
import { resourceOptions } from './resource-options.ts'

export const createRole: Handler<'createRole'> = async ({ body }, services) => {
  const { name, description, domain_id, options } = body.role
  const role = await services.identity.roles.create({
    name,
    description: description ?? null,
    domainId: domain_id ?? null,
    ...resourceOptions(options),
  })
  return { status: 201, body: { role: roleView(role, services) } }
}
