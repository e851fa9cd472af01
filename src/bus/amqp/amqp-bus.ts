/**
 * The bus of the scaled size: RabbitMQ. Quorum queues for what must not get lost, one topic exchange for events, one
 * queue of its own per group-less subscriber; never a queue per call.
 */
import type { Channel, ChannelModel } from 'amqplib'
import type { Json } from '../../util/json.ts'
import type { Logger } from '../../util/logger.ts'
import type { Bus, BusHealth, EventHandler, SubscribeTo, Subscription } from '../bus.ts'
import { queueKind, type BusObserver } from '../observer.ts'
import { defaultRedelivery, type RedeliveryOptions } from '../redelivery.ts'
import type { TlsOptions } from './address.ts'
import { Connection, type AddressSource } from './connection.ts'
import { Consumer, type ConsumerOptions } from './consumer.ts'
import { eventsExchange, groupQueueName, loneQueue, queueName, workQueue } from './names.ts'
import { Publisher } from './publisher.ts'
import { declareCommon } from './topology.ts'

export interface AmqpBusOptions {
  readonly address: AddressSource
  readonly tls: TlsOptions
  /** An agent's account may declare nothing: the control plane made its queue. */
  readonly declares: boolean
  readonly prefetch: number
  /** How long the first connection may take. */
  readonly patienceMs: number
  /** How long a command may wait for the broker's confirmation: not longer than whoever stops us has patience. */
  readonly sendWaitMs: number
  /** The same for events: all of them are repaired by later ones, so their senders rather go on. */
  readonly publishWaitMs: number
  readonly maxWaiting: number
  readonly maxWaitingBytes: number
  readonly redelivery: RedeliveryOptions
  readonly heartbeatSeconds: number
  readonly name: string
}

export const amqpDefaults = {
  tls: {},
  declares: true,
  prefetch: 100,
  patienceMs: 30_000,
  sendWaitMs: 10_000,
  publishWaitMs: 5_000,
  maxWaiting: 10_000,
  maxWaitingBytes: 64 * 1024 ** 2,
  redelivery: defaultRedelivery,
  heartbeatSeconds: 10,
  name: 'polyvisor',
} as const

export class AmqpBus implements Bus {
  readonly #options: AmqpBusOptions
  readonly #log: Logger
  readonly #observer: BusObserver | undefined
  readonly #connection: Connection
  readonly #publisher: Publisher
  readonly #consumers = new Set<Consumer>()
  /** Queues that are being declared: a thousand messages for one that is missing declare it once. */
  readonly #declaring = new Map<string, Promise<void>>()
  #model: ChannelModel | undefined

  /** @throws BusError that says what to do */
  static async open(
    options: Partial<AmqpBusOptions> & Pick<AmqpBusOptions, 'address'>,
    log: Logger,
    observer?: BusObserver,
  ): Promise<AmqpBus> {
    const bus = new AmqpBus({ ...amqpDefaults, ...options }, log, observer)
    await bus.#connection.open()
    bus.#connection.attach((model, gone) => {
      bus.#model = model
      bus.#publisher.onConnection(model, gone)
    })
    await bus.#publisher.ready
    return bus
  }

  private constructor(options: AmqpBusOptions, log: Logger, observer: BusObserver | undefined) {
    this.#options = options
    this.#log = log
    this.#observer = observer
    const prepare = options.declares ? declareCommon : () => Promise.resolve()
    const { maxWaiting, maxWaitingBytes, declares } = options
    this.#connection = new Connection({ ...options, prepare }, log)
    const isBlocked = (): boolean => this.#connection.isBlocked
    const declare = (queue: string): Promise<void> => this.#declareOnce(queue)
    const sending = { maxWaiting, maxWaitingBytes, prepare, isBlocked, ...(declares ? { declare } : {}) }
    this.#publisher = new Publisher(sending, log)
  }

  async send(queue: string, message: Json): Promise<void> {
    await this.#put('', queueName(queue), message, { mandatory: true, waitMs: this.#options.sendWaitMs })
  }

  async publish(topic: string, message: Json): Promise<void> {
    await this.#put(eventsExchange, topic, message, { mandatory: false, waitMs: this.#options.publishWaitMs })
  }

  consume(queue: string, handle: (message: Json) => Promise<void>): Promise<Subscription> {
    const name = queueName(queue)
    const declare = async (channel: Channel): Promise<string> => {
      if (this.#options.declares) await channel.assertQueue(name, workQueue)
      return name
    }
    return this.#start({ what: `the queue ${name}`, kind: queueKind(queue), repeatsHere: false, declare, handle })
  }

  subscribe({ topics, group }: SubscribeTo, handle: EventHandler): Promise<Subscription> {
    const name = group === undefined ? '' : groupQueueName(group)
    const declare = async (channel: Channel): Promise<string> => {
      const { queue } = await channel.assertQueue(name, group === undefined ? loneQueue : workQueue)
      for (const topic of topics) await channel.bindQueue(queue, eventsExchange, topic)
      return queue
    }
    const what = group === undefined ? `the subscription to ${topics.join(', ')}` : `the queue ${name}`
    return this.#start({ what, kind: 'events', repeatsHere: group === undefined, declare, handle })
  }

  health(): BusHealth {
    const { ok, message } = this.#connection.health
    if (!ok) return { ok, message }
    const down = [...this.#consumers].filter(({ isUp }) => !isUp)
    if (!this.#publisher.isUp) return { ok: false, message: 'connected, but nothing can be sent yet' }
    if (down.length === 0) return { ok: true, message }
    return { ok: false, message: `connected, but ${down.map(({ what }) => what).join(', ')} cannot be read` }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.cancel()))
    await this.#publisher.close()
    await this.#connection.close()
  }

  async #put(
    exchange: string,
    routingKey: string,
    message: Json,
    how: { mandatory: boolean; waitMs: number },
  ): Promise<void> {
    const nowMs = Date.now()
    const type = typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined
    await this.#publisher.publish({
      exchange,
      routingKey,
      content: Buffer.from(JSON.stringify(message)),
      waitMs: how.waitMs,
      options: {
        persistent: true,
        mandatory: how.mandatory,
        contentType: 'application/json',
        timestamp: Math.trunc(nowMs / 1000),
        headers: { 'sent-ms': nowMs },
        ...(typeof type === 'string' ? { type } : {}),
      },
    })
  }

  async #start(
    reads: Pick<ConsumerOptions, 'what' | 'kind' | 'repeatsHere' | 'declare' | 'handle'>,
  ): Promise<Subscription> {
    const { prefetch, redelivery } = this.#options
    const consumer = new Consumer({ ...reads, prefetch, redelivery }, this.#log, this.#observer)
    this.#consumers.add(consumer)
    const detach = this.#connection.attach(consumer.onConnection)
    const cancel = async (): Promise<void> => {
      detach()
      this.#consumers.delete(consumer)
      await consumer.cancel()
    }
    try {
      await consumer.ready
    } catch (error) {
      await cancel()
      throw error
    }
    return { cancel }
  }

  #declareOnce(name: string): Promise<void> {
    const known = this.#declaring.get(name)
    if (known !== undefined) return known
    const declaring = this.#declareQueue(name).finally(() => this.#declaring.delete(name))
    this.#declaring.set(name, declaring)
    return declaring
  }

  /** On a channel of its own: a refusal closes it. */
  async #declareQueue(name: string): Promise<void> {
    const channel = await this.#model?.createChannel()
    if (channel === undefined) return
    // The refusal also rejects the call below.
    channel.on('error', () => {})
    await channel.assertQueue(name, workQueue)
    await channel.close()
  }
}
