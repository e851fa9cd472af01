/**
 * A driver in a process of its own, looked at from outside: the same `Driver` interface, and a real kill -9.
 * Owns the process and the calls in flight.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { ReadStream } from 'node:fs'
import { Duplex } from 'node:stream'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Capabilities, Control, Driver, ImageRef } from '../../../src/driver/index.ts'
import type { JsonObject } from '../../../src/util/json.ts'
import { EventQueue } from '../../../src/util/event-queue.ts'
import { fromPlainError, toPlainError, type FromDriver, type ToDriver } from './messages.ts'

export interface DriverProcessOptions {
  /** File URL of the module that exports the plugin. */
  readonly module: string
  readonly exportName: string
  readonly config: JsonObject
  readonly stateDir: string
  readonly hostName: string
  /** A program that runs node with the arguments that it is given; node itself without it. */
  readonly execPath?: string
  /** Beside our own. */
  readonly environment?: Readonly<Record<string, string>>
}

export interface DriverProcess {
  readonly driver: Driver
  /** Resolves when it is gone; does nothing when it is gone already. */
  kill9(): Promise<void>
}

interface Call {
  readonly done: PromiseWithResolvers<unknown>
  readonly control?: Control
  readonly onItem?: (item: unknown) => void
}

type Opened = Extract<FromDriver, { kind: 'opened' }>

const hostFile = fileURLToPath(new URL(`./driver-host${extname(import.meta.url)}`, import.meta.url))

export async function startDriverProcess({
  execPath = process.execPath,
  environment = {},
  ...options
}: DriverProcessOptions): Promise<DriverProcess> {
  const execArgv = ['--disable-warning=ExperimentalWarning']
  const child = fork(hostFile, [], {
    execPath,
    execArgv,
    env: { ...process.env, ...environment },
    serialization: 'json',
  })
  const remote = new RemoteDriver(child)
  const exited = once(child, 'exit')
  const kill9 = async (): Promise<void> => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await exited
  }
  try {
    const driver = await remote.open(options)
    return { driver, kill9 }
  } catch (error) {
    await kill9()
    throw error
  }
}

class RemoteDriver {
  readonly #child: ChildProcess
  readonly #calls = new Map<number, Call>()
  readonly #opened = Promise.withResolvers<Opened>()
  #lastId = 0

