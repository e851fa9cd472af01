/**
 * The libvirt child process: one process, one connection. It makes synchronous native calls in the order in which they
 * arrive, forwards domain events if it shall, and ends when its parent does. Started by session.ts with child_process.fork.
 */
import { Socket } from 'node:net'
import koffi from 'koffi'
import { eventId, lifecycleEvents } from './constants.ts'
import { Caller, makeCalls } from './calls.ts'
import type { Native, Pointer } from './native.ts'
import { NativeCallError, NativeCalls, lastError, loadNative } from './native.ts'
import type { DomainEvent, FromChild, LibvirtCalls, ToChild } from './protocol.ts'

/** How often libvirt's event loop wakes up although nothing happened, so that it notices that we want to end. */
const eventLoopTickMs = 200
const keepAlive = { intervalSeconds: 5, count: 3 } as const
/** How soon a child that cannot go on ends, its last message being on its way. */
const exitGraceMs = 200

function send(message: FromChild): void {
  // A parent that is gone is noticed by `disconnect`, not by a message that does not arrive.
  if (process.connected) process.send?.(message, () => undefined)
}

/** What comes out of it is for the parent to read: none of it here. */
function sendSocket(id: number, fd: number, nativeCalls: number): void {
  const options = { fd, pauseOnCreate: true }
  const message: FromChild = { kind: 'result', id, value: null, nativeCalls }
  process.send?.(message, new Socket(options), { keepOpen: false }, () => undefined)
}

/** Ends this process. process.exit would wait for the event loop's thread, which may be waiting for the main thread. */
function leave(): void {
  process.kill(process.pid, 'SIGKILL')
}

/** libvirt's own event loop on a thread of Node's pool; its callbacks arrive on the main thread. */
function runEventLoop(native: Native): void {
  const turn = (): void => {
    native.virEventRunDefaultImpl.async((error: unknown, answer: unknown) => {
      if (error !== null && error !== undefined) throw error as Error
      if (answer === 0) turn()
    })
  }
  turn()
}

function forwardEvents(native: Native, connection: Pointer): void {
  const caller = new Caller(native, connection)
  const forward = (domain: Pointer, kind: DomainEvent['kind'], detail: number): void => {
    const name = native.virDomainGetName(domain) as string
    send({ kind: 'event', event: { uuid: caller.uuidOf(domain), name, kind, detail } })
  }
  const onLifecycle = (_connection: Pointer, domain: Pointer, event: number, detail: number): number => {
    const kind = lifecycleEvents[event]
    if (kind !== undefined) forward(domain, kind, detail)
    return 0
  }
  const onReboot = (_connection: Pointer, domain: Pointer): void => forward(domain, 'rebooted', 0)
  const register = (id: number, callback: (...args: never[]) => unknown, type: string): void => {
    native.virConnectDomainEventRegisterAny(connection, null, id, koffi.register(callback, `${type}*`), null, null)
  }
  register(eventId.lifecycle, onLifecycle, 'LifecycleCallback')
  register(eventId.reboot, onReboot, 'RebootCallback')
}

function watchConnection(native: Native, connection: Pointer): void {
  const onClose = koffi.register((_connection: Pointer, reason: number) => {
    send({ kind: 'disconnected', reason })
    setTimeout(leave, exitGraceMs)
  }, 'CloseCallback*')
  // Connections inside this process (test:///) know neither; they cannot be lost.
  native.virConnectRegisterCloseCallback(connection, onClose, null, null)
  native.virConnectSetKeepAlive(connection, keepAlive.intervalSeconds, keepAlive.count)
}

function refuse(why: 'library-missing' | 'refused', message: string): undefined {
  send({ kind: 'open-failed', why, message })
  setTimeout(leave, exitGraceMs)
  return undefined
}

function open({ uri, hasEvents, hungMs }: Extract<ToChild, { kind: 'open' }>): LibvirtCalls | undefined {
  let native: Native
  try {
    native = loadNative()
  } catch (error) {
    return refuse('library-missing', error instanceof Error ? error.message : String(error))
  }
  native.virInitialize()
  native.virSetErrorFunc(
    null,
    koffi.register(() => undefined, 'ErrorCallback*'),
  ) // nothing on stderr
  native.virEventRegisterDefaultImpl()
  native.virEventAddTimeout(
    eventLoopTickMs,
    koffi.register(() => undefined, 'TimeoutCallback*'),
    null,
    null,
  )
  runEventLoop(native)
  const connection: Pointer = native.virConnectOpen(uri)
  if (connection === null) return refuse('refused', lastError(native, 'virConnectOpen', null).message)
  watchConnection(native, connection)
  if (hasEvents) forwardEvents(native, connection)
  const { libvirt } = makeCalls(new Caller(native, connection)).versions({})
  send({ kind: 'opened', libvirtVersion: libvirt })
  return makeCalls(new Caller(native, connection, { hungMs, onNativeCall: nativeCalls.tick }))
}

function answer(calls: LibvirtCalls, message: Extract<ToChild, { kind: 'call' }>): void {
  nativeCalls.begin(message.death)
  try {
    const call = calls[message.name] as (args: object) => unknown
    const value = call(message.args) ?? null
    if (message.name === 'openGraphics') sendSocket(message.id, value as number, nativeCalls.made)
    else send({ kind: 'result', id: message.id, value, nativeCalls: nativeCalls.made })
  } catch (error) {
    const native =
      error instanceof NativeCallError
        ? error.native
        : { code: 1, domain: 0, message: String(error), int1: 0, call: message.name, isDisconnected: false }
    send({ kind: 'error', id: message.id, error: native, nativeCalls: nativeCalls.made })
  }
}

const nativeCalls = new NativeCalls()
let calls: LibvirtCalls | undefined
process.on('message', (message: ToChild) => {
  if (message.kind === 'open') calls = open(message)
  else if (message.kind === 'close') leave()
  else if (calls !== undefined) answer(calls, message)
})
process.on('disconnect', leave)
// A signal meant for the whole terminal session (Ctrl-C) is the parent's to handle: it closes us when it is done.
process.on('SIGINT', () => undefined)
