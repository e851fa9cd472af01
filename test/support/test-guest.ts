/** Our own test guests' disks, built by scripts/make-test-guest.sh (once) and scripts/make-uml-guest.sh. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const script = (name: string): string => fileURLToPath(new URL(`../../scripts/${name}`, import.meta.url))

/** What the guests print on their serial ports when they are up. */
export const guestMarker = 'POLYVISOR-GUEST-UP'

/** @returns path of a raw disk of 16 MB, made in `folder` */
export async function makeTestGuest(folder: string): Promise<string> {
  const path = join(folder, 'test-guest.raw')
  await run('sh', [script('make-test-guest.sh'), path])
  return path
}

/** @returns path of a raw disk of 28 MB with Debian's guest agent in it, made in `folder` */
export async function makeAgentGuest(folder: string): Promise<string> {
  const path = join(folder, 'agent-guest.raw')
  await run('sh', [script('make-test-guest.sh'), path, 'agent'])
  return path
}

/** @returns path of a raw root file system of 4 MB for User-Mode Linux, made in `folder` */
export async function makeUmlGuest(folder: string): Promise<string> {
  const path = join(folder, 'uml-guest.raw')
  await run('sh', [script('make-uml-guest.sh'), path])
  return path
}
