/** A VM's console as the kit reads it: so many bytes at a time, and its end. */
import type { Duplex } from 'node:stream'
import type { ConsoleKind, VmRef } from '../../src/driver/index.ts'
import type { Bench } from './bench.ts'

export interface KitConsole {
  readonly stream: Duplex
  /** The next `count` bytes, whenever they come. */
  take(count: number): Promise<Buffer>
  /** Everything up to and with that text, whenever it comes. */
  takeUntil(text: string): Promise<void>
  ended(): Promise<void>
}

const patienceMs = 5_000

export async function openConsole(bench: Bench, ref: VmRef, kind: ConsoleKind): Promise<KitConsole> {
  const stream = await bench.driver.remoteConsole?.open(ref, kind)
  if (stream === undefined) throw new Error('the driver has no ability remoteConsole')
  let bytes = Buffer.alloc(0)
  let wake = Promise.withResolvers<void>()
  stream.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    wake.resolve()
  })
  stream.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()))
  const take = async (count: number): Promise<Buffer> => {
    while (bytes.length < count) {
      wake = Promise.withResolvers<void>()
      await within(wake.promise, `${count} bytes of the console`)
    }
    const taken = bytes.subarray(0, count)
    bytes = bytes.subarray(count)
    return taken
  }
  const takeUntil = async (text: string): Promise<void> => {
    while (!bytes.includes(text)) {
      wake = Promise.withResolvers<void>()
      await within(wake.promise, `${JSON.stringify(text)} on the console`)
    }
    await take(bytes.indexOf(text) + text.length)
  }
  return { stream, take, takeUntil, ended: () => within(closed, 'the end of the console') }
}

/** Why a console of that kind cannot be tried. */
export function withoutConsole({ driver }: Bench, kind: ConsoleKind): string | undefined {
  return driver.remoteConsole?.kinds.includes(kind) === true
    ? undefined
    : `the driver has no console of the kind ${kind}`
}

async function within<T>(work: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`waited in vain for ${what}`)), patienceMs)
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer))
}
