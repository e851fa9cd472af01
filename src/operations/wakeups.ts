/**
 * What each conductor must hear for itself, because whoever waits may be here: progress, signs of life of calls,
 * answers that another conductor stored, requests to stop an operation, and work to take up. Changes no record.
 */
import { conductorQueue, type Bus, type Subscription } from '../bus/bus.ts'
import { decodeMessage } from '../bus/messages/decode.ts'
import { anyAgentTopic, controlTopic } from '../bus/topics.ts'
import type { OperationId } from '../model/ids.ts'
import type { Json } from '../util/json.ts'
import type { AgentCalls } from './agent-calls.ts'
import type { OperationEngine } from './engine/operation-engine.ts'

export class Wakeups {
  readonly #parts: { readonly bus: Bus; readonly calls: AgentCalls; readonly engine: OperationEngine }
  readonly #subscriptions: Subscription[] = []

  constructor(parts: { bus: Bus; calls: AgentCalls; engine: OperationEngine }) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    const { bus } = this.#parts
    const topics = [
      anyAgentTopic('command-progress'),
      anyAgentTopic('report'),
      controlTopic('command-answered'),
      controlTopic('operation-cancel'),
    ]
    this.#subscriptions.push(
      await bus.subscribe({ topics }, (message) => this.#take(message)),
      // Shared by the conductors: one of them takes the work up.
      await bus.consume(conductorQueue, (message) => this.#take(message)),
    )
  }

  async stop(): Promise<void> {
    await Promise.all(this.#subscriptions.map((subscription) => subscription.cancel()))
  }

  async #take(json: Json): Promise<void> {
    const { calls, engine } = this.#parts
    const message = decodeMessage(json)
    if (message.type === 'command-progress') calls.progress(message)
    else if (message.type === 'agent-report') calls.heardOf(message.running)
    else if (message.type === 'command-answered') await calls.answered(message.key)
    else if (message.type === 'operation-cancel') engine.cancel(message.operationId as OperationId)
    else if (message.type === 'operation-pending') engine.nudge(message.operationId as OperationId)
  }
}
