/**
 * The bus as a port: queues for commands (each message to one consumer, kept until acknowledged) and one stream of
 * events under topics (each subscription group gets each message once). Messages may come twice, late or out of
 * order; the database is the truth and what travels here are commands with keys and hints.
 */
import type { Json } from '../util/json.ts'

export interface Bus {
  /** Resolves when the bus has accepted the message. */
  send(queue: string, message: Json): Promise<void>
  /** The message is acknowledged when `handle` resolves, and delivered again when it rejects. */
  consume(queue: string, handle: (message: Json) => Promise<void>): Promise<Subscription>
  /** @param topic words with dots between them; see topics.ts */
  publish(topic: string, message: Json): Promise<void>
  /** Acknowledged and delivered again as with `consume`. */
  subscribe(to: SubscribeTo, handle: EventHandler): Promise<Subscription>
  health(): BusHealth
  /** Hands nothing over any more, waits for the handlers that are at work, and says goodbye. */
  close(): Promise<void>
}

export interface SubscribeTo {
  /** Patterns of topics: `*` stands for one word, `#` for any number of words. */
  readonly topics: readonly string[]
  /**
   * The members of a group share the events, which are kept while no member is there. Without a group the subscriber
   * gets all that are published while it is there.
   */
  readonly group?: string
}

/** @param topic what the event was published under: a bus with accounts lets an agent publish under its own topics only */
export type EventHandler = (message: Json, topic: string) => Promise<void>

export interface Subscription {
  /** No message is handed over after this resolves. */
  cancel(): Promise<void>
}

export interface BusHealth {
  readonly ok: boolean
  readonly message: string
}

export const conductorQueue = 'conductor'

export function agentQueue(agentId: string): string {
  return `agent.${agentId}`
}
