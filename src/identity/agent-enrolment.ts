/**
 * Agents' identities: whoever knows the enrolment secret gets an id, a token for our own API and an account on the bus,
 * each good for that agent's affairs alone. Tokens are stored as hashes; the secret is read anew at each use, so that it
 * can be rotated by writing its file.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Agent, BusAccount } from '../model/agent.ts'
import { conflict, notFound, PolyvisorError } from '../model/errors.ts'
import { isUuid, type AgentId } from '../model/ids.ts'
import { deleteAgent, findAgentByToken, insertAgent, listAgents } from '../store/agents.ts'
import type { Db } from '../store/database.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'
import type { LoginThrottle } from './login-throttle.ts'
import { randomText } from '../util/random-text.ts'

/** Accounts on the bus. */
export interface AgentAccounts {
  /** Makes the agent's account and queue, or gives the account a new password. */
  ensure(agentId: AgentId): Promise<BusAccount>
  remove(agentId: AgentId): Promise<void>
}

export interface AgentEnrolmentParts {
  readonly db: Db
  readonly clock: Clock
  readonly log: Logger
  readonly throttle: LoginThrottle
  /** @returns undefined when there is none: then nobody can enrol */
  readonly readSecret: () => Promise<string | undefined>
  /** Undefined where the bus lies within this process. */
  readonly accounts: AgentAccounts | undefined
}

export interface EnrolledAgent {
  readonly id: AgentId
  readonly name: string
  readonly token: string
  readonly bus: BusAccount
}

export class AgentEnrolment {
  readonly #parts: AgentEnrolmentParts

  constructor(parts: AgentEnrolmentParts) {
    this.#parts = parts
  }

  /** @throws PolyvisorError 401 for a wrong secret, 429 after many of them, 409 when no other process can join */
  async enrol(wanted: { readonly name: string; readonly secret: string }, address: string): Promise<EnrolledAgent> {
    const { db, clock, log, throttle } = this.#parts
    const { name } = wanted
    await throttle.guard('agent', address, () => this.#checkSecret(wanted.secret, name, address))
    const accounts = this.#accounts()
    const id = crypto.randomUUID() as AgentId
    const token = randomText(32)
    await insertAgent(db, { id, name, tokenHash: hashOf(token) }, clock.nowMs())
    const bus = await accounts.ensure(id)
    log.info({ agentId: id, name, address }, 'an agent enrolled')
    return { id, name, token, bus }
  }

  /** @returns whose token it is */
  async authenticate(token: string): Promise<AgentId | undefined> {
    return findAgentByToken(this.#parts.db, hashOf(token))
  }

  /** A new password for the agent's account; makes the account and the queue anew should the bus have lost them. */
  async renewBusAccount(id: AgentId): Promise<BusAccount> {
    return this.#accounts().ensure(id)
  }

  list(): Promise<readonly Agent[]> {
    return listAgents(this.#parts.db)
  }

  /** The agent, its hosts and its accounts are forgotten. @throws PolyvisorError 404, 409 while servers are there */
  async remove(id: string): Promise<void> {
    const { db, accounts, log } = this.#parts
    const inTheWay = isUuid(id) ? await deleteAgent(db, id as AgentId) : undefined
    if (inTheWay === undefined) throw notFound('agent', id)
    if (inTheWay > 0) {
      throw conflict('agent-in-use', `${inTheWay} servers are on the hosts of agent ${id}; delete or move them first.`)
    }
    await accounts?.remove(id as AgentId)
    log.info({ agentId: id }, 'an agent was removed')
  }

  async #checkSecret(given: string, name: string, address: string): Promise<void> {
    const secret = await this.#parts.readSecret()
    if (secret !== undefined && timingSafeEqual(digestOf(given), digestOf(secret))) return
    this.#parts.log.warn({ name, address }, 'an agent was refused: its enrolment secret is wrong')
    throw new PolyvisorError(
      'unauthorized',
      'unauthenticated',
      'The enrolment secret is wrong, or was changed; ask the operator for the one that is in force.',
    )
  }

  #accounts(): AgentAccounts {
    const { accounts } = this.#parts
    if (accounts !== undefined) return accounts
    throw conflict(
      'no-shared-bus',
      'This control plane has no bus that other machines can reach: start it with the setting bus.url.',
    )
  }
}

function hashOf(token: string): string {
  return digestOf(token).toString('hex')
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
