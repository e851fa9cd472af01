/** Finding a daemon of ours again by its pid file, and ending it. A pid file may be stale: the process must prove itself. */
import { constants } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises' // unlike util/delay, it keeps us alive

export interface DaemonProcess {
  readonly pid: number
}

const endPatienceMs = 5_000
const pollMs = 20

/** The process that a pid file names, if it runs, is the wanted one by its arguments, and belongs to that user. */
export async function findProcess(wanted: {
  readonly pidFile: string
  readonly uid: number
  readonly runs: (argv: readonly string[]) => boolean
}): Promise<DaemonProcess | undefined> {
  const pid = Number.parseInt(await readPidFile(wanted.pidFile), 10)
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined
  try {
    const owner = (await stat(`/proc/${pid}`)).uid
    const argv = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
    return owner === wanted.uid && wanted.runs(argv) ? { pid } : undefined
  } catch {
    return undefined
  }
}

/** By the program alone, wherever it lies. */
export function isCommand(command: string): (argv: readonly string[]) => boolean {
  return ([program = '']) => basename(program) === command
}

async function readPidFile(path: string): Promise<string> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(32), 0, 32, 0)
      return buffer.toString('latin1', 0, bytesRead)
    } finally {
      await file.close()
    }
  } catch {
    return ''
  }
}

/** Asks a process to end, then makes it; resolves when it is gone. */
export async function endProcess({ pid }: DaemonProcess): Promise<void> {
  kill(pid, 'SIGTERM')
  const deadline = performance.now() + endPatienceMs
  while (await isRunning(pid)) {
    if (performance.now() > deadline) kill(pid, 'SIGKILL')
    await delay(pollMs)
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone already.
  }
}

/** A zombie counts as ended: its parent may be slow to notice. */
async function isRunning(pid: number): Promise<boolean> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'latin1')
    return !/^\d+ \(.*\) [ZX]/.test(text)
  } catch {
    return false
  }
}
