/**
 * One connection to libvirt as the service sees it: a child process that is started again with back-off whenever it ends.
 * Owns the child, the calls in flight and the connection's status. The event loop here never blocks: all native calls
 * happen in the child (libvirt keeps errors per thread, and two connections in two threads of one process abort it).
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DriverError } from '../../src/driver/driver-error.ts'
import { delay } from '../../src/util/delay.ts'
import type { Logger } from '../../src/util/logger.ts'
import { connectionLost, toDriverError } from './errors.ts'
import { dieAfterVariable, dieVictimVariable } from './protocol.ts'
import type { DomainEvent, FromChild, LibvirtArgs, LibvirtCallName, LibvirtResult, ToChild } from './protocol.ts'

export type ConnectionStatus =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected'; readonly libvirtVersion: string }
  /** For the operator: what is wrong and what to do. */
  | { readonly state: 'down'; readonly message: string }

/** "Die after native call k", for tests that sweep over every k; it strikes once, the next child is sound. */
export interface FaultHook {
  readonly dieAfterNativeCall: number
  /** Whose death: the child's alone, or the whole service's. */
  readonly victim: 'child' | 'service'
}

export interface ConnectionOptions {
  /** Called before every start of the child: makes sure that a daemon runs, and says how to reach it. */
  readonly prepare: (signal: AbortSignal) => Promise<{ readonly uri: string }>
  readonly log: Logger
  readonly openTimeoutMs?: number
  /** How long a call waits for a connection that is not there yet. */
  readonly waitForConnectionMs?: number
  readonly fault?: FaultHook
}

interface InFlight {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: DriverError) => void
}

const defaults = { openTimeoutMs: 30_000, waitForConnectionMs: 30_000 } as const
const backOff = { firstMs: 100, mostMs: 5_000 } as const
const closeGraceMs = 1_000
const reconnectPatienceMs = 2_000
const childFile = fileURLToPath(new URL(`./child${extname(import.meta.url)}`, import.meta.url))

