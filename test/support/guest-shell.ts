/** The shell on a test guest's serial console: typed at through the pty that libvirt names, read through the API. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import type { QemuObserver } from './qemu-observer.ts'
import { readConsole } from './servers.ts'

/**
 * Types a command until its answer stands in the console log: QEMU sees once a second whether somebody is at the pty.
 * @param answer must not stand in the command itself, which is echoed
 */
export async function typeAt(
  guest: { readonly client: ApiClient; readonly observer: QemuObserver; readonly id: string },
  command: string,
  answer: string,
): Promise<void> {
  const pty = await guest.observer.virsh('ttyconsole', guest.id)
  const terminal = await open(pty, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  try {
    await waitUntil(
      `${answer} on the console`,
      async () => {
        if ((await readConsole(guest.client, guest.id)).includes(answer)) return true
        await terminal.write(`${command}\r`)
        return undefined
      },
      { timeoutMs: 60_000, everyMs: 700 },
    )
  } finally {
    await terminal.close()
  }
}
