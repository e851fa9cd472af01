/**
 * What of a guest's drives libvirt does not see to. Config drives: it copies no CD-ROMs, and nobody can make one anew. The source
 * sends `drive ID LENGTH` and the bytes; the destination answers `ok` once it has the file. Drives that both hosts see: the source
 * offers `set NAME NODE`; the destination answers `ok` once they are the guest's there too, or `no` where it does not see them.
 */
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import type { Duplex } from 'node:stream'
import { xmlFlag } from '../libvirt/constants.ts'
import { findDefinedDisk } from './defined-disk.ts'
import { makeFile } from './disk-files.ts'
import { driveSetOf, joinDriveSet, nameOfSet, readOwner } from './drive-set.ts'
import { instanceDir, isoPath, type QemuHost } from './host.ts'
import { findVm, isActive } from './vm-record.ts'

const mostBytes = 16 * 1024 ** 2
const accepted = 'ok'
const refused = 'no'
const answerMs = 30_000

/** At the source. @param dial to the destination, for one drive each */
export async function sendDrives(
  host: QemuHost,
  uuid: string,
  dial: (firstLine: string) => Promise<Duplex>,
): Promise<void> {
  for (const name of await readdir(instanceDir(host, uuid))) {
    const id = /^([\w.-]+)\.iso$/.exec(name)?.[1]
    if (id === undefined) continue
    const content = await readFile(isoPath(host, uuid, id))
    const socket = await dial(`drive ${id} ${content.length}`)
    try {
      socket.end(content)
      const answer = await readAll(socket, accepted.length)
      if (answer.toString('latin1') !== accepted) throw new Error(`the destination did not take the drive ${id}`)
    } finally {
      socket.destroy()
    }
  }
}

/**
 * At the source, of a guest that has a set. Neither host takes the other's word that they share a storage: the destination looks for
 * this very set, and what it writes in it is looked for here.
 * @returns whether the drives stay where they are. @throws Error when the destination has them and this host does not see so
 */
export async function offerSet(
  { nodeId }: Pick<QemuHost, 'nodeId'>,
  folder: string,
  there: string,
  dial: (firstLine: string) => Promise<Duplex>,
): Promise<boolean> {
  const socket = await dial(`set ${nameOfSet(folder)} ${nodeId}`)
  try {
    socket.end()
    const answer = (await readAll(socket, accepted.length)).toString('latin1')
    if (answer === refused) return false
    const owner = await readOwner(folder)
    if (answer !== accepted || owner?.node !== nodeId || owner.next !== there)
      throw new Error('the destination did not take the drives in place')
    return true
  } finally {
    socket.destroy()
  }
}

/** At the destination, as `takeDrive`. One that has come keeps the drives that it came with. */
export async function takeSet(
  host: QemuHost,
  uuid: string,
  [name = '', node = '']: readonly string[],
  socket: Duplex,
): Promise<void> {
  const found = await findVm(host, uuid)
  if (found.kind !== 'ours' || found.mark.state === 'removing') throw new Error('no guest is to come')
  const folder = await driveSetOf(host, uuid)
  const isSame = folder !== undefined && nameOfSet(folder) === name
  const mayJoin = isSame || (found.mark.state === 'building' && !isActive(found.domain))
  socket.end(mayJoin && (await joinDriveSet(host, uuid, { name, node })) ? accepted : refused)
}

/** At the destination, for a guest that is to come. @param words of the first line, without `drive` */
export async function takeDrive(
  host: QemuHost,
  uuid: string,
  [id, length]: readonly string[],
  socket: Duplex,
): Promise<void> {
  const bytes = Number(length)
  if (id === undefined || !Number.isInteger(bytes) || bytes < 0 || bytes > mostBytes) throw new Error('no such drive')
  const found = await findVm(host, uuid)
  if (found.kind !== 'ours' || found.mark.state !== 'building') throw new Error('no guest is to come')
  const path = isoPath(host, uuid, id)
  const xml = await host.connection.call('xml', { uuid, flags: xmlFlag.inactive })
  if (findDefinedDisk(xml, path) === undefined) throw new Error('the guest has no such drive')
  const content = await readAll(socket, bytes)
  if (content.length !== bytes) throw new Error('a drive came in part')
  await makeFile(host, path, content)
  socket.end(accepted)
}

/** Until it ends. @throws Error when more comes, or nothing does for long */
async function readAll(socket: Duplex, mostLength: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  const stop = (): void => void socket.destroy(new Error('the other side fell silent'))
  let tooLate = setTimeout(stop, answerMs)
  socket.on('data', (chunk: Buffer) => {
    clearTimeout(tooLate)
    tooLate = setTimeout(stop, answerMs)
    chunks.push(chunk)
    length += chunk.length
    if (length > mostLength) socket.destroy(new Error('more came than was said'))
  })
  try {
    await once(socket, 'end')
    return Buffer.concat(chunks)
  } finally {
    clearTimeout(tooLate)
  }
}
