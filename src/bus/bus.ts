/**
 * The bus as a port: queues for commands (each message to one consumer, kept until acknowledged) and one stream of
 * events (each subscription group gets each message once). Messages may come twice, late or out of order; the
 * database is the truth and what travels here are commands with keys and hints.
 */
import type { Json } from '../util/json.ts'

export interface Bus {
  /** Resolves when the bus has accepted the message. */
  send(queue: string, message: Json): Promise<void>
  /** The message is acknowledged when `handle` resolves, and delivered again when it rejects. */
  consume(queue: string, handle: (message: Json) => Promise<void>): Promise<Subscription>
  publish(message: Json): Promise<void>
  /**
   * With a group name the members of the group share the events; without one the subscriber gets all that are
   * published while it is there.
   */
  subscribe(group: string | undefined, handle: (message: Json) => Promise<void>): Promise<Subscription>
  close(): Promise<void>
}

export interface Subscription {
  /** No message is handed over after this resolves. */
  cancel(): Promise<void>
}

export const conductorQueue = 'conductor'

export function agentQueue(agentId: string): string {
  return `agent.${agentId}`
}
