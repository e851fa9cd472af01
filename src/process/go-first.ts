/**
 * This process's event loop goes before what else wants the cores. A guest that computes wants all that there is, a hundred that begin want
 * them for half a minute, and meanwhile nobody could ask the API anything, nor would a host's agent be heard.
 */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { getPriority, setPriority } from 'node:os'
import { promisify } from 'node:util'

/** As `nice` counts: some ten times the share of a process that nobody gave anything. */
const nice = -10

export interface Precedence {
  /** The thread of the event loop. */
  readonly thread: boolean
  /** All that works in our session, among other sessions: where Linux shares the cores by session (`autogroup`) a thread counts only within it. */
  readonly session: boolean
}

/**
 * Best effort: it takes CAP_SYS_NICE. What somebody has chosen for this process stays as it is. Threads and processes that we start
 * have none of it, unless they stay in our session; guests do not.
 */
export async function goFirst(): Promise<Precedence> {
  return { thread: await raiseThread().catch(isNotAllowed), session: await raiseSession().catch(isNotAllowed) }
}

async function raiseThread(): Promise<boolean> {
  if (getPriority() !== 0) return false
  // First of all so that nothing inherits it: what computes for long, and all that starts guests.
  await promisify(execFile)('chrt', ['--reset-on-fork', '--other', '--pid', '0', `${process.pid}`])
  setPriority(nice) // on Linux, of the thread that calls
  return true
}

/** Only when the session is ours alone, as a supervisor starts a service: a shell's other work is not ours to prefer. */
async function raiseSession(): Promise<boolean> {
  const [, , , sessionId] = (await readFile('/proc/self/stat', 'latin1')).replace(/^.*\) /s, '').split(' ')
  if (Number(sessionId) !== process.pid) return false
  const path = '/proc/self/autogroup'
  if (!/ nice 0\s*$/.test(await readFile(path, 'latin1'))) return false
  await writeFile(path, `${nice}`)
  return true
}

function isNotAllowed(): false {
  return false
}
