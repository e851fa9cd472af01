/**
 * What a libvirtd leaves that died while it started a guest, which its successor can neither end nor forget: of a guest that was coming
 * in a migration a status without a process (`pid='0'`, "cannot acquire state change lock" for ever), and an emulator that nobody
 * knows. Seen with libvirt 9.0.
 */
import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { endProcess, findProcess } from './daemon-process.ts'

/** The status stands in the first lines. */
const headBytes = 4096

/**
 * To be called while no libvirtd runs.
 * @param folder of libvirt's status files
 * @param uid whose emulators are
 * @param remove removes files as that user, in whose folder they lie
 * @returns names of the domains
 */
export async function clearLostStarts(
  folder: string,
  uid: number,
  remove: (files: readonly string[]) => Promise<void>,
): Promise<string[]> {
  const cleared: string[] = []
  for (const name of await domainsIn(folder)) {
    const [status, pidFile] = [join(folder, `${name}.xml`), join(folder, `${name}.pid`)]
    const hasProcess = await tellsOfProcess(status)
    if (hasProcess === true) continue
    const emulator = await findProcess({ pidFile, uid, runs: (argv) => argv.some((word) => isGuest(word, name)) })
    if (hasProcess === undefined && emulator === undefined) continue
    if (emulator !== undefined) await endProcess(emulator)
    await remove([status, pidFile])
    cleared.push(name)
  }
  return cleared
}

async function domainsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  const names = entries.map((entry) => /^(.+)\.(?:xml|pid)$/.exec(entry)?.[1])
  return [...new Set(names.filter((name) => name !== undefined))]
}

/** As libvirt's `-name` gives it to QEMU. */
function isGuest(word: string, name: string): boolean {
  return word === `guest=${name}` || word.startsWith(`guest=${name},`)
}

/** @returns undefined without a status. One that cannot be read is libvirt's matter. */
async function tellsOfProcess(status: string): Promise<boolean | undefined> {
  try {
    const file = await open(status, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      return !/<domstatus [^>]*\bpid='0'/.test(buffer.toString('latin1', 0, bytesRead))
    } finally {
      await file.close()
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : true
  }
}