export class LibvirtConnection {
  readonly #options: ConnectionOptions
  readonly #inFlight = new Map<number, InFlight>()
  readonly #eventListeners = new Set<(event: DomainEvent) => void>()
  readonly #statusListeners = new Set<(status: ConnectionStatus) => void>()
  readonly #closing = new AbortController()
  readonly #running: Promise<void>
  #status: ConnectionStatus = { state: 'connecting' }
  #child: ChildProcess | undefined
  #fault: FaultHook | undefined
  #lastId = 0

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#fault = options.fault
    this.#running = this.#keepRunning()
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  /** The child's process id while there is one; for tests and for the log. */
  get childPid(): number | undefined {
    return this.#child?.pid
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

  /** @throws DriverError; UNREACHABLE with effect `unknown` when the connection was lost while the call was under way */
  async call<Name extends LibvirtCallName>(name: Name, args: LibvirtArgs<Name>): Promise<LibvirtResult<Name>> {
    const child = await this.#connectedChild()
    const id = ++this.#lastId
    return await new Promise<LibvirtResult<Name>>((resolve, reject) => {
      this.#inFlight.set(id, { resolve: (value) => resolve(value as LibvirtResult<Name>), reject })
      const message: ToChild = { kind: 'call', id, name, args }
      child.send(message, (error) => {
        if (error !== null) this.#settle(id)?.reject(connectionLost(`the libvirt child is gone: ${error.message}`))
      })
    })
  }

  /** A connection to the domain's screen, as if it had been accepted by the hypervisor. @throws DriverError */
  async openGraphics(uuid: string): Promise<Socket> {
    return (await this.call('openGraphics', { uuid })) as unknown as Socket
  }

  /** Ends the child. Guests and daemon are not touched. */
  async close(): Promise<void> {
    this.#closing.abort()
    this.#child?.send({ kind: 'close' } satisfies ToChild, () => undefined)
    const kill = setTimeout(() => this.#child?.kill('SIGKILL'), closeGraceMs)
    await this.#running
    clearTimeout(kill)
  }

  async #connectedChild(): Promise<ChildProcess> {
    const { waitForConnectionMs = defaults.waitForConnectionMs } = this.#options
    const startedAt = performance.now()
    while (this.#status.state !== 'connected' && !this.#closing.signal.aborted) {
      // The first connection may take its time; one that was lost is back soon or not.
      const patienceMs =
        this.#status.state === 'down' ? Math.min(reconnectPatienceMs, waitForConnectionMs) : waitForConnectionMs
      const remainingMs = startedAt + patienceMs - performance.now()
      if (remainingMs <= 0) break
      await this.#nextStatus(remainingMs)
    }
    if (this.#status.state === 'connected' && this.#child !== undefined) return this.#child
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
      const why = await this.#runChild().catch((error: unknown) => messageOf(error))
      if (this.#closing.signal.aborted) break
      // A child that lived for a while is started again at once.
      if (performance.now() - startedAt > 2 * backOff.mostMs) waitMs = backOff.firstMs
      this.#setStatus({ state: 'down', message: why })
      await delay(waitMs, this.#closing.signal)
      waitMs = Math.min(waitMs * 2, backOff.mostMs)
    }
    this.#setStatus({ state: 'down', message: 'the connection to libvirt was closed' })
  }

  /** One life of a child; resolves when it has ended, with the reason. */
  async #runChild(): Promise<string> {
    const { uri } = await this.#options.prepare(this.#closing.signal)
    if (this.#closing.signal.aborted) return 'closing'
    const child = this.#fork()
    this.#child = child
    let why = 'the libvirt child process ended'
    const tooLong = setTimeout(() => {
      why = `libvirt does not answer at ${uri}`
      child.kill('SIGKILL')
    }, this.#options.openTimeoutMs ?? defaults.openTimeoutMs)
    child.on('message', (message: FromChild, handle) => {
      if (message.kind === 'opened' || message.kind === 'open-failed') clearTimeout(tooLong)
      if (message.kind === 'open-failed') why = openFailure(message)
      if (message.kind === 'disconnected') why = 'the connection to libvirtd was lost'
      this.#receive(message, handle as Socket | undefined)
    })
    child.send({ kind: 'open', uri } satisfies ToChild, () => undefined)
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', (error) => {
        why = error.message
        if (child.pid === undefined) resolve()
      })
    })
    clearTimeout(tooLong)
    this.#child = undefined
    this.#setStatus({ state: 'down', message: why }) // before the calls in flight learn of it
    this.#rejectAll(why)
    this.#options.log.debug({ why }, 'libvirt child ended')
    return why
  }

  #fork(): ChildProcess {
    const env: NodeJS.ProcessEnv = { ...process.env }
    delete env[dieAfterVariable]
    if (this.#fault !== undefined) {
      env[dieAfterVariable] = String(this.#fault.dieAfterNativeCall)
      env[dieVictimVariable] = this.#fault.victim
      this.#fault = undefined
    }
    // Its own flags, not ours: ours may be a debugger's or a test runner's.
    return fork(childFile, [], { env, execArgv: ['--disable-warning=ExperimentalWarning'], serialization: 'json' })
  }

  #receive(message: FromChild, socket: Socket | undefined): void {
    switch (message.kind) {
      case 'opened':
        return this.#setStatus({ state: 'connected', libvirtVersion: message.libvirtVersion })
      case 'open-failed':
      case 'disconnected':
        return this.#options.log.warn({ message }, 'libvirt connection failed')
      case 'result':
        return this.#settle(message.id)?.resolve(socket ?? message.value)
      case 'error':
        return this.#settle(message.id)?.reject(toDriverError(message.error))
      case 'event':
        for (const listener of this.#eventListeners) listener(message.event)
    }
  }

  #settle(id: number): InFlight | undefined {
    const waiting = this.#inFlight.get(id)
    this.#inFlight.delete(id)
    return waiting
  }

  #rejectAll(why: string): void {
    for (const id of [...this.#inFlight.keys()]) this.#settle(id)?.reject(connectionLost(why))
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status
    for (const listener of [...this.#statusListeners]) listener(status)
  }
}

function unreachable(native: string): DriverError {
  return new DriverError('UNREACHABLE', 'The hypervisor cannot be reached at the moment.', { effect: 'none', native })
}

function openFailure(message: Extract<FromChild, { kind: 'open-failed' }>): string {
  if (message.why === 'refused') return message.message
  return `libvirt.so.0 cannot be loaded (${message.message}); run: apt-get install -y libvirt0`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
