/** Copies of files that are mostly holes: shared where the file system can do that, else by cp, which is stopped at any moment. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What cp says of an error, and its code. */
const errorCodes = [
  ['No space left on device', 'ENOSPC'],
  ['Disk quota exceeded', 'EDQUOT'],
  ['Permission denied', 'EACCES'],
  ['Operation not permitted', 'EPERM'],
  ['Read-only file system', 'EROFS'],
] as const

const mostErrorText = 4096

/**
 * When it is stopped or fails, a part of the copy may be left, but nobody writes to it any more.
 * @throws the signal's reason, and errors with the file system's code where it has one
 */
export async function copySparsely(from: string, to: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const child = spawn('cp', ['--sparse=always', '--reflink=auto', '--', from, to], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(0, mostErrorText)))
  const stop = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', stop)
  try {
    await once(child, 'close')
  } finally {
    signal.removeEventListener('abort', stop)
  }
  signal.throwIfAborted()
  if (child.exitCode === 0) return
  const code = errorCodes.find(([text]) => said.includes(text))?.[1]
  throw Object.assign(new Error(`cp failed: ${said.trim()}`), code === undefined ? {} : { code })
}
