/**
 * A Unix socket's path has at most 107 bytes, and libvirt makes sockets deep below its folders. Where our folder's own
 * path is too long for that, a symbolic link with a short path stands in for it. Only the link lies outside.
 */
import { createHash } from 'node:crypto'
import { lstat, mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** 107 less `/c/libvirt/qemu/channel/target/domain-99999-` + 20 characters of a name + `/org.qemu.guest_agent.0`. */
const maxBytes = 20
const linkName = 'd'

/**
 * `folder` itself where it is short enough, else the path of a link to it: below /run when we are root, else in a
 * temporary folder of ours, which is recorded in `recordFile` so that it is found again.
 */
export async function shortPathTo(folder: string, recordFile: string): Promise<string> {
  if (Buffer.byteLength(folder) <= maxBytes) return folder
  const name = `pv-${createHash('sha256').update(folder).digest('hex').slice(0, 10)}`
  const candidates = [process.getuid?.() === 0 ? join('/run', name) : undefined, await recordedIn(recordFile)]
  for (const candidate of candidates) {
    if (candidate !== undefined && (await isOurFolder(candidate))) return await linkIn(candidate, folder)
  }
  const fresh = await mkdtemp(join(tmpdir(), 'pv-'))
  await writeFile(recordFile, fresh)
  return await linkIn(fresh, folder)
}

/** Removes what `shortPathTo` made outside of the folder. */
export async function removeShortPath(path: string, folder: string): Promise<void> {
  if (path !== folder) await rm(join(path, '..'), { recursive: true, force: true })
}

async function recordedIn(recordFile: string): Promise<string | undefined> {
  return await readFile(recordFile, 'utf8').catch(() => undefined)
}

/** Makes the folder where it is missing; a folder of somebody else's is not used. */
async function isOurFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o711 })
    return true
  } catch {
    const found = await lstat(path).catch(() => undefined)
    return found?.isDirectory() === true && found.uid === process.getuid?.()
  }
}

async function linkIn(parent: string, folder: string): Promise<string> {
  const link = join(parent, linkName)
  if ((await readlink(link).catch(() => undefined)) !== folder) {
    await rm(link, { force: true })
    await symlink(folder, link)
  }
  return link
}
