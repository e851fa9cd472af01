/**
 * One libvirt child process, from its start to its end. Owns the process and the calls under way in it. The event loop here never
 * blocks: all native calls happen in the child (libvirt keeps errors per thread, and two connections in two threads of one process
 * abort it).
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Logger } from '../../src/util/logger.ts'
import { connectionLost, toDriverError } from './errors.ts'
import type { Death, DomainEvent, FromChild, LibvirtArgs, LibvirtCallName, LibvirtResult, ToChild } from './protocol.ts'

export interface SessionOptions {
  readonly uri: string
  readonly openTimeoutMs: number
  /** From when on an emulator that owes an answer is asked nothing more. */
  readonly hungMs: number
  readonly log: Logger
  readonly onEvent?: (event: DomainEvent) => void
  /** Told before the calls under way learn of it. */
  readonly onEnd: (why: string) => void
}

export interface CallOptions {
  /** Its abort gives the call up, and the session with it: nobody can call a native call back. Its reason is a DriverError. */
  readonly signal: AbortSignal
  readonly death?: Death | undefined
  /** How many native calls it took; not told when the child did not answer. */
  readonly onCounted: (nativeCalls: number) => void
}

interface InFlight {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: DriverError) => void
  readonly onCounted: (nativeCalls: number) => void
}

const closeGraceMs = 1_000
const childFile = fileURLToPath(new URL(`./child${extname(import.meta.url)}`, import.meta.url))

export class LibvirtSession {
  /** Resolves with libvirt's version. @throws DriverError UNREACHABLE when it ends before */
  readonly opened: Promise<string>
  /** Resolves with the reason. */
  readonly ended: Promise<string>
  readonly #options: SessionOptions
  readonly #child: ChildProcess
  readonly #inFlight = new Map<number, InFlight>()
  readonly #opening = Promise.withResolvers<string>()
  readonly #tooLong: NodeJS.Timeout
  #why = 'the libvirt child process ended'
  #isUsable = true
  #lastId = 0

  constructor(options: SessionOptions) {
    this.#options = options
    const { uri, openTimeoutMs, hungMs, onEvent } = options
    this.opened = this.#opening.promise
    this.opened.catch(() => undefined)
    // Its own flags, not ours: ours may be a debugger's or a test runner's.
    this.#child = fork(childFile, [], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'json',
    })
    this.#tooLong = setTimeout(() => this.#kill(`libvirt does not answer at ${uri}`), openTimeoutMs)
    this.#child.on('message', (message: FromChild, handle) => this.#receive(message, handle as Socket | undefined))
    this.ended = this.#follow()
    this.#send({ kind: 'open', uri, hasEvents: onEvent !== undefined, hungMs })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** False from its end on, or as soon as that is sure. */
  get isUsable(): boolean {
    return this.#isUsable
  }

  /** @throws DriverError; UNREACHABLE with effect `unknown` when the session ended while the call was under way */
  async call<Name extends LibvirtCallName>(
    name: Name,
    args: LibvirtArgs<Name>,
    { signal, death, onCounted }: CallOptions,
  ): Promise<LibvirtResult<Name>> {
    const id = ++this.#lastId
    const giveUp = (): void => {
      const late = signal.reason as DriverError
      this.#settle(id)?.reject(late)
      this.#kill(late.native ?? late.message)
    }
    try {
      return await new Promise<LibvirtResult<Name>>((resolve, reject) => {
        this.#inFlight.set(id, { resolve: (value) => resolve(value as LibvirtResult<Name>), reject, onCounted })
        signal.addEventListener('abort', giveUp, { once: true })
        this.#send({ kind: 'call', id, name, args, ...(death === undefined ? {} : { death }) }, (error) => {
          this.#settle(id)?.reject(connectionLost(`the libvirt child is gone: ${error.message}`))
        })
      })
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }

  /** Guests and daemon are not touched. */
  async close(): Promise<void> {
    this.#isUsable = false
    this.#send({ kind: 'close' })
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), closeGraceMs)
    await this.ended
    clearTimeout(kill)
  }

  async #follow(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#child.once('exit', () => resolve())
      this.#child.once('error', (error) => {
        this.#why = error.message
        if (this.#child.pid === undefined) resolve()
      })
    })
    clearTimeout(this.#tooLong)
    this.#isUsable = false
    this.#options.onEnd(this.#why)
    this.#opening.reject(unreachable(this.#why))
    for (const id of [...this.#inFlight.keys()]) this.#settle(id)?.reject(connectionLost(this.#why))
    this.#options.log.debug({ why: this.#why }, 'libvirt child ended')
    return this.#why
  }

  #kill(why: string): void {
    this.#why = why
    this.#isUsable = false
    this.#child.kill('SIGKILL')
  }

  #send(message: ToChild, onError: (error: Error) => void = () => undefined): void {
    this.#child.send(message, (error) => {
      if (error !== null) onError(error)
    })
  }

  #receive(message: FromChild, socket: Socket | undefined): void {
    switch (message.kind) {
      case 'opened':
        clearTimeout(this.#tooLong)
        return this.#opening.resolve(message.libvirtVersion)
      case 'open-failed':
      case 'disconnected':
        clearTimeout(this.#tooLong)
        this.#isUsable = false
        this.#why = message.kind === 'disconnected' ? 'the connection to libvirtd was lost' : openFailure(message)
        return this.#options.log.warn({ message }, 'libvirt connection failed')
      case 'result':
        return this.#settle(message.id, message.nativeCalls)?.resolve(socket ?? message.value)
      case 'error':
        return this.#settle(message.id, message.nativeCalls)?.reject(toDriverError(message.error))
      case 'event':
        return this.#options.onEvent?.(message.event)
    }
  }

  #settle(id: number, nativeCalls?: number): InFlight | undefined {
    const waiting = this.#inFlight.get(id)
    this.#inFlight.delete(id)
    if (nativeCalls !== undefined) waiting?.onCounted(nativeCalls)
    return waiting
  }
}

export function unreachable(native: string): DriverError {
  return new DriverError('UNREACHABLE', 'The hypervisor cannot be reached at the moment.', { effect: 'none', native })
}

function openFailure(message: Extract<FromChild, { kind: 'open-failed' }>): string {
  if (message.why === 'refused') return message.message
  return `libvirt.so.0 cannot be loaded (${message.message}); run: apt-get install -y libvirt0`
}
