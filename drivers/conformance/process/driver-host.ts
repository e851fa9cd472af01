/** The process in which a driver lives while it is tried, so that kill -9 is what it says. Started by driver-process.ts. */
import { createReadStream } from 'node:fs'
import type { Duplex } from 'node:stream'
import {
  abilitiesOf,
  DriverError,
  type Control,
  type Driver,
  type DriverPlugin,
  type ImageRef,
} from '../../../src/driver/index.ts'
import { provideContract } from '../../../src/driver/provide-contract.ts'
import { silentLogger } from '../../../src/util/logger.ts'
import { fromPlainError, toPlainError, type FromDriver, type PlainControl, type ToDriver } from './messages.ts'

const stops = new Map<number, AbortController>()
const duplexes = new Map<number, Duplex>()
const asked = new Map<number, PromiseWithResolvers<unknown>>()
let driver: Driver | undefined
let lastAsked = 0

function send(message: FromDriver): void {
  if (process.connected) process.send?.(message)
}

function ask(call: number, what: 'checkpoint' | 'image', value: unknown): Promise<unknown> {
  const id = ++lastAsked
  const answer = Promise.withResolvers<unknown>()
  asked.set(id, answer)
  send({ kind: 'ask', id, call, what, value })
  return answer.promise
}

async function open(message: Extract<ToDriver, { kind: 'open' }>): Promise<void> {
  provideContract()
  const plugin = ((await import(message.module)) as Record<string, DriverPlugin>)[message.exportName]
  if (plugin === undefined) throw new Error(`${message.module} has no export ${message.exportName}`)
  const { config, stateDir, hostName } = message
  driver = await plugin.open(config, { log: silentLogger, stateDir, hostName })
  send({
    kind: 'opened',
    capabilities: driver.capabilities(),
    snapshotFormats: driver.snapshot?.formats ?? [],
    consoleKinds: driver.remoteConsole?.kinds ?? [],
    abilities: [...abilitiesOf(driver), ...(driver.events === undefined ? [] : ['events'])],
  })
}

function controlOf(call: number, plain: PlainControl): Control {
  const stop = stopOf(call)
  if (plain.isAborted) stop.abort()
  return {
    operationId: plain.operationId,
    ...(plain.resume === undefined ? {} : { resume: plain.resume }),
    checkpoint: async (state) => void (await ask(call, 'checkpoint', state)),
    progress: (progress) => send({ kind: 'progress', id: call, progress }),
    signal: stop.signal,
    log: silentLogger,
    images: {
      open: async (image: ImageRef) => {
        const opened = (await ask(call, 'image', image)) as { via: 'local-path' | 'stream'; path: string }
        if (opened.via === 'local-path') return { via: 'local-path', path: opened.path }
        return { via: 'stream', stream: createReadStream(opened.path) }
      },
    },
  }
}

function stopOf(id: number): AbortController {
  const stop = stops.get(id) ?? new AbortController()
  stops.set(id, stop)
  return stop
}

/** `setPower` of the driver, `pause.pause` of an ability. */
function find(path: string): (...args: unknown[]) => unknown {
  if (driver === undefined) throw new Error('the driver is not open')
  const [first = '', second] = path.split('.')
  const owner = second === undefined ? driver : (driver as unknown as Record<string, object>)[first]
  const method = (owner as Record<string, unknown> | undefined)?.[second ?? first]
  if (typeof method !== 'function') throw new DriverError('BUG', `the driver has no method ${path}`)
  return method.bind(owner) as (...args: unknown[]) => unknown
}

async function call({ id, path, args, control }: Extract<ToDriver, { kind: 'call' }>): Promise<unknown> {
  const value = await find(path)(...args, ...(control === undefined ? [] : [controlOf(id, control)]))
  return Buffer.isBuffer(value) ? { base64: value.toString('base64') } : value
}

async function follow({ id, path }: Extract<ToDriver, { kind: 'follow' }>): Promise<void> {
  const items = find(path)(stopOf(id).signal) as AsyncIterable<unknown>
  for await (const value of items) send({ kind: 'item', id, value })
}

async function read({ id, path, args, control }: Extract<ToDriver, { kind: 'read' }>): Promise<void> {
  const items = find(path)(...args, controlOf(id, control)) as AsyncIterable<Uint8Array>
  for await (const bytes of items) send({ kind: 'item', id, value: Buffer.from(bytes).toString('base64') })
}

async function openDuplex({ id, path, args }: Extract<ToDriver, { kind: 'duplex' }>): Promise<void> {
  const stream = (await find(path)(...args)) as Duplex
  duplexes.set(id, stream)
  stream.on('data', (bytes: Buffer) => send({ kind: 'item', id, value: bytes.toString('base64') }))
  stream.on('error', () => undefined)
  stream.once('close', () => {
    duplexes.delete(id)
    send({ kind: 'item', id, value: null })
  })
}

async function answered(id: number, work: Promise<unknown>): Promise<void> {
  const message = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error: toPlainError(error) }),
  )
  stops.delete(id)
  send({ kind: 'result', id, ...message })
}

process.on('message', (message: ToDriver) => {
  switch (message.kind) {
    case 'open':
      return void answered(0, open(message))
    case 'call':
      return void answered(message.id, call(message))
    case 'read':
      return void answered(message.id, read(message))
    case 'duplex':
      return void answered(message.id, openDuplex(message))
    case 'input':
      if (message.base64 === null) duplexes.get(message.id)?.end()
      else duplexes.get(message.id)?.write(Buffer.from(message.base64, 'base64'))
      return
    case 'follow':
      return void answered(message.id, follow(message))
    case 'abort':
      return stops.get(message.id)?.abort()
    case 'answer':
      if (message.error !== undefined) asked.get(message.id)?.reject(fromPlainError(message.error))
      else asked.get(message.id)?.resolve(message.value)
      asked.delete(message.id)
  }
})
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
