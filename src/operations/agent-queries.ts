/** Questions to agents that change nothing and that nobody writes down: asked, answered or not, forgotten. */
import { agentQueue, type Bus, type Subscription } from '../bus/bus.ts'
import type { AgentCall } from '../bus/messages/agent-call.ts'
import { decodeMessage, encodeMessage } from '../bus/messages/decode.ts'
import type { AgentCommand, CommandOutcome } from '../bus/messages/messages.ts'
import { anyAgentTopic } from '../bus/topics.ts'
import { PolyvisorError } from '../model/errors.ts'
import type { HostId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { findHost } from '../store/hosts.ts'
import type { Json } from '../util/json.ts'

/** Keys of queries begin with it: their answers belong to no operation. */
export const queryKeyPrefix = 'query/'

export class AgentQueries {
  readonly #db: Db
  readonly #bus: Bus
  readonly #waiting = new Map<string, (outcome: CommandOutcome) => void>()
  #subscription: Subscription | undefined

  constructor(parts: { db: Db; bus: Bus }) {
    this.#db = parts.db
    this.#bus = parts.bus
  }

  async start(): Promise<void> {
    this.#subscription = await this.#bus.subscribe({ topics: [anyAgentTopic('query-result')] }, async (json) => {
      const message = decodeMessage(json)
      if (message.type === 'command-result') this.#waiting.get(message.key)?.(message.outcome)
    })
  }

  async stop(): Promise<void> {
    await this.#subscription?.cancel()
  }

  /** @throws PolyvisorError what the agent's driver says, or 503 when there is no answer in time */
  async query(hostId: HostId, call: AgentCall, requestId: string, timeoutMs = 15_000): Promise<Json> {
    const host = await findHost(this.#db, hostId)
    if (host === undefined) throw unreachable()
    const key = `${queryKeyPrefix}${crypto.randomUUID()}`
    const message: AgentCommand = { type: 'agent-command', version: 1, key, operationId: '', requestId, call }
    const answer = Promise.withResolvers<CommandOutcome>()
    const timer = setTimeout(() => answer.reject(unreachable()), timeoutMs)
    this.#waiting.set(key, answer.resolve)
    this.#bus
      .send(agentQueue(host.agentId), encodeMessage(message))
      .catch((cause: unknown) => answer.reject(unreachable(cause)))
    const outcome = await answer.promise.finally(() => {
      clearTimeout(timer)
      this.#waiting.delete(key)
    })
    if (outcome.ok) return outcome.value
    const kind = errorKinds[outcome.error.code] ?? 'unavailable'
    throw new PolyvisorError(kind, outcome.error.code.toLowerCase().replaceAll('_', '-'), outcome.error.publicMessage)
  }
}

const errorKinds: Readonly<Record<string, PolyvisorError['kind']>> = {
  NOT_FOUND: 'conflict',
  UNSUPPORTED: 'not-implemented',
  WRONG_STATE: 'conflict',
}

function unreachable(cause?: unknown): PolyvisorError {
  return new PolyvisorError(
    'unavailable',
    'host-unreachable',
    "The server's host does not answer at the moment; try again later.",
    { cause },
  )
}
