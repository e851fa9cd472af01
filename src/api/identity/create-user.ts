import { defaultDomainId } from '../../model/identity.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { Handler } from '../handler.ts'
import { userView } from '../views/user.ts'
import { extraAttributes, userOptions } from './user-attributes.ts'

export const createUser: Handler<'createUser'> = async ({ auth, body }, services) => {
  const { name, domain_id, password, default_project_id, description, email, enabled, options } = body.user
  const user = await services.identity.users.create({
    name,
    domainId: domain_id ?? auth.projectDomain?.id ?? auth.scopedDomain?.id ?? defaultDomainId,
    ...(typeof password === 'string' ? { password } : {}),
    defaultProjectId: (default_project_id ?? null) as ProjectId | null,
    description: description ?? null,
    email: email ?? null,
    enabled: enabled ?? true,
    options: userOptions(options),
    extra: extraAttributes(body.user),
  })
  return { status: 201, body: { user: userView(user, services) } }
}
