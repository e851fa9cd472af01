/**
 * One reader of one queue: a channel of its own on each connection, a handler per message, an acknowledgement when the
 * handler is done. A message whose handler fails comes again after a pause and is parked in the end.
 */
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import { delay } from '../../util/delay.ts'
import type { Json } from '../../util/json.ts'
import type { Logger } from '../../util/logger.ts'
import type { EventHandler } from '../bus.ts'
import type { BusObserver } from '../observer.ts'
import { PoisonMessage } from '../poison-message.ts'
import { pauseMs, type RedeliveryOptions } from '../redelivery.ts'
import { accessRefused, explainChannelError, preconditionFailed, replyCode } from './amqp-error.ts'
import { backoffMs } from './backoff.ts'
import type { OnConnection } from './connection.ts'

export interface ConsumerOptions {
  /** For messages: "the queue polyvisor.conductor". */
  readonly what: string
  readonly kind: string
  /** How many messages may be at work at once. */
  readonly prefetch: number
  readonly redelivery: RedeliveryOptions
  /** The broker counts deliveries and others may do better; a queue of our own does not: repeated here. */
  readonly repeatsHere: boolean
  /** @returns the queue's name */
  declare(channel: Channel): Promise<string>
  readonly handle: EventHandler
}

export class Consumer {
  readonly #options: ConsumerOptions
  readonly #log: Logger
  readonly #observer: BusObserver | undefined
  readonly #cancelled = new AbortController()
  readonly #running = new Set<Promise<void>>()
  readonly #ready = Promise.withResolvers<void>()
  #open: { readonly channel: Channel; readonly tag: string } | undefined
  #wasUp = false

  constructor(options: ConsumerOptions, log: Logger, observer: BusObserver | undefined) {
    this.#options = options
    this.#log = log
    this.#observer = observer
    // Whoever waits sees it; nobody need be waiting.
    this.#ready.promise.catch(() => {})
  }

  get what(): string {
    return this.#options.what
  }

  get isUp(): boolean {
    return this.#open !== undefined
  }

  /** Resolves when the broker first hands messages over. @throws BusError when it refuses to */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  readonly onConnection: OnConnection = (model, gone) => void this.#serve(model, gone)

  /** Takes no more messages, gives those back that pause, and waits for the handlers at work. */
  async cancel(): Promise<void> {
    this.#cancelled.abort()
    const open = this.#open
    // On a dead channel there is nothing to cancel.
    await open?.channel.cancel(open.tag).catch(() => {})
    await Promise.all(this.#running)
    await open?.channel.close().catch(() => {})
    this.#ready.resolve()
  }

  async #serve(model: ChannelModel, gone: AbortSignal): Promise<void> {
    const { what } = this.#options
    const over = AbortSignal.any([gone, this.#cancelled.signal])
    for (let failures = 1; !over.aborted; failures += 1) {
      const ended = Promise.withResolvers<Error | undefined>()
      const channel = await model.createChannel().catch(ended.resolve)
      try {
        if (channel !== undefined) {
          await this.#listen(channel, ended, gone)
          failures = 1
        }
        const error = await ended.promise
        if (!over.aborted) this.#log.warn({ err: error }, `${what} is not read any more; it is tried again`)
      } catch (error) {
        if (over.aborted) return
        const isFinal = replyCode(error) === accessRefused || replyCode(error) === preconditionFailed
        const explained = explainChannelError(what, error)
        if (isFinal && !this.#wasUp) return this.#ready.reject(explained)
        if (failures === 1) this.#log.error({ err: explained }, `${what} is not read; it is tried again`)
      } finally {
        this.#open = undefined
      }
      await delay(backoffMs(failures), over)
    }
  }

  async #listen(channel: Channel, ended: PromiseWithResolvers<Error | undefined>, gone: AbortSignal): Promise<void> {
    let reason: Error | undefined
    channel.on('error', (error) => (reason = error))
    channel.on('close', () => ended.resolve(reason))
    await channel.prefetch(this.#options.prefetch)
    const queue = await this.#options.declare(channel)
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message !== null) this.#take(channel, message, gone)
      // The broker took the queue away: a new channel declares it again.
      else void channel.close().catch(() => {})
    })
    this.#open = { channel, tag: consumerTag }
    this.#wasUp = true
    this.#ready.resolve()
  }

  #take(channel: Channel, message: ConsumeMessage, gone: AbortSignal): void {
    if (this.#cancelled.signal.aborted) return onLiveChannel(() => channel.nack(message, false, true))
    const run = this.#deliver(channel, message, gone).finally(() => this.#running.delete(run))
    this.#running.add(run)
  }

  async #deliver(channel: Channel, message: ConsumeMessage, gone: AbortSignal): Promise<void> {
    const { kind, redelivery, repeatsHere } = this.#options
    const over = AbortSignal.any([gone, this.#cancelled.signal])
    for (let deliveries = deliveriesOf(message); ; deliveries += 1) {
      if (deliveries > 1) this.#observer?.redelivered(kind)
      else this.#observer?.delivered(kind, lagSeconds(message))
      try {
        await this.#options.handle(parse(message.content), message.fields.routingKey)
        return onLiveChannel(() => channel.ack(message))
      } catch (error) {
        if (error instanceof PoisonMessage || deliveries >= redelivery.maxDeliveries) {
          this.#park(channel, message, deliveries, error)
          return
        }
        this.#log.warn({ err: error, deliveries }, 'a bus message is delivered again')
        await delay(pauseMs(redelivery, deliveries), over)
        if (!repeatsHere || over.aborted) return onLiveChannel(() => channel.nack(message, false, true))
      }
    }
  }

  #park(channel: Channel, message: ConsumeMessage, deliveries: number, error: unknown): void {
    const { what, kind } = this.#options
    const messageId = message.properties.messageId as unknown
    this.#log.error({ err: error, deliveries, messageId }, `a bus message of ${what} is parked`)
    this.#observer?.parked(kind)
    onLiveChannel(() => channel.nack(message, false, false))
  }
}

/** On a channel that died meanwhile nothing can be said; the broker delivers the message again. */
function onLiveChannel(say: () => void): void {
  try {
    say()
  } catch (error) {
    if (!(error instanceof Error && error.name === 'IllegalOperationError')) throw error
  }
}

function parse(content: Buffer): Json {
  try {
    return JSON.parse(content.toString('utf8')) as Json
  } catch (cause) {
    throw new PoisonMessage('the message is not JSON', { cause })
  }
}

/** Newer brokers count apart what came back undone (`acquired`) and what failed (`delivery`). */
function deliveriesOf({ fields, properties }: ConsumeMessage): number {
  const counts = ['x-delivery-count', 'x-acquired-count'].map((name): unknown => properties.headers?.[name])
  const count = Math.max(...counts.map((it) => (typeof it === 'number' ? it : 0)))
  return Math.max(count + 1, fields.redelivered ? 2 : 1)
}

function lagSeconds({ properties }: ConsumeMessage): number {
  const sentMs: unknown = properties.headers?.['sent-ms']
  // Two machines' clocks differ: nothing arrives before it was sent.
  return typeof sentMs === 'number' ? Math.max(0, Date.now() - sentMs) / 1000 : 0
}
