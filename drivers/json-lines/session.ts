/** One life of a driver's process: opened, called, closed. Knows which call is whose, so that progress, checkpoints and images find it. */
import { rm } from 'node:fs/promises'
import {
  DriverError,
  type Capabilities,
  type Control,
  type DriverEvent,
  type Health,
  type HostServices,
  type ImageRef,
  type RemoteConsoleAbility,
} from '../../src/driver/index.ts'
import { delay } from '../../src/util/delay.ts'
import type { Json, JsonObject } from '../../src/util/json.ts'
import { checked, longestText, type Shape } from './answers.ts'
import type { ImagesIn } from './images-in.ts'
import { RpcChild, type Peer } from './rpc-child.ts'

export interface Launch {
  /** A program with its arguments. */
  readonly command: readonly string[]
  /** Where it is started. */
  readonly folder: string
  readonly config: JsonObject
  readonly host: HostServices
  /** For tests: shorter ones. */
  readonly patience?: Patience
}

/** How long a program may take before it is taken for wedged, and is ended. */
export interface Patience {
  /** To answer a call that nobody can cancel. */
  readonly callMs: number
  /** To answer a call after its cancellation. */
  readonly cancelMs: number
  /** To say anything of a call that can be cancelled: progress, a checkpoint, the wish for an image, or the answer. */
  readonly silenceMs: number
}

export interface Opened {
  readonly capabilities: Capabilities
  /** Of those of the contract, and `events`. */
  readonly abilities?: readonly string[]
  readonly snapshotFormats?: readonly string[]
  /** Of `remoteConsole`. */
  readonly consoleKinds?: RemoteConsoleAbility['kinds']
}

export interface Listener {
  onHealth(health: Health): void
  onEvent(event: DriverEvent): void
}

interface OpenCall {
  readonly control: Control
  /** Aborts when it is cancelled, and when it has ended. */
  readonly signal: AbortSignal
  /** Images that it asked for. */
  readonly images: Promise<string>[]
  /** Files that go with it. */
  readonly written: string[]
  /** It was heard of. */
  heard(): void
}

/** Rule 4 grants 5 s after a cancellation. */
const usualPatience: Patience = { callMs: 30_000, cancelMs: 10_000, silenceMs: 15 * 60_000 }
const closeMs = 5_000

export class Session {
  readonly #child: RpcChild
  readonly #images: ImagesIn
  readonly #patience: Patience
  readonly #calls = new Map<number, OpenCall>()

  private constructor(launch: Launch, images: ImagesIn, listener: Listener) {
    const { command, folder, host, patience = usualPatience } = launch
    const { log } = host
    this.#images = images
    this.#patience = patience
    const peer: Peer = {
      onRequest: (method, params) => this.#answer(method, params),
      onNotification: (method, params) => {
        try {
          this.#take(method, params, listener)
        } catch (error) {
          log.warn({ err: error, method }, 'the driver told what nobody understands')
        }
      },
      onComplaint: (line) => log.info({ line }, 'the driver wrote to its standard error'),
      onTrouble: (error) => log.error({ err: error }, 'the driver’s process cannot be signalled'),
    }
    this.#child = new RpcChild(command, folder, peer)
  }

