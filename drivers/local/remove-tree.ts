/** Removes a folder in which somebody else may write meanwhile. */
import { lstat } from 'node:fs/promises'
import { runProgram } from './programs.ts'

/**
 * Harmless when it is not there. Node's own `rm` goes by names, which a guest's user could lead elsewhere between its looks; the
 * system's goes by descriptors and follows no link. @throws Error
 */
export async function removeTree(path: string): Promise<void> {
  // Most often there is nothing to remove.
  if (!(await isThere(path))) return
  await runProgram('/bin/rm', ['-rf', '--one-file-system', '--', path], { cwd: '/' })
}

async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    (error: unknown) => (error as NodeJS.ErrnoException).code !== 'ENOENT',
  )
}
