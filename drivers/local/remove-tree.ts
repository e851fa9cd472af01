/** Removes a folder in which somebody else may write meanwhile. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Harmless when it is not there. Node's own `rm` goes by names, which a guest's user could lead elsewhere between its looks; the
 * system's goes by descriptors and follows no link. @throws Error
 */
export async function removeTree(path: string): Promise<void> {
  await run('/bin/rm', ['-rf', '--one-file-system', '--', path], { cwd: '/' })
}
