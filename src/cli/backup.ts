/** `polyvisor backup` and `polyvisor restore`: what people read about them; bin hands in the work itself. */
import { PolyvisorError } from '../model/errors.ts'
import { CliError, exitCodes } from './cli-error.ts'

/** What src/backup offers. */
export interface BackupWork {
  writeBackup(request: { readonly dataDir: string; readonly file: string; readonly version: string }): Promise<{
    readonly sizeBytes: number
    readonly imageCount: number
    readonly leftOut: readonly string[]
  }>
  restoreBackup(request: { readonly dataDir: string; readonly file: string }): Promise<{
    readonly createdAt: string
    readonly imageCount: number
    readonly moved: readonly string[]
  }>
}

export async function backUp(work: BackupWork, dataDir: string, file: string, version: string): Promise<void> {
  const { sizeBytes, imageCount, leftOut } = await explaining(file, () => work.writeBackup({ dataDir, file, version }))
  for (const id of leftOut) console.error(`polyvisor: image ${id} was deleted while the backup ran and is not in it`)
  console.log(
    `${file}: ${sizeBytes} bytes: database, ${imageCount} images, admin password; guests' disks are not in it`,
  )
}

export async function restore(work: BackupWork, dataDir: string, file: string): Promise<void> {
  const { createdAt, imageCount, moved } = await explaining(file, () => work.restoreBackup({ dataDir, file }))
  console.log(`${dataDir} is as of ${createdAt}, with ${imageCount} images; start it with the same settings as before:`)
  console.log(`  polyvisor serve --data-dir ${dataDir}`)
  if (moved.length === 0) return
  const names = moved.join(', ')
  console.log(
    `What the settings ${names} placed elsewhere lies in ${dataDir} now: move it back there, or leave them out.`,
  )
}

async function explaining<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PolyvisorError) throw new CliError(exitCodes.failed, error.message, { cause: error })
    const { code, path } = error as NodeJS.ErrnoException
    const text = {
      ENOENT: `${path ?? file} does not exist`,
      EACCES: `no permission for ${path ?? file}; run as the user who runs the service`,
      ENOSPC: `the disk is full; ${file} was not finished`,
      EROFS: `${path ?? file} cannot be written to`,
    }[code ?? '']
    throw text === undefined ? error : new CliError(exitCodes.failed, text, { cause: error })
  }
}
