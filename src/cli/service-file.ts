/**
 * What `serve` leaves in its data directory for the other commands: where it answers, and who it is.
 * The admin's password lies beside it; identity writes that one at the first start.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CliError, exitCodes } from './cli-error.ts'

export interface ServiceFile {
  readonly publicUrl: string
  readonly pid: number
  readonly region: string
  /** Holds the admin's first password. */
  readonly adminPasswordFile: string
  /** For a backup: where the rest lies that may be elsewhere. */
  readonly credentialKeyFile: string
  readonly imagesDir: string
  /** This folder, as it was called at the start. */
  readonly dataDir: string
}

export async function writeServiceFile(dataDir: string, service: ServiceFile): Promise<void> {
  const path = join(dataDir, 'service.json')
  await writeFile(`${path}.part`, `${JSON.stringify(service, null, 2)}\n`)
  await rename(`${path}.part`, path)
}

/** @throws CliError when no service was ever started with this data directory */
export async function readServiceFile(dataDir: string): Promise<ServiceFile> {
  const text = await readOrExplain(join(dataDir, 'service.json'), dataDir)
  return JSON.parse(text) as ServiceFile
}

/** @throws CliError when there is none, or when it may not be read */
export async function readAdminPassword(dataDir: string): Promise<string> {
  // An older service's file does not name it.
  const named = await readServiceFile(dataDir).catch((): Partial<ServiceFile> => ({}))
  const { adminPasswordFile = join(dataDir, 'admin-password') } = named
  return (await readOrExplain(adminPasswordFile, dataDir)).trim()
}

export function isRunning(service: ServiceFile): boolean {
  try {
    process.kill(service.pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function readOrExplain(path: string, dataDir: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT') {
      const advice = `start one with: polyvisor serve --data-dir ${dataDir} (or name another --data-dir)`
      throw new CliError(exitCodes.unreachable, `no service has been started in ${dataDir}; ${advice}`, { cause })
    }
    if (code === 'EACCES') {
      throw new CliError(exitCodes.denied, `${path} may be read only by the user who runs the service`, { cause })
    }
    throw cause
  }
}
