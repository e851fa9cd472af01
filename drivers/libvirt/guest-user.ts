/** The unprivileged user as whom our own libvirtd and its guests run, and what that user can reach. Owns no state. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface GuestUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const preferredUsers = ['libvirt-qemu', 'nobody'] as const

/**
 * Whom guests run as. As root: the user that was asked for, else the first of the preferred ones that exists; otherwise ourselves.
 * @throws Error for the operator when there is no such user
 */
export async function chooseGuestUser(wanted: string | undefined): Promise<GuestUser> {
  const ownUid = process.getuid?.() ?? 0
  const users = await readUsers()
  if (ownUid !== 0) {
    const self = users.find((user) => user.uid === ownUid)
    return self ?? { name: String(ownUid), uid: ownUid, gid: process.getgid?.() ?? ownUid }
  }
  const names = wanted === undefined ? preferredUsers : [wanted]
  for (const name of names) {
    const found = users.find((user) => user.name === name)
    if (found !== undefined) return found
  }
  throw new Error(`there is no user ${names.join(' or ')} to run guests as; create it, or name another one as \`user\``)
}

async function readUsers(): Promise<readonly GuestUser[]> {
  const text = await readFile('/etc/passwd', 'utf8')
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name === undefined || uid === undefined || gid === undefined
      ? []
      : [{ name, uid: Number(uid), gid: Number(gid) }]
  })
}

/** uid and gid for child_process, where they differ from ours. */
export function asUser(user: GuestUser): { readonly uid?: number; readonly gid?: number } {
  return process.getuid?.() === user.uid ? {} : { uid: user.uid, gid: user.gid }
}

/**
 * Checks, as that user, that a folder can be entered from the root down.
 * @throws Error for the operator, naming the folder that is closed and what to do
 */
export async function assertCanEnter(user: GuestUser, folder: string): Promise<void> {
  const script = 'for folder; do [ -x "$folder" ] || { printf %s "$folder"; exit 9; }; done'
  try {
    await run('/bin/sh', ['-c', script, 'sh', ...ancestors(folder)], { ...asUser(user), cwd: '/' })
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: string }
    if (code !== 9) throw error
    throw new Error(
      `guests run as the user ${user.name}, who may not enter ${stdout}; run: chmod o+x ${stdout}, or choose another data directory`,
      { cause: error },
    )
  }
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [...ancestors(parent), folder]
}
