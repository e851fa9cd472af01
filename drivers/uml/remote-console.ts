/**
 * A guest's console to sit down at: what is typed goes into the pipe that the guest reads, and what it writes is read from
 * the console's log as it grows. So no process need stand between them, and a console may be opened after any restart.
 */
import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { Duplex } from 'node:stream'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { ConsoleKind } from '../../src/model/console.ts'
import { delay } from '../../src/util/delay.ts'
import { wrongState } from '../local/refusals.ts'
import { mainOf } from './guest-processes.ts'
import type { GuestProcess } from './proc.ts'
import { isAlive } from './proc.ts'
import type { UmlHost } from './host.ts'
import { consoleInputPath, consoleLogPath } from './host.ts'
import { powerNow, requireRecord } from './vm-record.ts'

/** Those that are open, by instance: the newest has the keyboard. */
export type SerialConsoles = Map<string, Duplex>

/** Under what a person notices between a key and its echo. */
const lookMs = 20
const mostBytes = 64 * 1024

/** @throws DriverError */
export async function openRemoteConsole(
  host: UmlHost,
  consoles: SerialConsoles,
  instanceId: string,
  kind: ConsoleKind,
): Promise<Duplex> {
  const record = await requireRecord(host, instanceId)
  const main = await mainOf(host, instanceId)
  if (main === undefined) throw wrongState(await powerNow(host, record))
  if (kind !== 'serial') throw without('screen')
  const input = await openInput(consoleInputPath(host, instanceId))
  let stream: GuestConsole
  try {
    stream = new GuestConsole(main, input, await open(consoleLogPath(host, instanceId), 'r'))
  } catch (error) {
    await input.close()
    throw error
  }
  consoles.get(instanceId)?.destroy()
  consoles.set(instanceId, stream)
  stream.once('close', () => {
    if (consoles.get(instanceId) === stream) consoles.delete(instanceId)
  })
  return stream
}

/** Not to be waited for: a guest that was started before there was such a pipe reads nothing. */
async function openInput(path: string): Promise<FileHandle> {
  const flags = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
  return await open(path, flags).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENXIO') throw without('console that can be written to until it is started anew')
    throw error
  })
}

class GuestConsole extends Duplex {
  readonly #main: GuestProcess
  readonly #input: FileHandle
  readonly #log: FileHandle
  #position: number | undefined
  /** One look at a time, however often the reader asks. */
  #isLooking = false

  constructor(main: GuestProcess, input: FileHandle, log: FileHandle) {
    super({ allowHalfOpen: false })
    this.#main = main
    this.#input = input
    this.#log = log
  }

  override _read(): void {
    if (this.#isLooking) return
    this.#isLooking = true
    this.#look()
      .catch((error: unknown) => this.destroy(error as Error))
      .finally(() => (this.#isLooking = false))
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#type(chunk).then(() => done(), done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    Promise.all([this.#input.close(), this.#log.close()]).then(() => done(error), done)
  }

  /** Until there is something, or the guest is gone; what it wrote last is read first. */
  async #look(): Promise<void> {
    this.#position ??= (await this.#log.stat()).size
    while (!this.destroyed) {
      const isThere = isAlive(this.#main)
      const { size } = await this.#log.stat()
      // It was shortened.
      if (size < this.#position) this.#position = 0
      if (size > this.#position) {
        const length = Math.min(size - this.#position, mostBytes)
        const { buffer, bytesRead } = await this.#log.read(Buffer.alloc(length), 0, length, this.#position)
        this.#position += bytesRead
        if (!this.push(buffer.subarray(0, bytesRead))) return
        continue
      }
      if (!isThere) {
        this.push(null)
        this.destroy()
        return
      }
      await delay(lookMs)
    }
  }

  /** A guest that does not read fills its pipe: then this waits, and whoever types with it. */
  async #type(chunk: Buffer): Promise<void> {
    let rest = chunk
    while (rest.length > 0 && !this.destroyed) {
      try {
        rest = rest.subarray((await this.#input.write(rest)).bytesWritten)
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'EPIPE') return // it has ended, which the reader notices
        if (code !== 'EAGAIN') throw error
        await delay(lookMs)
      }
    }
  }
}

function without(what: string): DriverError {
  return new DriverError('UNSUPPORTED', `This virtual machine has no ${what}.`, { effect: 'none' })
}
