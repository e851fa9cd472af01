/**
 * Names of files that are being written: hidden, beside their target. Who writes stands in the name, so that what a killed
 * process left is known for what it is, and the next conversion to the same target takes it away.
 */
import { createHash, randomBytes } from 'node:crypto'
import { readdir, readlink, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** Where a process id means something: this machine, and on it this container. */
async function makePlace(): Promise<string> {
  const pidSpace = await readlink('/proc/self/ns/pid').catch(() => '')
  return createHash('sha256').update(`${hostname()} ${pidSpace}`).digest('hex').slice(0, 8)
}

/** A new name for what will become `path`. */
export async function makeTemporaryPath(path: string): Promise<string> {
  const random = randomBytes(6).toString('hex')
  return join(dirname(path), `.${basename(path)}.${await makePlace()}-${process.pid}-${random}.part`)
}

/** Removes what processes that are no more left of earlier tries to write `path`. Never throws. */
export async function removeLeftovers(path: string): Promise<void> {
  const prefix = `.${basename(path)}.${await makePlace()}-`
  const names = await readdir(dirname(path)).catch(() => [])
  for (const name of names) {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)-[0-9a-f]{12}\.part$/.exec(name.slice(prefix.length)) ?? []) : []
    if (pid !== undefined && !isAlive(Number(pid)))
      await rm(join(dirname(path), name), { force: true }).catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