  /** @throws DriverError when it does not start, does not open in time, or the signal aborts first */
  static async start(
    launch: Launch,
    images: ImagesIn,
    listener: Listener,
    signal: AbortSignal,
  ): Promise<{ session: Session; opened: Opened }> {
    const session = new Session(launch, images, listener)
    const { config, host } = launch
    const unwanted = (): void => session.kill('it is not wanted any more')
    signal.addEventListener('abort', unwanted, { once: true })
    try {
      const { stateDir, hostName } = host
      const opened = checked<Opened>('open', 'opened', await session.call('open', { config, stateDir, hostName }))
      return { session, opened }
    } catch (error) {
      session.kill('it did not open')
      throw error
    } finally {
      signal.removeEventListener('abort', unwanted)
    }
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Resolves when the process is gone, with the reason. */
  get exited(): Promise<string> {
    return this.#child.exited
  }

  async call(method: string, params: JsonObject, control?: Control): Promise<Json> {
    if (control === undefined) return this.#callInTime(method, params)
    if (control.signal.aborted) throw new DriverError('CANCELLED', 'The work was cancelled.', { effect: 'none' })
    const { operationId, resume } = control
    const told = { operationId, ...(resume === undefined ? {} : { resume }) }
    const { id, answer } = this.#child.call(method, { ...params, control: told })
    const ended = new AbortController()
    const signal = AbortSignal.any([control.signal, ended.signal])
    const { silenceMs } = this.#patience
    let silent = this.#killAfter(silenceMs, method)
    const heard = (): void => {
      clearTimeout(silent)
      if (ended.signal.aborted) return
      silent = this.#killAfter(silenceMs, method)
    }
    const open: OpenCall = { control, signal, images: [], written: [], heard }
    this.#calls.set(id, open)
    let late: NodeJS.Timeout | undefined
    const cancel = (): void => {
      this.#child.notify('cancel', { id })
      late = this.#killAfter(this.#patience.cancelMs, `${method} after its cancellation`)
    }
    control.signal.addEventListener('abort', cancel, { once: true })
    try {
      return await answer
    } finally {
      control.signal.removeEventListener('abort', cancel)
      clearTimeout(late)
      clearTimeout(silent)
      this.#calls.delete(id)
      ended.abort()
      await Promise.allSettled(open.images)
      for (const path of open.written) await rm(path, { force: true })
    }
  }

  async #callInTime(method: string, params: JsonObject): Promise<Json> {
    const late = this.#killAfter(this.#patience.callMs, method)
    try {
      return await this.#child.call(method, params).answer
    } finally {
      clearTimeout(late)
    }
  }

  #killAfter(ms: number, what: string): NodeJS.Timeout {
    return setTimeout(() => this.kill(`it did not answer ${what} within ${ms / 1000} s`), ms)
  }

  /** In good order where it listens, else without. */
  async close(): Promise<void> {
    const closed = this.#child.call('close', {}).answer.catch(() => undefined)
    await Promise.race([closed, delay(closeMs)])
    this.#child.endInput()
    await Promise.race([this.exited, delay(closeMs)])
    this.kill('it did not end when it was closed')
    await this.exited
  }

  kill(reason: string): void {
    this.#child.kill(reason)
  }

  async #answer(method: string, params: JsonObject): Promise<Json> {
    const open = this.#calls.get(params['id'] as number)
    if (open === undefined) throw new DriverError('NOT_FOUND', 'No such call is under way.', { effect: 'none' })
    open.heard()
    if (method === 'checkpoint') {
      await open.control.checkpoint(params['state'] ?? null)
      return null
    }
    if (method === 'image') {
      const lent = { images: open.control.images, signal: open.signal }
      const path = this.#images.open(params['image'] as unknown as ImageRef, lent, open.written)
      open.images.push(path)
      const fetching = setInterval(open.heard, this.#patience.silenceMs / 2)
      try {
        return { path: await path }
      } finally {
        clearInterval(fetching)
        open.heard()
      }
    }
    throw new DriverError('UNSUPPORTED', `Nobody answers ${method}.`, { effect: 'none' })
  }

  #take(method: string, params: JsonObject, { onHealth, onEvent }: Listener): void {
    const as = <T>(shape: Shape): T => checked<T>(method, shape, params)
    if (method === 'health') return onHealth(cut(as('health')))
    if (method === 'event') return onEvent(as('event'))
    if (method !== 'progress') throw new DriverError('UNSUPPORTED', `Nobody listens to ${method}.`)
    const { id, ...progress } = as<Parameters<Control['progress']>[0] & { readonly id: number }>('progress')
    const open = this.#calls.get(id)
    open?.heard()
    open?.control.progress(progress)
  }
}

/** A health that says too much is a health all the same; on its way to the core a text must not be longer. */
function cut({ message, ...health }: Health): Health {
  return { ...health, message: message.slice(0, longestText).toWellFormed() }
}
