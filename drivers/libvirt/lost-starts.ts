/**
 * Starts that a libvirtd died in, and that its successor can neither end nor forget (seen with libvirt 9.0). Of a guest that came in a
 * migration its status stays, without a process (`pid='0'`): "cannot acquire state change lock" for ever. Of any guest its emulator
 * may stay, which nobody knows.
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
    const told = await readStatus(status)
    if (told === 'other') continue
    const emulator = await findProcess({ pidFile, uid, runs: (argv) => argv.some((word) => isGuest(word, name)) })
    if (told === 'absent' && emulator === undefined) continue
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

/** @returns other: also of one that cannot be read, which is libvirt's matter */
async function readStatus(status: string): Promise<'absent' | 'without-process' | 'other'> {
  try {
    const file = await open(status, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      const hasNoProcess = /<domstatus [^>]*\bpid='0'/.test(buffer.toString('latin1', 0, bytesRead))
      return hasNoProcess ? 'without-process' : 'other'
    } finally {
      await file.close()
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'other'
  }
}
