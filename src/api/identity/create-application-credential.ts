import type { WantedAccessRule } from '../../identity/application-credentials.ts'
import { badRequest } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { applicationCredentialView } from '../views/application-credential.ts'
import { readMicroseconds } from '../views/naive-microseconds.ts'
import { requireOwnUser } from './own-user.ts'

export const createApplicationCredential: Handler<'createApplicationCredential'> = async (request, services) => {
  const { auth, params, body } = request
  requireOwnUser(auth, params.user_id)
  const wanted = body.application_credential
  if (typeof wanted.project_id === 'string' && wanted.project_id !== auth.projectId)
    throw badRequest(
      'other-project',
      'An application credential is for the project of the token. Leave project_id out.',
    )
  const { credential, secret } = await services.identity.applicationCredentials.create(auth, {
    name: wanted.name,
    description: wanted.description ?? null,
    ...(typeof wanted.secret === 'string' ? { secret: wanted.secret } : {}),
    expiresAtUs: typeof wanted.expires_at === 'string' ? readMicroseconds(wanted.expires_at) : null,
    ...(wanted.roles === undefined || wanted.roles.length === 0 ? {} : { roles: wanted.roles.map(reference) }),
    unrestricted: wanted.unrestricted ?? false,
    accessRules: wanted.access_rules?.map(accessRule) ?? null,
  })
  return {
    status: 201,
    body: { application_credential: { ...applicationCredentialView(credential, services), secret } },
  }
}

function reference({ id, name }: { readonly id?: string; readonly name?: string }) {
  if (id !== undefined) return { id }
  if (name !== undefined) return { name }
  throw badRequest('invalid-input', 'Each of roles needs an id or a name.')
}

function accessRule(rule: { id?: string; service?: string; method?: string; path?: string }): WantedAccessRule {
  const { id, service, method, path } = rule
  if (id !== undefined) return { id }
  if (service !== undefined && method !== undefined && path !== undefined) return { service, method, path }
  throw badRequest(
    'invalid-input',
    'Each of access_rules needs service, method and path, or the id of one that is there.',
  )
}
