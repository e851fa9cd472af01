import { DiskError } from '../../disk/disk-error.ts'
import type { ExitCode } from '../cli-error.ts'
import { CliError, exitCodes } from '../cli-error.ts'

/** Runs `work`; what a user can cause becomes one line that says which file it is about. */
export async function explainDiskErrors<T>(
  file: string,
  work: () => Promise<T>,
  exitCode: ExitCode = exitCodes.failed,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explained(file, error, exitCode)
  }
}

function explained(file: string, error: unknown, exitCode: ExitCode): unknown {
  if (error instanceof DiskError) {
    const code = error.code === 'bad-option' && exitCode === exitCodes.failed ? exitCodes.usage : exitCode
    return new CliError(code, `${file}: ${error.message} (${error.code})`, { cause: error })
  }
  if (error instanceof Error && error.name === 'AbortError')
    return new CliError(exitCode, 'stopped; nothing is left of it')
  const { code, path = file } = error as NodeJS.ErrnoException
  const text = {
    ENOENT: `${path} does not exist`,
    EACCES: `no permission for ${path}`,
    EISDIR: `${path} is a folder`,
    ENOSPC: `the disk is full; ${path} was not finished`,
    EFBIG: `the file system allows no file as large as ${path} would be`,
    EROFS: `${path} cannot be written to`,
    EPIPE: 'the reader of the output has gone',
  }[code ?? '']
  return text === undefined ? error : new CliError(exitCode, text, { cause: error })
}
