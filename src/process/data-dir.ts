/**
 * The data directory: one service at a time, guests' user may pass through it to its disks, and everything secret lies
 * in folders or files that only the service may read.
 */
import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PolyvisorError } from '../model/errors.ts'
import { randomText } from '../util/random-text.ts'

export interface DataDir {
  readonly path: string
  /** Database files: 0700. */
  readonly databaseDir: string
  readonly imagesDir: string
  /** What the agent and its drivers keep; passable, because guests run as another user. */
  readonly agentDir: string
  unlock(): void
}

/** @throws PolyvisorError when another service holds the directory */
export async function openDataDir(path: string): Promise<DataDir> {
  await mkdir(path, { recursive: true })
  await chmod(path, 0o711)
  const databaseDir = join(path, 'database')
  const imagesDir = join(path, 'images')
  const agentDir = agentDirOf(path)
  for (const [folder, mode] of [
    [databaseDir, 0o700],
    [imagesDir, 0o700],
    [agentDir, 0o711],
  ] as const) {
    await mkdir(folder, { recursive: true })
    await chmod(folder, mode)
  }
  const lock = takeLock(join(databaseDir, 'lock.db'), path)
  return { path, databaseDir, imagesDir, agentDir, unlock: () => lock.close() }
}

/** Where the agent keeps what is its own, in the data directory `path`. */
export function agentDirOf(path: string): string {
  return join(path, 'agent')
}

/** SQLite's own file lock: the kernel drops it with the process, however that ends. */
function takeLock(file: string, dataDir: string): DatabaseSync {
  const lock = new DatabaseSync(file)
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return lock
  } catch (cause) {
    lock.close()
    const message = `Another Polyvisor uses the data directory ${dataDir}; stop it first, or choose another with --data-dir.`
    throw new PolyvisorError('conflict', 'data-dir-in-use', message, { cause })
  }
}

/** Reads the secret in `file`, or makes one: a file of mode 0600 holding one line. Of processes that share it one makes it. */
export async function readOrMakeSecret(file: string): Promise<string> {
  const known = await readSecret(file)
  if (known !== undefined) return known
  const secret = randomText(24)
  const own = `${file}.${randomBytes(8).toString('hex')}`
  await writeFile(own, `${secret}\n`, { mode: 0o600 })
  try {
    // Unlike a rename, this never replaces what another process has made meanwhile.
    await link(own, file)
    return secret
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(own, { force: true })
  }
  const made = await readSecret(file)
  if (made !== undefined) return made
  // Empty: there, and no secret.
  await writeAtomically(file, `${secret}\n`)
  return secret
}

/** @returns undefined when there is no such file, or nothing in it */
export async function readSecret(file: string): Promise<string | undefined> {
  try {
    const secret = (await readFile(file, 'utf8')).trim()
    return secret === '' ? undefined : secret
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
}

/** Reads the UUID in `file`, or makes one that stays. */
export async function readOrMakeUuid(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const uuid = crypto.randomUUID()
  await writeAtomically(file, `${uuid}\n`)
  return uuid
}

async function writeAtomically(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text, { mode: 0o600 })
  await rename(`${file}.part`, file)
}
