/**
 * Reads what guests' users chose: never waits for them, never reads much, follows no link of theirs. Not on the event loop: to open a file
 * is to wait until nobody changes its folder, and who does may itself be waiting for a core.
 */
import { constants, open, type FileHandle } from 'node:fs/promises'

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants
/** A pid and a line feed, with room to spare. */
const pidBytes = 32

/**
 * The pid that a file in a guest's folder names.
 * @param folder only its last part may be the guest's choice
 * @returns empty when there is no such file, or something else in its place
 */
export async function readPidFile(folder: string, name: string): Promise<string> {
  try {
    await using opened = await open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    // By the folder that is open: its name may lead elsewhere by now.
    await using file = await open(`/proc/self/fd/${opened.fd}/${name}`, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    const found = await file.stat()
    if (!found.isFile() || found.size > pidBytes) return ''
    return /^([0-9]+)\s*$/.exec(await readStart(file))?.[1] ?? ''
  } catch {
    return ''
  }
}

async function readStart(file: FileHandle): Promise<string> {
  const bytes = Buffer.alloc(pidBytes)
  const { bytesRead } = await file.read(bytes, 0, pidBytes, 0)
  return bytes.toString('latin1', 0, bytesRead)
}
