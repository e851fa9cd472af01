/**
 * Gets messages to the broker and knows which ones it has: a message waits here until the broker confirms it, and is sent
 * again on the next connection when it did not. So it may get there twice and is never lost on this side.
 */
import type { ChannelModel, ConfirmChannel, Options } from 'amqplib'
import { delay } from '../../util/delay.ts'
import type { Logger } from '../../util/logger.ts'
import { BusError } from '../bus-error.ts'
import { accessRefused, explainChannelError, messageOf, preconditionFailed, replyCode } from './amqp-error.ts'
import { backoffMs } from './backoff.ts'
import type { OnConnection } from './connection.ts'

export interface PublisherOptions {
  /** More than this is not kept while the broker is away: whoever comes then is refused. */
  readonly maxWaiting: number
  readonly maxWaitingBytes: number
  /** The broker said that it takes nothing for now. */
  isBlocked(): boolean
  /** Makes good what is missing at the broker: the exchanges. */
  prepare(model: ChannelModel): Promise<void>
  /** Makes the queue that a message could not be routed to; without it such a message is refused. */
  readonly declare?: (queue: string) => Promise<void>
}

export interface Parcel {
  readonly exchange: string
  readonly routingKey: string
  readonly content: Buffer
  readonly options: Options.Publish
  /** How long it may wait for the broker's confirmation. */
  readonly waitMs: number
}

interface Waiting extends Parcel {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
  /** The channel that it went over last. */
  sentOn: ConfirmChannel | undefined
  sentAtMs: number
  /** The broker had no queue for it. */
  returned: boolean
}

const goodbyeMs = 2_000
/** A broker that comes back from a crash may forget to confirm: on a new channel it is asked anew. */
const stallMs = 10_000
const lookForStallMs = 1_000
const nackPauseMs = 200

export class Publisher {
  readonly #options: PublisherOptions
  readonly #log: Logger
  /** In the order in which they came, by message id. */
  readonly #waiting = new Map<string, Waiting>()
  /** One of these made the broker close the channel: they go one at a time, until it is known which. */
  #suspects = new Set<Waiting>()
  readonly #ready = Promise.withResolvers<void>()
  #waitingBytes = 0
  #channel: ConfirmChannel | undefined
  #failures = 0
  #closed = false

  constructor(options: PublisherOptions, log: Logger) {
    this.#options = options
    this.#log = log
  }

  get isUp(): boolean {
    return this.#channel !== undefined
  }

  /** Resolves when messages can first leave. */
  get ready(): Promise<void> {
    return this.#ready.promise
  }

