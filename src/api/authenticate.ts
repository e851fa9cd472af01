/** Who asks, and whether the contract's policy lets them. Finer rules (own project, own server) stand in the handlers. */
import type { IncomingHttpHeaders } from 'node:http'
import type { ContractOperation } from '../contract/contract.ts'
import { forbidden, PolyvisorError } from '../model/errors.ts'
import { accessLevels, type AuthContext } from '../model/token.ts'
import type { AgentAuth } from './handler.ts'
import type { Services } from './services.ts'

/** @throws PolyvisorError unauthorized without a token that is good now */
export async function authenticate(headers: IncomingHttpHeaders, services: Services): Promise<AuthContext> {
  const token = headers['x-auth-token']
  const context = typeof token === 'string' && token !== '' ? await services.authenticate(token) : undefined
  if (context !== undefined) return context
  throw new PolyvisorError(
    'unauthorized',
    'authentication-required',
    token === undefined
      ? 'The request you have made requires authentication: send a token in X-Auth-Token.'
      : 'The request you have made requires authentication: the token is unknown or has expired; ask for a new one.',
  )
}

/** @throws PolyvisorError unauthorized unless the token is an agent's */
export async function authenticateAgent(
  headers: IncomingHttpHeaders,
  services: Pick<Services, 'agents'>,
): Promise<AgentAuth> {
  const token = headers['x-auth-token']
  const agentId = typeof token === 'string' && token !== '' ? await services.agents.authenticate(token) : undefined
  if (agentId !== undefined) return { agentId }
  throw new PolyvisorError(
    'unauthorized',
    'agent-authentication-required',
    'This is for agents: send the token that the agent was given when it enrolled.',
  )
}

const levelsOfPolicies = {
  public: 'none',
  // Agents have tokens of their own: see authenticateAgent.
  agent: 'none',
  authenticated: 'none',
  reader: 'reader',
  member: 'member',
  admin: 'admin',
} as const

/** @throws PolyvisorError forbidden when the bearer's roles do not reach the operation's policy */
export function authorise({ policy, tag }: ContractOperation, auth: AuthContext): void {
  const needed = levelsOfPolicies[policy]
  if (needed === 'none') return
  if (tag !== 'identity' && auth.projectId === undefined) {
    throw forbidden('This needs a token scoped to a project; name a project when you ask for the token.')
  }
  if (accessLevels.indexOf(auth.accessLevel) >= accessLevels.indexOf(needed)) return
  const roles = auth.roles.map((role) => role.name).join(', ') || 'no role'
  throw forbidden(
    `Policy doesn't allow this to be performed: it needs the role ${needed}; your token carries ${roles}.`,
  )
}
