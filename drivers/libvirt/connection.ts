/**
 * One connection to libvirt as the service sees it: a child process that is started again with back-off whenever it ends, and
 * beside it sessions for what may wait for a guest. Owns the connection's status, which is the first child's: it hears the events,
 * and waits for no guest.
 */
import type { Socket } from 'node:net'
import { delay } from '../../src/util/delay.ts'
import type { Logger } from '../../src/util/logger.ts'
import { callKinds, defaultLimits, lateError, limitOf, traceOf, type CallLimits } from './call-rules.ts'
import { lieTo } from './lie.ts'
import type { Death, DomainEvent, LibvirtArgs, LibvirtCallName, LibvirtResult } from './protocol.ts'
import { LibvirtSession, unreachable } from './session.ts'
import { SessionPool } from './session-pool.ts'

export type ConnectionStatus =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected'; readonly libvirtVersion: string }
  /** For the operator: what is wrong and what to do. */
  | { readonly state: 'down'; readonly message: string }

/** "Die after native call k" of all that the connection makes, for tests that sweep over every k; it strikes once. */
export interface FaultHook {
  readonly dieAfterNativeCall: number
  readonly victim: Death['victim']
}

export interface ConnectionOptions {
  /** Called before every start of the child: makes sure that a daemon runs, and says how to reach it. */
  readonly prepare: (signal: AbortSignal) => Promise<{ readonly uri: string }>
  readonly log: Logger
  /** How many calls may wait at once, each in a child of its own; without it all calls are made one after the other in the one child. */
  readonly mostSessions?: number
  readonly limits?: CallLimits
  readonly openTimeoutMs?: number
  /** How long a call waits for a connection that is not there yet. */
  readonly waitForConnectionMs?: number
  readonly fault?: FaultHook
  /** Whether changes are answered with success and not made; for tests. */
  readonly isLying?: () => boolean
}

const defaults = { openTimeoutMs: 30_000, waitForConnectionMs: 30_000, limits: defaultLimits }
const backOff = { firstMs: 100, mostMs: 5_000 } as const
const reconnectPatienceMs = 2_000
const idleMs = 30_000
/** How often it is looked whether long work moves, within the time in which it must. */
const looksPerStall = 4

export class LibvirtConnection {
  readonly #options: ConnectionOptions & typeof defaults
  readonly #eventListeners = new Set<(event: DomainEvent) => void>()
  readonly #statusListeners = new Set<(status: ConnectionStatus) => void>()
  readonly #closing = new AbortController()
  readonly #running: Promise<void>
  readonly #pool: SessionPool | undefined
  #status: ConnectionStatus = { state: 'connecting' }
  #uri = ''
  #main: LibvirtSession | undefined
  /** How many native calls are left, unless it has struck. */
  #fault: FaultHook | undefined
  #carriesFault = false

  constructor(options: ConnectionOptions) {
    this.#options = { ...defaults, ...options }
    this.#fault = options.fault
    const { mostSessions } = options
    if (mostSessions !== undefined)
      this.#pool = new SessionPool({ mostSessions, idleMs, open: () => this.#openSession({ onEnd: () => undefined }) })
    this.#running = this.#keepRunning()
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  /** The first child's process id while there is one; for tests and for the log. */
  get childPid(): number | undefined {
    return this.#main?.pid
  }

  /** @returns a function that ends the subscription */
  onEvent(listener: (event: DomainEvent) => void): () => void {
    this.#eventListeners.add(listener)
    return () => this.#eventListeners.delete(listener)
  }

  /** @returns a function that ends the subscription */
  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    this.#statusListeners.add(listener)
    return () => this.#statusListeners.delete(listener)
  }