  /** Resolves when the broker has the message. @throws BusError */
  publish(parcel: Parcel): Promise<void> {
    if (this.#closed) return Promise.reject(new BusError('the bus is closed'))
    const { maxWaiting, maxWaitingBytes } = this.#options
    if (this.#waiting.size >= maxWaiting || this.#waitingBytes + parcel.content.length > maxWaitingBytes) {
      const why = `${this.#waiting.size} messages (${this.#waitingBytes} bytes) wait for the broker`
      return Promise.reject(new BusError(`the bus takes no more for now: ${why}`))
    }
    return new Promise((resolve, reject) => {
      const id = crypto.randomUUID()
      const late = (): void => this.#settle(id, new BusError(this.#lateText(parcel)))
      const waiting: Waiting = {
        ...parcel,
        options: { ...parcel.options, messageId: id },
        resolve,
        reject,
        timer: setTimeout(late, parcel.waitMs).unref(),
        sentOn: undefined,
        sentAtMs: 0,
        returned: false,
      }
      this.#waiting.set(id, waiting)
      this.#waitingBytes += parcel.content.length
      if (this.#suspects.size === 0) this.#transmit(id, waiting)
    })
  }

  readonly onConnection: OnConnection = (model, gone) => void this.#serve(model, gone)

  /** What is on its way may still be confirmed; the rest is refused. */
  async close(): Promise<void> {
    this.#closed = true
    const over = new AbortController()
    const confirmed = async (): Promise<void> => {
      while (this.#waiting.size > 0 && this.#channel !== undefined && !over.signal.aborted) await delay(5, over.signal)
    }
    await Promise.race([confirmed(), delay(goodbyeMs)])
    over.abort()
    for (const id of this.#waiting.keys())
      this.#settle(id, new BusError('the bus was closed before the broker had the message'))
  }

  /** One confirm channel after the other, as long as the connection lives. */
  async #serve(model: ChannelModel, gone: AbortSignal): Promise<void> {
    while (!gone.aborted) {
      try {
        const channel = await model.createConfirmChannel()
        const ended = Promise.withResolvers<void>()
        channel.on('error', (error) => this.#blame(channel, error))
        channel.on('close', () => ended.resolve())
        channel.on('return', ({ properties }) => this.#noteReturned(properties.messageId as unknown))
        this.#channel = channel
        this.#ready.resolve()
        this.#flush()
        const watch = setInterval(() => this.#endStall(channel), lookForStallMs).unref()
        await ended.promise.finally(() => clearInterval(watch))
      } catch (error) {
        if (!gone.aborted) this.#log.warn({ err: error }, 'no channel to the broker; it is tried again')
      }
      this.#channel = undefined
      if (gone.aborted) return
      this.#failures += 1
      await delay(backoffMs(this.#failures), gone)
      // Somebody may have deleted the exchange.
      if (!gone.aborted) await this.#options.prepare(model).catch(() => {})
    }
  }

  /** Sends what the present channel has not had; all of it, or one when some message is suspect. */
  #flush(): void {
    const oneAtATime = this.#suspects.size > 0
    for (const [id, waiting] of this.#waiting) {
      if (waiting.sentOn !== this.#channel) this.#transmit(id, waiting)
      if (oneAtATime) return
    }
  }

  #transmit(id: string, waiting: Waiting): void {
    const channel = this.#channel
    if (channel === undefined) return
    const { exchange, routingKey, content, options } = waiting
    try {
      waiting.sentOn = channel
      waiting.sentAtMs = performance.now()
      waiting.returned = false
      channel.publish(exchange, routingKey, content, options, (error: unknown) => this.#answered(id, channel, error))
    } catch (error) {
      // A dead channel throws: its successor sends the message. Anything else is the message's own fault.
      if (error instanceof Error && error.name === 'IllegalOperationError') waiting.sentOn = undefined
      else this.#settle(id, new BusError(`the message cannot be sent: ${messageOf(error)}`, { cause: error }))
    }
  }

  /** The broker confirmed or refused the message; or the channel died, which its successor sees to. */
  #answered(id: string, channel: ConfirmChannel, error: unknown): void {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined || waiting.sentOn !== channel) return
    if (error !== null && error !== undefined) return void this.#sendAgainLater(id, waiting, channel)
    this.#failures = 0
    if (waiting.returned) return void this.#makeQueue(id, waiting)
    this.#settle(id)
  }

  #endStall(channel: ConfirmChannel): void {
    if (this.#options.isBlocked()) return
    const sinceMs = performance.now() - stallMs
    const stalled = [...this.#waiting.values()].filter(
      ({ sentOn, sentAtMs }) => sentOn === channel && sentAtMs < sinceMs,
    )
    if (stalled.length === 0) return
    this.#log.warn({ messages: stalled.length }, 'the broker does not confirm messages; they are sent again')
    void channel.close().catch(() => {})
  }

  async #sendAgainLater(id: string, waiting: Waiting, channel: ConfirmChannel): Promise<void> {
    await delay(nackPauseMs)
    if (this.#channel === channel && waiting.sentOn === channel && this.#waiting.has(id)) this.#transmit(id, waiting)
  }

  async #makeQueue(id: string, waiting: Waiting): Promise<void> {
    const { declare } = this.#options
    const { routingKey } = waiting
    if (declare === undefined) return this.#settle(id, new BusError(`the broker has no queue ${routingKey}`))
    try {
      await declare(routingKey)
    } catch (error) {
      // The connection broke meanwhile: the next one sends it again and comes here again.
      if (replyCode(error) !== undefined) this.#settle(id, explainChannelError(`the queue ${routingKey}`, error))
      return
    }
    if (this.#waiting.has(id)) this.#transmit(id, waiting)
  }

  #noteReturned(id: unknown): void {
    const waiting = typeof id === 'string' ? this.#waiting.get(id) : undefined
    if (waiting !== undefined) waiting.returned = true
  }

  /** The broker closed the channel for one of the messages on it, without saying which. */
  #blame(channel: ConfirmChannel, error: Error): void {
    this.#log.warn({ err: error }, 'the broker closed the channel that messages leave by')
    const code = replyCode(error)
    if (code !== accessRefused && code !== preconditionFailed) return
    const underWay = [...this.#waiting].filter(([, waiting]) => waiting.sentOn === channel)
    const [only] = underWay
    if (only === undefined) return
    if (underWay.length > 1) this.#suspects = new Set(underWay.map(([, waiting]) => waiting))
    else this.#settle(only[0], explainChannelError(`publishing under ${only[1].routingKey}`, error))
  }

  #settle(id: string, error?: BusError): void {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return
    clearTimeout(waiting.timer)
    this.#waiting.delete(id)
    this.#waitingBytes -= waiting.content.length
    if (error === undefined) waiting.resolve()
    else waiting.reject(error)
    if (this.#suspects.size === 0) return
    this.#suspects.delete(waiting)
    this.#flush()
  }

  #lateText({ waitMs }: Parcel): string {
    const why = this.#channel === undefined ? 'there is no connection' : 'it does not answer'
    return `the broker did not confirm the message within ${waitMs / 1000} s: ${why}`
  }
}
