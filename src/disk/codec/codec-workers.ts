/**
 * Threads that pack and unpack with libdeflate, one for each processor, started when the first block comes and kept for
 * the next. Blocks that are asked for together go in handfuls: a call of its own into a thread pool costs each block as
 * much as unpacking it does.
 */
import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { sharedBuffer } from '../algebra/buffer-pool.ts'
import type { DeflateContainer } from '../native/libdeflate.ts'

export interface SharedBlock {
  readonly memory: SharedArrayBuffer
  readonly offset: number
  readonly length: number
}

/** Without a level it unpacks. */
export interface CodecJob {
  readonly container: DeflateContainer
  readonly level: number | undefined
  readonly input: SharedBlock
  readonly target: SharedBlock
}

interface Pending {
  readonly job: CodecJob
  readonly resolve: (written: number | undefined) => void
  readonly reject: (error: Error) => void
}

const jobsPerMessage = 8
/** The next message lies there already when a thread is done with one. */
const messagesPerThread = 2

class CodecThread {
  readonly #worker = new Worker(new URL(`codec-worker${extname(import.meta.filename)}`, import.meta.url))
  readonly #messages: (readonly Pending[])[] = []

  /** @param onRoom called when there is room for another message @param onEnd when the thread has died */
  constructor(onRoom: () => void, onEnd: (thread: CodecThread) => void) {
    this.#worker.unref()
    this.#worker.on('message', (results: readonly (number | undefined)[]) => {
      this.#messages.shift()?.forEach(({ resolve }, index) => resolve(results[index]))
      if (this.#messages.length === 0) this.#worker.unref()
      onRoom()
    })
    this.#worker.on('error', (error) => {
      onEnd(this)
      for (const { reject } of this.#messages.splice(0).flat()) reject(error as Error)
      onRoom()
    })
  }

  get messages(): number {
    return this.#messages.length
  }

  /** The process stays alive until the answer. */
  send(pending: readonly Pending[]): void {
    this.#messages.push(pending)
    this.#worker.ref()
    this.#worker.postMessage(pending.map(({ job }) => job))
  }
}

let threads: CodecThread[] = []
const waiting: Pending[] = []
let isSending = false

/** @returns bytes written to `target`; of packing 0 when they do not fit, of unpacking undefined when the stream is bad */
export async function runInWorker(
  container: DeflateContainer,
  level: number | undefined,
  input: Buffer,
  target: Buffer,
): Promise<number | undefined> {
  const place = isShared(target) ? target : sharedBuffer(target.length)
  const bytes = isShared(input) ? input : copyOf(input)
  const written = await new Promise<number | undefined>((resolve, reject) => {
    waiting.push({ job: { container, level, input: blockOf(bytes), target: blockOf(place) }, resolve, reject })
    // What else is asked for in the same turn comes along.
    if (!isSending) queueMicrotask(send)
    isSending = true
  })
  if (place !== target && written !== undefined) place.copy(target, 0, 0, written)
  return written
}

function send(): void {
  isSending = false
  while (waiting.length > 0) {
    const thread = roomyThread()
    if (thread === undefined) return
    thread.send(waiting.splice(0, jobsPerMessage))
  }
}

/** The one with the least to do; undefined when all have enough. */
function roomyThread(): CodecThread | undefined {
  const [least] = threads.toSorted((a, b) => a.messages - b.messages)
  if (least === undefined || (least.messages > 0 && threads.length < maxThreads())) {
    const thread = new CodecThread(send, (dead) => {
      threads = threads.filter((each) => each !== dead)
    })
    threads.push(thread)
    return thread
  }
  return least.messages < messagesPerThread ? least : undefined
}

function maxThreads(): number {
  return Math.min(16, availableParallelism())
}

function isShared({ buffer }: Buffer): boolean {
  return buffer instanceof SharedArrayBuffer
}

function copyOf(bytes: Buffer): Buffer {
  const copy = sharedBuffer(bytes.length)
  bytes.copy(copy)
  return copy
}

function blockOf({ buffer, byteOffset, length }: Buffer): SharedBlock {
  return { memory: buffer as unknown as SharedArrayBuffer, offset: byteOffset, length }
}
