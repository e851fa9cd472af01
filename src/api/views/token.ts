/** A token as Keystone shows it. The catalog goes with scoped ones only. */
import type { components } from '../../contract/types.gen.ts'
import type { AuthContext } from '../../model/token.ts'
import type { Services } from '../services.ts'
import { catalogView } from './catalog.ts'
import { keystoneTime } from './keystone-time.ts'

type Token = components['schemas']['IdentityToken']

export async function tokenView(
  context: AuthContext,
  services: Services,
  options: { catalog: boolean },
): Promise<Token> {
  return {
    methods: [...context.methods],
    user: {
      id: context.userId,
      name: context.userName,
      domain: { ...context.userDomain },
      password_expires_at: null,
    },
    audit_ids: [context.auditId, ...(context.parentAuditId === undefined ? [] : [context.parentAuditId])],
    issued_at: keystoneTime(context.issuedAtMs),
    expires_at: keystoneTime(context.expiresAtMs),
    ...(await scopeView(context, services, options.catalog)),
    ...applicationCredentialView(context),
    ...trustView(context),
    ...oauthView(context),
  }
}

async function scopeView(context: AuthContext, services: Services, withCatalog: boolean): Promise<Partial<Token>> {
  const { projectId, projectName, projectDomain, scopedDomain, isSystem } = context
  if (projectId === undefined && scopedDomain === undefined && isSystem === undefined) return {}
  return {
    roles: context.roles.map(({ id, name }) => ({ id, name })),
    ...(projectId === undefined || projectName === undefined || projectDomain === undefined
      ? {}
      : { is_domain: false, project: { id: projectId, name: projectName, domain: { ...projectDomain } } }),
    ...(scopedDomain === undefined ? {} : { domain: { ...scopedDomain } }),
    ...(isSystem === undefined ? {} : { system: { all: true } }),
    ...(withCatalog ? { catalog: await catalogView(context, services) } : {}),
  }
}

function applicationCredentialView({ applicationCredential }: AuthContext): Pick<Token, 'application_credential'> {
  if (applicationCredential === undefined) return {}
  const { id, name, unrestricted, accessRules } = applicationCredential
  const rules = accessRules === null ? {} : { access_rules: accessRules.map((rule) => ({ ...rule })) }
  return { application_credential: { id, name, restricted: !unrestricted, ...rules } }
}

function trustView({ trust }: AuthContext): Pick<Token, 'OS-TRUST:trust'> {
  if (trust === undefined) return {}
  const { id, impersonation, trustorId, trusteeId } = trust
  return { 'OS-TRUST:trust': { id, impersonation, trustor_user: { id: trustorId }, trustee_user: { id: trusteeId } } }
}

function oauthView({ oauth }: AuthContext): Pick<Token, 'OS-OAUTH1'> {
  if (oauth === undefined) return {}
  return { 'OS-OAUTH1': { access_token_id: oauth.accessTokenId, consumer_id: oauth.consumerId } }
}
