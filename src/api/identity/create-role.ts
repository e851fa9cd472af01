import { badRequest } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { roleView } from '../views/role.ts'

export const createRole: Handler<'createRole'> = async ({ body }, services) => {
  const { name, description, domain_id } = body.role
  if (typeof domain_id === 'string') {
    throw badRequest('no-domain-roles', 'Roles are the same in every domain here; leave domain_id out.')
  }
  const role = await services.identity.roles.create({ name, description: description ?? null })
  return { status: 201, body: { role: roleView(role, services) } }
}
