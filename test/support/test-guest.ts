/** Our own test guest's disk, built once by scripts/make-test-guest.sh. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const script = fileURLToPath(new URL('../../scripts/make-test-guest.sh', import.meta.url))

/** What the guest prints on its serial port when it is up. */
export const guestMarker = 'POLYVISOR-GUEST-UP'

/** @returns path of a raw disk of 16 MB, made in `folder` */
export async function makeTestGuest(folder: string): Promise<string> {
  const path = join(folder, 'test-guest.raw')
  await promisify(execFile)('sh', [script, path])
  return path
}
