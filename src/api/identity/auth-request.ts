/** The login's JSON in the service's words. What the contract's schema cannot say about it is checked here. */
import type { components } from '../../contract/types.gen.ts'
import { badRequest, PolyvisorError } from '../../model/errors.ts'
import type { SignedRequest } from '../../model/oauth1.ts'
import type {
  AuthenticationRequest,
  Credential,
  DomainReference,
  PasswordCredential,
  ProjectReference,
  ScopeRequest,
} from '../../model/token.ts'

type Auth = components['schemas']['IdentityAuthRequest']['auth']
type Reference = components['schemas']['IdentityReference']

const methodsOffered = ['password', 'token', 'application_credential', 'oauth1'] as const

/**
 * @param signed the request itself, for the method oauth1
 * @throws PolyvisorError bad-request | unauthorized (a method that is not offered)
 */
export function authenticationRequest(auth: Auth, signed: SignedRequest): AuthenticationRequest {
  return { credential: credential(auth.identity, signed), scope: scopeRequest(auth.scope) }
}

function credential(identity: Auth['identity'], signed: SignedRequest): Credential {
  const { methods, password, token, application_credential: application } = identity
  const [method, ...others] = new Set(methods)
  if (others.length > 0 || !methodsOffered.some((offered) => offered === method)) {
    const offered = methodsOffered.join(', ')
    const message = `Attempted to authenticate with an unsupported method: this service takes one of ${offered}.`
    throw new PolyvisorError('unauthorized', 'auth-method-unsupported', message)
  }
  if (method === 'password' && password !== undefined) return passwordCredential(password.user)
  if (method === 'token' && token !== undefined) return { method, token: token.id }
  if (method === 'application_credential' && application !== undefined) return applicationCredential(application)
  if (method === 'oauth1') return { method, signed }
  throw badRequest('invalid-input', `'${method}' is a required property of auth.identity.`)
}

function applicationCredential(given: NonNullable<Auth['identity']['application_credential']>): Credential {
  const method = 'application_credential'
  const { id, name, user, secret } = given
  if (id !== undefined) return { method, reference: { id }, secret }
  if (name !== undefined && user !== undefined)
    return { method, reference: { name, user: idOrNameIn(user, `auth.identity.${method}.user`) }, secret }
  throw badRequest('invalid-input', `auth.identity.${method} needs an id, or a name and its user.`)
}

function passwordCredential(user: NonNullable<Auth['identity']['password']>['user']): PasswordCredential {
  const place = 'auth.identity.password.user'
  return { method: 'password', user: idOrNameIn(user, place), password: user.password }
}

function scopeRequest(scope: Auth['scope']): ScopeRequest {
  if (scope === undefined) return { kind: 'default' }
  if (scope === 'unscoped') return { kind: 'unscoped' }
  const { project, domain, system, unscoped, 'OS-TRUST:trust': trust } = scope
  if ([project, domain, system, unscoped, trust].filter((one) => one !== undefined).length !== 1) {
    const kinds = 'project, domain, system, unscoped, OS-TRUST:trust'
    throw badRequest('invalid-scope', `auth.scope must hold exactly one of ${kinds}.`)
  }
  if (project !== undefined) return { kind: 'project', project: idOrNameIn(project, 'auth.scope.project') }
  if (domain !== undefined) return { kind: 'domain', domain: idOrName(domain, 'auth.scope.domain') }
  if (unscoped !== undefined) return { kind: 'unscoped' }
  if (trust !== undefined) return { kind: 'trust', trustId: trust.id }
  return { kind: 'system' }
}

/** A name means nothing without its domain. */
function idOrNameIn(named: Reference & { readonly domain?: Reference }, place: string): ProjectReference {
  if (named.id !== undefined) return { id: named.id }
  if (named.name === undefined) throw badRequest('invalid-input', `${place} needs an id, or a name and its domain.`)
  if (named.domain === undefined) {
    throw badRequest('invalid-input', `${place} is named, so it needs a domain (an id or a name) too.`)
  }
  return { name: named.name, domain: idOrName(named.domain, `${place}.domain`) }
}

function idOrName(named: Reference, place: string): DomainReference {
  if (named.id !== undefined) return { id: named.id }
  if (named.name === undefined) throw badRequest('invalid-input', `${place} needs an id or a name.`)
  return { name: named.name }
}
