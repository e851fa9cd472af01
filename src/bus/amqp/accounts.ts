/**
 * An agent's account at the broker: it may read its own queue and publish under its own topics, and nothing else. Whoever
 * steals one can pretend to be that agent, and reaches no other and not the conductors.
 */
import type { BusAccount } from '../../model/agent.ts'
import { agentQueue } from '../bus.ts'
import type { ManagementApi } from './management-api.ts'
import { eventsExchange, queueName, workQueueArguments } from './names.ts'
import { randomText } from '../../util/random-text.ts'

export interface AmqpAccountsOptions {
  readonly management: ManagementApi
  readonly vhost: string
  /** The broker's address as agents reach it, without credentials. */
  readonly agentUrl: string
}

const nothing = '^$'

export class AmqpAccounts {
  readonly #options: AmqpAccountsOptions

  constructor(options: AmqpAccountsOptions) {
    this.#options = options
  }

  /** Makes the agent's queue and account, or gives the account a new password. @throws BusError */
  async ensure(agentId: string): Promise<BusAccount> {
    const { management, vhost, agentUrl } = this.#options
    const username = userOf(agentId)
    const queue = queueName(agentQueue(agentId))
    const password = randomText(24)
    const queueOptions = { durable: true, auto_delete: false, arguments: workQueueArguments }
    await management.put(['queues', vhost, queue], queueOptions)
    // A user without permissions reaches no vhost: none is ever there with more than its own.
    await management.put(['users', username], { password, tags: '' })
    await management.put(['topic-permissions', vhost, username], {
      exchange: eventsExchange,
      write: `^${escapeRegExp(`agent.${agentId}.`)}`,
      read: nothing,
    })
    await management.put(['permissions', vhost, username], {
      configure: nothing,
      write: `^${escapeRegExp(eventsExchange)}$`,
      read: `^${escapeRegExp(queue)}$`,
    })
    return { url: agentUrl, username, password }
  }

  /** Its connections are closed by the broker. @throws BusError */
  async remove(agentId: string): Promise<void> {
    const { management, vhost } = this.#options
    await management.delete(['users', userOf(agentId)])
    await management.delete(['queues', vhost, queueName(agentQueue(agentId))])
  }
}

function userOf(agentId: string): string {
  return `agent.${agentId}`
}

/** For the broker's regular expressions (PCRE). */
function escapeRegExp(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, '\\$&')
}
