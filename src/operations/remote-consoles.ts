/** Consoles of instances: a token for whoever may have one, and for its bearer a stream that the instance's agent brings. */
import type { Duplex } from 'node:stream'
import type { ConsoleRelay } from '../console/console-relay.ts'
import type { ConsoleGrant, ConsoleTokens } from '../console/console-tokens.ts'
import { consoleKinds, type ConsoleKind } from '../model/console.ts'
import { conflict, PolyvisorError } from '../model/errors.ts'
import type { Host } from '../model/host.ts'
import type { Instance } from '../model/instance.ts'
import type { Db } from '../store/database.ts'
import { findHost } from '../store/hosts.ts'
import { findInstance } from '../store/instances.ts'
import { delay } from '../util/delay.ts'
import type { AgentQueries } from './agent-queries.ts'

export interface RemoteConsoleParts {
  readonly db: Db
  readonly queries: AgentQueries
  readonly tokens: ConsoleTokens
  readonly relay: ConsoleRelay
  /** Where agents reach this very API, where that is another address than they know. */
  readonly relayUrl?: string | undefined
}

/** From the agent's word that it has the console until its stream is here. */
const arrivalMs = 10_000

export class RemoteConsoles {
  readonly #parts: RemoteConsoleParts

  constructor(parts: RemoteConsoleParts) {
    this.#parts = parts
  }

  /** @returns a token. @throws PolyvisorError 400 when its host has no such console, 409 while it is on none */
  async create(instance: Instance, kind: ConsoleKind, word: string): Promise<string> {
    const host = await this.#hostOf(instance)
    if (!consolesOf(host).includes(kind)) throw unavailable(word)
    return this.#parts.tokens.issue({ instanceId: instance.id, kind })
  }

  /** What the token is good for, without using it; undefined when for nothing. */
  async look(token: string): Promise<ConsoleGrant | undefined> {
    const grant = await this.#parts.tokens.look(token)
    const instance = grant && (await findInstance(this.#parts.db, grant.instanceId))
    return instance?.deletedAtMs === null ? grant : undefined
  }

  /** @throws PolyvisorError 403 when the token is good for nothing, 409 while the guest does not run, 503 */
  async open(token: string, requestId: string): Promise<Duplex> {
    const { db, tokens, queries, relay, relayUrl } = this.#parts
    const grant = await tokens.redeem(token)
    const instance = grant && (await findInstance(db, grant.instanceId))
    if (grant === undefined || instance?.deletedAtMs !== null) throw noSuchToken()
    const { id: hostId, agentId } = await this.#hostOf(instance)
    const expected = relay.expect(agentId)
    const { key } = expected
    const call = {
      method: 'open-console',
      hostId,
      instanceId: instance.id,
      kind: grant.kind,
      key,
      ...(relayUrl === undefined ? {} : { relayUrl }),
    } as const
    const over = new AbortController()
    try {
      await queries.query(hostId, call, requestId)
      const late = delay(arrivalMs, over.signal).then(() => undefined)
      const stream = await Promise.race([expected.arrived, late])
      if (stream !== undefined) return stream
      throw new PolyvisorError('unavailable', 'console-lost', 'The console did not arrive from its host; try again.')
    } catch (error) {
      expected.forget()
      throw error
    } finally {
      over.abort()
    }
  }

  async #hostOf({ id, hostId }: Instance): Promise<Host> {
    const host = hostId === null ? undefined : await findHost(this.#parts.db, hostId)
    if (host !== undefined) return host
    throw conflict('instance-not-ready', `Instance ${id} is not ready: it is on no host. Wait until it is ACTIVE.`)
  }
}

function consolesOf({ capabilities: { consoles } }: Host): readonly ConsoleKind[] {
  return Array.isArray(consoles) ? consoleKinds.filter((kind) => consoles.includes(kind)) : []
}

/** @param word OpenStack's for the console */
export function unavailable(word: string): PolyvisorError {
  return new PolyvisorError('bad-request', 'console-unavailable', `Unavailable console type ${word}.`)
}

function noSuchToken(): PolyvisorError {
  return new PolyvisorError(
    'forbidden',
    'no-such-console-token',
    'The token is good for no console; ask for a new one.',
  )
}
