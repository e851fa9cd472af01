/** The guests that the demo boots: one on each hypervisor that runs on any machine. */
import type { ServerView } from '../../test/support/servers.ts'
import { makeTestGuest, makeUmlGuest } from '../../test/support/test-guest.ts'

export interface DemoGuest {
  /** The driver whose host takes it. */
  readonly driver: string
  readonly name: string
  readonly imageName: string
  /** Of the image: they alone decide where the guest goes. */
  readonly properties: Readonly<Record<string, string>>
  /** The beginning of the last line that it says of itself. */
  readonly lastLine: string
  /** @returns path of a raw disk, made in `folder` */
  makeDisk(folder: string): Promise<string>
}

export const demoGuests: readonly DemoGuest[] = [
  {
    driver: 'qemu',
    name: 'demo',
    imageName: 'polyvisor-test-guest',
    properties: {},
    // The same as the server's.
    lastLine: 'POLYVISOR-GUEST-UUID',
    makeDisk: makeTestGuest,
  },
  {
    driver: 'uml',
    name: 'demo-uml',
    imageName: 'polyvisor-test-guest-uml',
    properties: { hw_vm_mode: 'uml' },
    // None: a guest's root sees nothing of the machine that it runs on.
    lastLine: 'POLYVISOR-GUEST-HOST-FILES',
    makeDisk: makeUmlGuest,
  },
]

export interface ShownGuest {
  readonly guest: DemoGuest
  readonly server: ServerView
  /** What is on its console. */
  readonly output: string
}

const columnWidth = 62

/** @returns what the guests say, side by side */
export function besideEachOther(shown: readonly ShownGuest[]): string {
  const columns = shown.map(({ guest, server, output }) => [
    `${guest.name} on ${server['OS-EXT-SRV-ATTR:hypervisor_hostname'] ?? 'a host'} (${guest.driver})`,
    ...output.split(/\r?\n/).filter((line) => line.startsWith('POLYVISOR-')),
  ])
  const height = Math.max(...columns.map(({ length }) => length))
  return Array.from({ length: height }, (_, row) =>
    `    ${columns.map((column) => (column[row] ?? '').padEnd(columnWidth)).join('')}`.trimEnd(),
  ).join('\n')
}
