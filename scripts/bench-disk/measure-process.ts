import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface ProcessFigures {
  readonly seconds: number
  /** Of the process and all that it started. */
  readonly cpuSeconds: number
  readonly peakMb: number
  readonly stdout: string
}

/** Runs a command to its end under GNU time (Debian: time). @throws when it fails */
export async function measureProcess(command: string, args: readonly string[]): Promise<ProcessFigures> {
  const startMs = performance.now()
  const { stdout, stderr } = await run('/usr/bin/time', ['-q', '-f', '%U %S %M', command, ...args])
  const seconds = (performance.now() - startMs) / 1000
  const [user = 0, system = 0, peakKib = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  return { seconds, cpuSeconds: user + system, peakMb: Math.round(peakKib / 1024), stdout }
}