  /**
   * @throws DriverError; UNREACHABLE with effect `unknown` when the connection was lost while the call was under way; BUSY or, when it
   * may have changed something, TIMEOUT when it took longer than its kind may
   */
  async call<Name extends LibvirtCallName>(name: Name, args: LibvirtArgs<Name>): Promise<LibvirtResult<Name>> {
    const main = await this.#connected()
    const lie = this.#options.isLying?.() === true ? lieTo(name, args) : undefined
    if (lie !== undefined) return lie.value as LibvirtResult<Name>
    const kind = callKinds[name]
    if (this.#pool === undefined || kind === 'host') return await this.#callIn(main, name, args)
    const isQuestion = kind === 'quick' || kind === 'question'
    // Repeated questions about a guest that hangs take one session.
    const line = isQuestion ? `${name} ${'uuid' in args ? args.uuid : ''}` : undefined
    return await this.#pool.use(kind, line, (session) => this.#callIn(session, name, args))
  }

  /** A connection to the domain's screen, as if it had been accepted by the hypervisor. @throws DriverError */
  async openGraphics(uuid: string): Promise<Socket> {
    return (await this.call('openGraphics', { uuid })) as unknown as Socket
  }

  /** Ends the children. Guests and daemon are not touched. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all([this.#main?.close(), this.#pool?.close(), this.#running])
  }

  async #callIn<Name extends LibvirtCallName>(
    session: LibvirtSession,
    name: Name,
    args: LibvirtArgs<Name>,
  ): Promise<LibvirtResult<Name>> {
    const kind = callKinds[name]
    const mostMs = limitOf(kind, this.#options.limits)
    const limit = new AbortController()
    const giveUp = (): void => {
      limit.abort(lateError(name))
      // It waited for no guest. Whether libvirtd itself answers no more, the first child finds out, and with it all.
      if (kind === 'quick' && this.#pool !== undefined) void this.call('nodeInfo', {}).catch(() => undefined)
    }
    const timer = mostMs === undefined ? undefined : setTimeout(giveUp, mostMs).unref()
    const over = new AbortController()
    if (kind === 'long' && 'uuid' in args) void this.#watchLong(args.uuid, over.signal, giveUp)
    const death = this.#nextDeath()
    let isCounted = false
    const onCounted = (nativeCalls: number): void => {
      isCounted = true
      this.#count(nativeCalls, death)
    }
    try {
      return await session.call(name, args, { signal: limit.signal, death, onCounted })
    } finally {
      clearTimeout(timer)
      over.abort()
      // The child that carried it is dead, of it or otherwise.
      if (death !== undefined && !isCounted) this.#fault = undefined
    }
  }

  /** Gives long work at a domain up once it has not moved for as long as it may. */
  async #watchLong(uuid: string, over: AbortSignal, giveUp: () => void): Promise<void> {
    const { stallMs } = this.#options.limits
    let trace = ''
    let movedAt = performance.now()
    while (performance.now() - movedAt < stallMs) {
      await delay(stallMs / looksPerStall, over)
      if (over.aborted) return
      const now = await this.call('info', { uuid }).then(traceOf, () => trace)
      if (now !== trace) movedAt = performance.now()
      trace = now
    }
    giveUp()
  }

  /** One call at a time carries the fault, so that it strikes once. */
  #nextDeath(): Death | undefined {
    if (this.#fault === undefined || this.#carriesFault) return undefined
    this.#carriesFault = true
    return { afterNativeCalls: this.#fault.dieAfterNativeCall, victim: this.#fault.victim }
  }

  #count(nativeCalls: number, death: Death | undefined): void {
    if (death !== undefined) this.#carriesFault = false
    if (this.#fault === undefined) return
    const left = Math.max(1, this.#fault.dieAfterNativeCall - nativeCalls)
    this.#fault = { ...this.#fault, dieAfterNativeCall: left }
  }

  async #connected(): Promise<LibvirtSession> {
    const { waitForConnectionMs } = this.#options
    const startedAt = performance.now()
    while (this.#status.state !== 'connected' && !this.#closing.signal.aborted) {
      // The first connection may take its time; one that was lost is back soon or not.
      const patienceMs =
        this.#status.state === 'down' ? Math.min(reconnectPatienceMs, waitForConnectionMs) : waitForConnectionMs
      const remainingMs = startedAt + patienceMs - performance.now()
      if (remainingMs <= 0) break
      await this.#nextStatus(remainingMs)
    }
    if (this.#status.state === 'connected' && this.#main !== undefined) return this.#main
    throw unreachable(this.#status.state === 'down' ? this.#status.message : 'libvirt does not answer')
  }

  async #nextStatus(timeoutMs: number): Promise<void> {
    const stop = new AbortController()
    const unsubscribe = this.onStatus(() => stop.abort())
    const signal = AbortSignal.any([stop.signal, this.#closing.signal])
    await delay(timeoutMs, signal)
    unsubscribe()
  }

  async #keepRunning(): Promise<void> {
    let waitMs: number = backOff.firstMs
    while (!this.#closing.signal.aborted) {
      const startedAt = performance.now()
      const why = await this.#runMain().catch((error: unknown) => messageOf(error))
      if (this.#closing.signal.aborted) break
      // A child that lived for a while is started again at once.
      if (performance.now() - startedAt > 2 * backOff.mostMs) waitMs = backOff.firstMs
      this.#setStatus({ state: 'down', message: why })
      await delay(waitMs, this.#closing.signal)
      waitMs = Math.min(waitMs * 2, backOff.mostMs)
    }
    this.#setStatus({ state: 'down', message: 'the connection to libvirt was closed' })
  }

  /** One life of the first child; resolves when it has ended, with the reason. */
  async #runMain(): Promise<string> {
    const { uri } = await this.#options.prepare(this.#closing.signal)
    if (this.#closing.signal.aborted) return 'closing'
    this.#uri = uri
    const main = this.#openSession({
      onEvent: (event) => {
        for (const listener of this.#eventListeners) listener(event)
      },
      onEnd: (why) => {
        this.#main = undefined
        this.#setStatus({ state: 'down', message: why })
      },
    })
    this.#main = main
    main.opened.then(
      (libvirtVersion) => {
        this.#setStatus({ state: 'connected', libvirtVersion })
        this.#pool?.warm()
      },
      () => undefined, // `ended` says why
    )
    return await main.ended
  }

  #openSession(told: {
    readonly onEvent?: (event: DomainEvent) => void
    readonly onEnd: (why: string) => void
  }): LibvirtSession {
    const { openTimeoutMs, log, limits } = this.#options
    return new LibvirtSession({ uri: this.#uri, openTimeoutMs, hungMs: limits.hungMs, log, ...told })
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status
    for (const listener of [...this.#statusListeners]) listener(status)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
