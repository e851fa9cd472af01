/**
 * One connection to the broker that comes back by itself. Whoever uses it attaches and is handed each new connection; a
 * part that fails on a healthy connection tries again by itself.
 */
import type { ChannelModel } from 'amqplib'
import { delay } from '../../util/delay.ts'
import type { Logger } from '../../util/logger.ts'
import { BusError } from '../bus-error.ts'
import { describeAddress, type AmqpAddress, type TlsOptions } from './address.ts'
import { isRefusal, messageOf } from './amqp-error.ts'
import { backoffMs } from './backoff.ts'

/**
 * Where to connect, and as whom. A function is asked before each connection, so that passwords and addresses may change;
 * `refused` says that the broker refused the last one: it may have lost the account.
 */
export type AddressSource = AmqpAddress | ((refused: boolean) => Promise<AmqpAddress>)

export interface ConnectionOptions {
  readonly address: AddressSource
  readonly tls: TlsOptions
  /** How long the first connection may take, all tries together. */
  readonly patienceMs: number
  readonly heartbeatSeconds: number
  /** Shown in RabbitMQ's own lists. */
  readonly name: string
  /** Run on each connection before anybody else gets it. */
  prepare(model: ChannelModel): Promise<void>
}

/** Handed each connection that comes up; the signal aborts when it is gone. */
export type OnConnection = (model: ChannelModel, gone: AbortSignal) => void

const connectTimeoutMs = 5_000
/** A connection that lasted so long was a good one. */
const steadyMs = 10_000

export class Connection {
  readonly #options: ConnectionOptions
  readonly #log: Logger
  readonly #users = new Set<OnConnection>()
  readonly #closing = new AbortController()
  #current: { readonly model: ChannelModel; readonly gone: AbortController } | undefined
  #running: Promise<void> | undefined
  /** Why there is no connection, or why the broker takes nothing. */
  #trouble = 'not connected yet'
  #blocked = false
  #refused = false
  /** Connections in a row that could not be had or broke at once. */
  #failures = 0
  /** The last one, for the log. */
  #address: AmqpAddress | undefined

  constructor(options: ConnectionOptions, log: Logger) {
    this.#options = options
    this.#log = log
  }

  get isBlocked(): boolean {
    return this.#blocked
  }

  get health(): { readonly ok: boolean; readonly message: string } {
    if (this.#current !== undefined && !this.#blocked) return { ok: true, message: 'connected' }
    return { ok: false, message: this.#trouble }
  }

  /** @throws BusError when there is no connection within the patience, or at once when we are refused */
  async open(): Promise<void> {
    const { address, patienceMs } = this.#options
    // Who is refused with a new account too is not wanted.
    let refusalsLeft = typeof address === 'function' ? 1 : 0
    const untilMs = performance.now() + patienceMs
    for (let failures = 1; ; failures += 1) {
      try {
        const model = await this.#connect()
        this.#running = this.#keep(model)
        return
      } catch (error) {
        const pause = backoffMs(failures)
        if (this.#address === undefined) throw error
        const isWanted = !isRefusal(error) || (refusalsLeft -= 1) >= 0
        if (!isWanted || error instanceof BusError || performance.now() + pause > untilMs) {
          const text = `${this.#where} cannot be used: ${messageOf(error)}`
          throw new BusError(text, { cause: error })
        }
        if (failures === 1) this.#log.warn({ err: error }, `waiting for ${this.#where}`)
        await delay(pause)
      }
    }
  }

  /** `use` gets the present connection at once and each later one as it comes. @returns how to detach it */
  attach(use: OnConnection): () => void {
    this.#users.add(use)
    if (this.#current !== undefined) use(this.#current.model, this.#current.gone.signal)
    return () => this.#users.delete(use)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#current?.model.close().catch(() => {})
    await this.#running
  }

  async #connect(): Promise<ChannelModel> {
    const { tls, heartbeatSeconds, name } = this.#options
    const address = await this.#locate()
    const { connect } = await import('amqplib')
    const { host, port, vhost, username, password } = address
    const protocol = address.tls ? 'amqps' : 'amqp'
    const connecting = connect(
      // amqplib takes the vhost as it stands in a URL.
      {
        protocol,
        hostname: host,
        port,
        vhost: encodeURIComponent(vhost),
        username,
        password,
        heartbeat: heartbeatSeconds,
      },
      {
        ...(address.tls ? tls : {}),
        timeout: connectTimeoutMs,
        noDelay: true,
        clientProperties: { connection_name: name },
      },
    )
    connecting.then(
      () => (this.#refused = false),
      (error: unknown) => (this.#refused = isRefusal(error)),
    )
    const model = await connecting
    // Without a listener it would be thrown; `close` follows and is what we act upon.
    model.on('error', (error) => (this.#trouble = messageOf(error)))
    try {
      await this.#options.prepare(model)
    } catch (error) {
      await model.close().catch(() => {})
      throw error
    }
    return model
  }

  async #locate(): Promise<AmqpAddress> {
    const { address } = this.#options
    this.#address = typeof address === 'function' ? await address(this.#refused) : address
    return this.#address
  }

  get #where(): string {
    return this.#address === undefined ? 'the broker' : describeAddress(this.#address)
  }

  /** Until close(): one connection after the other. */
  async #keep(first: ChannelModel): Promise<void> {
    let model: ChannelModel | undefined = first
    while (model !== undefined) {
      const upMs = performance.now()
      await this.#use(model)
      if (performance.now() - upMs > steadyMs) this.#failures = 0
      model = await this.#reconnect()
    }
  }

  /** Resolves when the connection is gone. */
  async #use(model: ChannelModel): Promise<void> {
    const gone = new AbortController()
    const closed = Promise.withResolvers<void>()
    model.on('close', (error) => {
      if (error !== undefined) this.#trouble = messageOf(error)
      closed.resolve()
    })
    model.on('blocked', (reason) => {
      this.#blocked = true
      this.#trouble = `the broker accepts no messages for now: ${reason}`
      this.#log.warn({ reason }, 'the broker accepts no messages for now')
    })
    model.on('unblocked', () => {
      this.#blocked = false
      this.#log.info({}, 'the broker accepts messages again')
    })
    this.#current = { model, gone }
    for (const use of this.#users) use(model, gone.signal)
    await closed.promise
    this.#current = undefined
    this.#blocked = false
    gone.abort()
  }

  async #reconnect(): Promise<ChannelModel | undefined> {
    const { signal } = this.#closing
    if (signal.aborted) return undefined
    this.#log.warn({ reason: this.#trouble }, `the connection to ${this.#where} broke; connecting again`)
    for (;;) {
      this.#failures += 1
      await delay(backoffMs(this.#failures), signal)
      if (signal.aborted) return undefined
      try {
        const model = await this.#connect()
        if (signal.aborted) {
          await model.close().catch(() => {})
          return undefined
        }
        this.#log.info({}, `connected to ${this.#where} again`)
        return model
      } catch (error) {
        const isNews = this.#trouble !== messageOf(error)
        this.#trouble = messageOf(error)
        if (isNews)
          this.#log.warn(
            { err: error, failures: this.#failures },
            `${this.#where} cannot be reached; it is tried again`,
          )
      }
    }
  }
}