  constructor(child: ChildProcess) {
    this.#child = child
    child.on('message', (message: FromDriver) => this.#receive(message))
    child.on('exit', () => this.#rejectAll())
    this.#opened.promise.catch(() => undefined)
  }

  async open(options: DriverProcessOptions): Promise<Driver> {
    const done = Promise.withResolvers<unknown>()
    this.#calls.set(0, { done })
    this.#send({ kind: 'open', ...options })
    await done.promise
    return this.#driver(await this.#opened.promise)
  }

  #driver({ capabilities: said, abilities, snapshotFormats, consoleKinds }: Opened): Driver {
    const capabilities = said as Capabilities
    const has = (name: string): boolean => abilities.includes(name)
    const plain =
      (path: string) =>
      async (...args: unknown[]) =>
        (await this.#call(path, args)) as never
    const ruled =
      (path: string) =>
      async (...args: unknown[]) =>
        (await this.#call(path, args.slice(0, -1), args.at(-1) as Control)) as never
    return {
      capabilities: () => capabilities,
      fingerprint: (signal) => this.#follow('fingerprint', signal),
      nodes: plain('nodes'),
      list: plain('list'),
      get: plain('get'),
      ensurePresent: ruled('ensurePresent'),
      ensureAbsent: ruled('ensureAbsent'),
      setPower: ruled('setPower'),
      recover: plain('recover'),
      ...(has('events') ? { events: (signal: AbortSignal) => this.#follow('events', signal) } : {}),
      close: async () => {
        await this.#call('close', [])
        if (this.#child.connected) this.#child.disconnect()
      },
      ...(has('console') ? { console: { readLog: plain('console.readLog') } } : {}),
      ...(has('remoteConsole')
        ? {
            remoteConsole: {
              kinds: consoleKinds,
              open: (...args: unknown[]) => this.#duplex('remoteConsole.open', args),
            },
          }
        : {}),
      ...(has('screenshot') ? { screenshot: { take: plain('screenshot.take') } } : {}),
      ...(has('pause') ? { pause: { pause: ruled('pause.pause'), unpause: ruled('pause.unpause') } } : {}),
      ...(has('suspend') ? { suspend: { suspend: ruled('suspend.suspend'), resume: ruled('suspend.resume') } } : {}),
      ...(has('resize') ? { resize: { resize: ruled('resize.resize') } } : {}),
      ...(has('disks') ? { disks: { attach: ruled('disks.attach'), detach: ruled('disks.detach') } } : {}),
      ...(has('nics') ? { nics: { attach: ruled('nics.attach'), detach: ruled('nics.detach') } } : {}),
      ...(has('rescue') ? { rescue: { rescue: ruled('rescue.rescue'), unrescue: ruled('rescue.unrescue') } } : {}),
      ...(has('setAdminPassword') ? { setAdminPassword: { set: ruled('setAdminPassword.set') } } : {}),
      ...(has('migrate')
        ? {
            migrate: {
              prepare: ruled('migrate.prepare'),
              run: ruled('migrate.run'),
              forceComplete: plain('migrate.forceComplete'),
            },
          }
        : {}),
      ...(has('snapshot')
        ? {
            snapshot: {
              formats: snapshotFormats,
              read: (...args: unknown[]) => this.#read('snapshot.read', args.slice(0, -1), args.at(-1) as Control),
            },
          }
        : {}),
      ...(has('stats') ? { stats: { read: plain('stats.read') } } : {}),
    } as Driver
  }

  async #call(path: string, args: readonly unknown[], control?: Control): Promise<unknown> {
    const id = ++this.#lastId
    const done = Promise.withResolvers<unknown>()
    this.#calls.set(id, { done, ...(control === undefined ? {} : { control }) })
    const abort = (): void => this.#send({ kind: 'abort', id })
    control?.signal.addEventListener('abort', abort)
    const { operationId, resume, signal } = control ?? {}
    const told = operationId === undefined ? {} : { control: { operationId, isAborted: signal?.aborted === true } }
    const withResume =
      told.control === undefined || resume === undefined ? told : { control: { ...told.control, resume } }
    this.#send({ kind: 'call', id, path, args, ...withResume })
    try {
      const value = await done.promise
      const bytes = (value as { base64?: string } | null | undefined)?.base64
      return bytes === undefined ? value : Buffer.from(bytes, 'base64')
    } finally {
      this.#calls.delete(id)
      control?.signal.removeEventListener('abort', abort)
    }
  }

  /** A reader that leaves early aborts the call and waits for its end. */
  async *#read(path: string, args: readonly unknown[], control: Control): AsyncGenerator<Buffer> {
    const id = ++this.#lastId
    const done = Promise.withResolvers<unknown>()
    const items = new EventQueue<string | null>()
    const over = new AbortController()
    this.#calls.set(id, { done, control, onItem: (item) => items.push(item as string) })
    const iterator = items.follow(over.signal)
    const abort = (): void => this.#send({ kind: 'abort', id })
    control.signal.addEventListener('abort', abort, { once: true })
    const ended = done.promise.finally(() => items.push(null))
    ended.catch(() => undefined)
    const { operationId, signal } = control
    this.#send({ kind: 'read', id, path, args, control: { operationId, isAborted: signal.aborted } })
    let isWhole = false
    try {
      for await (const base64 of iterator) {
        if (base64 === null) break
        yield Buffer.from(base64, 'base64')
      }
      isWhole = true
    } finally {
      over.abort()
      if (!isWhole) abort()
      await (isWhole ? ended : ended.catch(() => undefined))
      control.signal.removeEventListener('abort', abort)
      this.#calls.delete(id)
    }
  }

  async #duplex(path: string, args: readonly unknown[]): Promise<Duplex> {
    const id = ++this.#lastId
    const done = Promise.withResolvers<unknown>()
    const input = (base64: string | null): void => this.#send({ kind: 'input', id, base64 })
    const stream = new Duplex({
      allowHalfOpen: false,
      read: () => undefined,
      write(chunk: Buffer, _encoding, taken) {
        input(chunk.toString('base64'))
        taken()
      },
      destroy(error, closed) {
        input(null)
        closed(error)
      },
    })
    const onItem = (item: unknown): void => {
      stream.push(item === null ? null : Buffer.from(item as string, 'base64'))
      if (item === null) this.#calls.delete(id)
    }
    this.#calls.set(id, { done, onItem })
    this.#send({ kind: 'duplex', id, path, args })
    await done.promise.catch((error: unknown) => {
      this.#calls.delete(id)
      throw error
    })
    return stream
  }

  async *#follow<T>(path: string, signal: AbortSignal): AsyncIterable<T> {
    const id = ++this.#lastId
    const done = Promise.withResolvers<unknown>()
    const items = new EventQueue<T>()
    const over = new AbortController()
    this.#calls.set(id, { done, onItem: (item) => items.push(item as T) })
    const iterator = items.follow(over.signal)
    const abort = (): void => this.#send({ kind: 'abort', id })
    signal.addEventListener('abort', abort, { once: true })
    const ended = done.promise.finally(() => over.abort())
    ended.catch(() => undefined)
    this.#send({ kind: 'follow', id, path })
    if (signal.aborted) abort()
    yield* iterator
    await ended
  }

  #receive(message: FromDriver): void {
    const call = 'id' in message ? this.#calls.get(message.kind === 'ask' ? message.call : message.id) : undefined
    switch (message.kind) {
      case 'opened':
        return this.#opened.resolve(message)
      case 'result':
        if (message.error !== undefined) call?.done.reject(fromPlainError(message.error))
        else call?.done.resolve(message.value)
        return
      case 'item':
        return call?.onItem?.(message.value)
      case 'progress':
        return call?.control?.progress(message.progress as never)
      case 'ask':
        return void this.#answer(message, call?.control)
    }
  }

  async #answer(message: Extract<FromDriver, { kind: 'ask' }>, control: Control | undefined): Promise<void> {
    if (control === undefined) return
    const { id, what, value } = message
    try {
      if (what === 'checkpoint') {
        await control.checkpoint(value as never)
        return this.#send({ kind: 'answer', id })
      }
      const opened = await control.images.open(value as ImageRef, control.signal)
      // A stream cannot cross; the kit's own come from files.
      const path = opened.via === 'stream' ? String((opened.stream as ReadStream).path) : opened.path
      if (opened.via === 'stream') opened.stream.destroy()
      this.#send({ kind: 'answer', id, value: { via: opened.via, path } })
    } catch (error) {
      this.#send({ kind: 'answer', id, error: toPlainError(error) })
    }
  }

  #send(message: ToDriver): void {
    if (this.#child.connected) this.#child.send(message, () => undefined)
    else this.#rejectAll()
  }

  #rejectAll(): void {
    for (const { done } of this.#calls.values()) done.reject(new Error('the driver’s process ended'))
  }
}
