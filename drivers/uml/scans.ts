/**
 * Looks at all processes, on a thread of its own: to read a process's command line is to wait until it does not change its memory,
 * and a guest that begins does so for long where the CPU is short.
 */
import { once } from 'node:events'
import { extname } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { startThread } from '../local/start-thread.ts'
import { type GuestProcess, processesIn, type Scan } from './proc.ts'

const threadFile = new URL(`./scan-thread${extname(import.meta.filename)}`, import.meta.url)

let thread: Worker | undefined
let next: Promise<Scan> | undefined
let last: Promise<unknown> = Promise.resolve()

/**
 * All processes. One scan serves all who asked before it began, so that many guests cost no more than one.
 * @returns what was there at some moment after the call
 */
export function scanProcesses(): Promise<Scan> {
  next ??= last.then(() => {
    next = undefined
    const scan = scanBeside()
    last = scan.catch(() => undefined)
    return scan
  })
  return next
}

/** All that runs as a user, whatever it says that it is. */
export async function processesOf(user: number): Promise<readonly GuestProcess[]> {
  return processesIn(await scanProcesses(), user)
}

/** This process stays alive until the answer, and not for the thread. */
async function scanBeside(): Promise<Scan> {
  const asked = (thread ??= newThread())
  asked.ref()
  asked.postMessage(null)
  try {
    const [scan] = (await once(asked, 'message')) as [Scan]
    return scan
  } finally {
    asked.unref()
  }
}

/** One that dies is started anew by the next scan. */
function newThread(): Worker {
  const started = startThread(threadFile)
  started.on('error', () => (thread = undefined))
  return started
}
