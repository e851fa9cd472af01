/** The simulated driver as a program that speaks JSON lines: what another language would write for each ability. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { toRpcError, fromRpcError } from '../../drivers/json-lines/rpc-errors.ts'
import { simPlugin } from '../../drivers/sim/index.ts'
import {
  abilitiesOf,
  type Control,
  type DiskFormat,
  type Driver,
  type ImageRef,
  type PowerWant,
  type VmHandle,
  type VmRef,
  type VmSpec,
} from '../../src/driver/index.ts'
import type { ConsoleKind } from '../../src/model/console.ts'
import type { Json, JsonObject } from '../../src/util/json.ts'
import { joinStreams } from '../../src/util/join-streams.ts'
import { silentLogger } from '../../src/util/logger.ts'

interface Params {
  readonly id: number
  readonly config: JsonObject
  readonly stateDir: string
  readonly hostName: string
  readonly ref: VmRef & { readonly handle: VmHandle }
  readonly spec: VmSpec
  readonly image: ImageRef
  readonly keepDisks: readonly string[]
  readonly want: PowerWant
  readonly maxBytes: number
  readonly adminPassword: string
  readonly diskId: string
  readonly nicId: string
  readonly format: DiskFormat
  readonly file: string
  readonly kind: ConsoleKind
  readonly socket: string
  readonly control: { readonly operationId: string; readonly resume?: Json }
}
type Method = (driver: Driver, params: Params, control: Control) => Promise<unknown> | undefined

const methods: Readonly<Record<string, Method>> = {
  nodes: (driver) => driver.nodes(),
  list: (driver) => driver.list(),
  get: (driver, { ref }) => driver.get(ref),
  ensurePresent: (driver, { spec }, control) => driver.ensurePresent(spec, control),
  ensureAbsent: (driver, { ref, keepDisks }, control) => driver.ensureAbsent(ref, { keepDisks }, control),
  setPower: (driver, { ref, want }, control) => driver.setPower(ref, want, {}, control),
  recover: (driver, { ref }) => driver.recover(ref),
  close: (driver) => driver.close(),
  'console.readLog': async (driver, { ref, maxBytes }) => ({
    base64: (await driver.console?.readLog(ref, { maxBytes }))?.toString('base64'),
  }),
  'screenshot.take': async (driver, { ref }) => ({
    base64: (await driver.screenshot?.take(ref))?.toString('base64'),
  }),
  'remoteConsole.open': async (driver, { ref, kind, socket }) => {
    const stream = await driver.remoteConsole?.open(ref, kind)
    if (stream === undefined) return
    const connection = connect(socket)
    await once(connection, 'connect')
    joinStreams(stream, connection)
  },
  'pause.pause': (driver, { ref }, control) => driver.pause?.pause(ref, control),
  'pause.unpause': (driver, { ref }, control) => driver.pause?.unpause(ref, control),
  'suspend.suspend': (driver, { ref }, control) => driver.suspend?.suspend(ref, control),
  'suspend.resume': (driver, { ref }, control) => driver.suspend?.resume(ref, control),
  'stats.read': (driver, { ref }) => driver.stats?.read(ref),
  'resize.resize': (driver, { spec }, control) => driver.resize?.resize(spec, control),
  'disks.attach': (driver, { spec, diskId }, control) => driver.disks?.attach(spec, diskId, control),
  'disks.detach': (driver, { spec, diskId }, control) => driver.disks?.detach(spec, diskId, control),
  'nics.attach': (driver, { spec, nicId }, control) => driver.nics?.attach(spec, nicId, control),
  'nics.detach': (driver, { spec, nicId }, control) => driver.nics?.detach(spec, nicId, control),
  'rescue.rescue': (driver, { spec, image }, control) => driver.rescue?.rescue(spec, image, control),
  'rescue.unrescue': (driver, { spec }, control) => driver.rescue?.unrescue(spec, control),
  'setAdminPassword.set': (driver, { ref, adminPassword }, control) =>
    driver.setAdminPassword?.set(ref, adminPassword, control),
  'snapshot.read': async (driver, { ref, diskId, format, file }, control) => {
    const bytes = driver.snapshot?.read(ref, { diskId, format }, control) ?? []
    await pipeline(Readable.from(bytes), createWriteStream(file))
  },
}

const stops = new Map<number, AbortController>()
const asked = new Map<number, PromiseWithResolvers<Json>>()
let driver: Driver | undefined
let lastAsked = 0

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

function ask(method: string, params: object): Promise<Json> {
  const answer = Promise.withResolvers<Json>()
  asked.set(++lastAsked, answer)
  send({ id: lastAsked, method, params })
  return answer.promise
}

async function open({ config, stateDir, hostName }: Params): Promise<object> {
  driver = await simPlugin.open(config, { log: silentLogger, stateDir, hostName })
  send({ method: 'health', params: { status: 'healthy', message: 'simulated' } })
  return {
    capabilities: driver.capabilities(),
    abilities: abilitiesOf(driver),
    snapshotFormats: driver.snapshot?.formats,
    consoleKinds: driver.remoteConsole?.kinds,
  }
}

function controlOf(id: number, told: Params['control'], signal: AbortSignal): Control {
  return {
    ...told,
    checkpoint: async (state) => void (await ask('checkpoint', { id, state })),
    progress: (progress) => send({ method: 'progress', params: { id, ...progress } }),
    signal,
    log: silentLogger,
    images: {
      open: async (image) => ({
        via: 'local-path',
        path: ((await ask('image', { id, image })) as { path: string }).path,
      }),
    },
  }
}

async function answer(id: number, method: string, params: Params): Promise<void> {
  const stop = new AbortController()
  stops.set(id, stop)
  try {
    const control = controlOf(id, params.control, stop.signal)
    const result = method === 'open' ? await open(params) : await methods[method]?.(driver as Driver, params, control)
    send({ id, result: result ?? null })
  } catch (error) {
    send({ id, error: toRpcError(error) })
  }
  stops.delete(id)
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, method, params, result, error } = JSON.parse(line) as {
      readonly id: number
      readonly method?: string
      readonly params: Params
      readonly result: Json
      readonly error?: object
    }
    if (method === undefined && error !== undefined) asked.get(id)?.reject(fromRpcError(error))
    else if (method === undefined) asked.get(id)?.resolve(result)
    else if (method === 'cancel') stops.get(params.id)?.abort()
    else void answer(id, method, params)
  })
  .on('close', () => process.exit(0))
