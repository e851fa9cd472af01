/**
 * Programs, started from a thread of its own: whoever starts one waits until it runs, which takes tens of milliseconds where the CPU is
 * short, and the service has better things to do. What is started detached outlives the thread and the service.
 */
import { extname } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { startThread } from './start-thread.ts'

export interface ProgramOptions {
  readonly cwd?: string
  /** All of it; ours without it. */
  readonly env?: Readonly<Record<string, string>>
}

export interface RunOptions extends ProgramOptions {
  /** Milliseconds, after which it is killed. */
  readonly timeout?: number
}

export interface StartOptions extends ProgramOptions {
  /** Descriptors of ours, or nothing. */
  readonly stdio: readonly [Stdio, Stdio, Stdio]
}

type Stdio = 'ignore' | number

export interface Output {
  readonly stdout: string
  readonly stderr: string
}

/** A program that could not be started, was killed, or ended with another status than 0. */
export class ProgramError extends Error implements Output {
  readonly stdout: string
  readonly stderr: string

  constructor({ message, stdout, stderr }: PlainProgramError) {
    super(message)
    this.stdout = stdout
    this.stderr = stderr
  }
}

export interface StartedProgram {
  readonly hasEnded: boolean
}

export interface PlainProgramError extends Output {
  readonly message: string
}

export type ToThread = { readonly id: number; readonly file: string; readonly args: readonly string[] } & (
  { readonly kind: 'run'; readonly options: RunOptions } | { readonly kind: 'start'; readonly options: StartOptions }
)

export type FromThread = { readonly id: number } & (
  | { readonly kind: 'ran'; readonly output: Output }
  | { readonly kind: 'started' | 'ended' }
  | { readonly kind: 'failed'; readonly error: PlainProgramError }
)

interface Call {
  readonly done: PromiseWithResolvers<Output | undefined>
  hasEnded: boolean
}

/** Until its end. @throws ProgramError */
export async function runProgram(file: string, args: readonly string[], options: RunOptions = {}): Promise<Output> {
  return (await begin({ kind: 'run', file, args, options }).done.promise) ?? { stdout: '', stderr: '' }
}

/** Detached. Resolves when it runs. @throws ProgramError */
export async function startProgram(
  file: string,
  args: readonly string[],
  options: StartOptions,
): Promise<StartedProgram> {
  const call = begin({ kind: 'start', file, args, options })
  await call.done.promise
  return call
}

const threadFile = new URL(`./programs-thread${extname(import.meta.filename)}`, import.meta.url)
const calls = new Map<number, Call>()
let thread: Worker | undefined
let lastId = 0
/** How many of them have yet to be answered. */
let waiting = 0

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

function begin(message: WithoutId<ToThread>): Call {
  const id = ++lastId
  const call: Call = { done: Promise.withResolvers(), hasEnded: false }
  calls.set(id, call)
  thread ??= newThread()
  // This process stays alive until the answer, and not for the thread.
  if (++waiting === 1) thread.ref()
  call.done.promise.catch(() => undefined).finally(() => --waiting === 0 && thread?.unref())
  thread.postMessage({ ...message, id } satisfies ToThread)
  return call
}

function receive(message: FromThread): void {
  const call = calls.get(message.id)
  if (message.kind !== 'started') calls.delete(message.id)
  switch (message.kind) {
    case 'ran':
      return call?.done.resolve(message.output)
    case 'started':
      return call?.done.resolve(undefined)
    case 'ended':
      if (call !== undefined) call.hasEnded = true
      return
    case 'failed':
      return call?.done.reject(new ProgramError(message.error))
  }
}

/** One that dies is started anew by the next call; what it had started nobody follows any more. */
function newThread(): Worker {
  const started = startThread(threadFile)
  started.on('message', receive)
  started.on('error', ({ message }) => {
    thread = undefined
    for (const { done } of calls.values()) done.reject(new ProgramError({ message, stdout: '', stderr: '' }))
    calls.clear()
  })
  return started
}
