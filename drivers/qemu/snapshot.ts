/**
 * A disk given away as a qcow2 file without anything below it. Of a guest that runs, QEMU itself copies the disk as it is at
 * one moment, into a file that we made; of one that is off, nobody has the disk open, and our own engine reads its chain. Either way
 * our engine writes what leaves the host. Owns the folder `snapshots`.
 */
import { chown, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeQcow2 } from '../../src/disk/formats/qcow2/overlay.ts'
import { parseQcow2Header } from '../../src/disk/formats/qcow2/structs.ts'
import { convertDisk, openFileSource, type ResolveReference } from '../../src/disk/index.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control, SnapshotAbility } from '../../src/driver/driver.ts'
import type { VmRef } from '../../src/driver/vm-spec.ts'
import { delay } from '../../src/util/delay.ts'
import { backupFlag, jobType, xmlFlag } from '../libvirt/constants.ts'
import { element, serializeXml } from '../libvirt/xml-element.ts'
import { diskIds, needsHandOver } from './disk-files.ts'
import { findDefinedDisk, type DefinedDisk } from './defined-disk.ts'
import type { QemuHost } from './host.ts'
import { diskPath } from './host.ts'
import { ignoreCodes } from './ignore-codes.ts'
import { refusal, throwIfCancelled, unsupported, wrongState } from '../local/refusals.ts'
import { streamSnapshot } from '../local/snapshot-stream.ts'
import type { Quiescence } from './quiesce.ts'
import { isActive, requireVm } from './vm-record.ts'

export const snapshotFormats = ['qcow2'] as const

const headerBytes = 112
const pollMs = 100
/** A copy that gets nowhere for so long is given up. */
const stallMs = 60_000

type Wanted = Parameters<SnapshotAbility['read']>[1]

export function readSnapshot(
  { host, quiescence }: { readonly host: QemuHost; readonly quiescence: Quiescence },
  { instanceId }: VmRef,
  { diskId, format }: Wanted,
  control: Control,
): AsyncGenerator<Buffer> {
  return streamSnapshot(host.snapshotsDir, control, async (folder) => {
    const { domain, mark } = await requireVm(host, instanceId)
    if (mark.state !== 'ready') throw wrongState('building')
    const path = diskPath(host, instanceId, diskId)
    if (!(await diskIds(host, instanceId)).includes(diskId)) throw noSuchDisk()
    if (format !== 'qcow2') throw unsupported(`A disk cannot be had as ${format} here.`)
    control.progress({ phase: 'snapshot' })
    throwIfCancelled(control)
    const xml = await host.connection.call('xml', { uuid: instanceId, flags: xmlFlag.inactive })
    const disk = findDefinedDisk(xml, path)
    if (disk === undefined) throw noSuchDisk()
    await mkdir(folder, { mode: 0o711 })
    const target = join(folder, 'image.qcow2')
    if (!isActive(domain)) {
      await convert(path, target, disk.backing, control)
      return target
    }
    const copy = join(folder, 'copy.qcow2')
    const quiesced: LiveCopy['quiesced'] = (begin) => quiescence.during(mark, control, begin)
    await copyLive(host, instanceId, { disk, path, copy, quiesced }, control)
    await convert(copy, target, undefined, control)
    await rm(copy)
    return target
  })
}

/** @param backing the only other file that may be read, whatever the disk itself says */
async function convert(
  source: string,
  target: string,
  backing: DefinedDisk['backing'],
  { signal }: Control,
): Promise<void> {
  const resolve: ResolveReference = async ({ names, format }) =>
    backing !== undefined && names.includes(backing.path) && format === backing.format
      ? openFileSource(backing.path)
      : undefined
  await convertDisk({
    source,
    format: 'qcow2',
    target,
    targetFormat: 'qcow2',
    isDurable: false,
    signal,
    ...(backing === undefined ? {} : { resolve }),
  })
}

interface LiveCopy {
  readonly disk: DefinedDisk
  readonly path: string
  readonly copy: string
  readonly quiesced: (begin: () => Promise<void>) => Promise<void>
}

async function copyLive(
  host: QemuHost,
  uuid: string,
  { disk, path, copy, quiesced }: LiveCopy,
  control: Control,
): Promise<void> {
  await endJob(host, uuid) // of one that a crash cut
  const sizeBytes = await sizeOf(path)
  await writeFile(copy, makeQcow2({ sizeBytes }), { flag: 'wx', mode: 0o600 })
  if (needsHandOver(host.guestUser)) await chown(copy, host.guestUser.uid, host.guestUser.gid)
  const xml = serializeXml(
    element(
      'domainbackup',
      { mode: 'push' },
      element(
        'disks',
        {},
        element(
          'disk',
          { name: disk.target, backup: 'yes', type: 'file' },
          element('driver', { type: 'qcow2' }),
          element('target', { file: copy }),
        ),
      ),
    ),
  )
  // What the copy holds is the disk as it is when the copy begins.
  await quiesced(() => host.connection.call('beginBackup', { uuid, xml, flags: backupFlag.reuseExternal }))
  try {
    await awaitJob(host, uuid, control)
    await untilLetGo(host, uuid)
  } catch (error) {
    await endJob(host, uuid).catch((left: unknown) => host.log.warn({ uuid, err: left }, 'a copy may still go on'))
    throw error
  }
  if ((await host.connection.call('lastJob', { uuid })) !== jobType.completed) {
    throw new DriverError('HYPERVISOR', 'The hypervisor could not copy the disk.', { effect: 'none' })
  }
}

/** Of a disk that QEMU works on: its header alone stays as it is. */
async function sizeOf(path: string): Promise<number> {
  await using file = await open(path, 'r')
  const header = Buffer.alloc(headerBytes)
  await file.read(header, 0, headerBytes, 0)
  return parseQcow2Header(header).virtualSizeBytes
}

async function awaitJob(host: QemuHost, uuid: string, control: Control): Promise<void> {
  let movedAt = performance.now()
  let last = -1
  for (;;) {
    throwIfCancelled(control)
    const { type, totalBytes, doneBytes } = await host.connection.call('job', { uuid })
    if (type === jobType.none) return
    if (doneBytes !== last) movedAt = performance.now()
    last = doneBytes
    if (performance.now() - movedAt > stallMs) {
      throw new DriverError('TIMEOUT', 'The copy of the disk makes no progress.', { effect: 'none', retry: 'later' })
    }
    control.progress({ phase: 'snapshot', doneBytes, totalBytes })
    await delay(pollMs, control.signal)
  }
}

/**
 * The job is over a moment before QEMU has written the last of the copy and closed it. Whoever wants to end a job waits for that,
 * and is told then that there is none.
 */
async function untilLetGo(host: QemuHost, uuid: string): Promise<void> {
  await ignoreCodes(['WRONG_STATE'], () => host.connection.call('abortJob', { uuid }))
}

async function endJob(host: QemuHost, uuid: string): Promise<void> {
  const isIdle = async (): Promise<boolean> => (await host.connection.call('job', { uuid })).type === jobType.none
  if (await isIdle()) return
  // WRONG_STATE: it has ended meanwhile.
  await ignoreCodes(['WRONG_STATE'], () => host.connection.call('abortJob', { uuid }))
  const deadline = performance.now() + stallMs
  while (!(await isIdle())) {
    if (performance.now() > deadline) throw new DriverError('BUSY', 'The hypervisor does not stop copying.')
    await delay(pollMs)
  }
}

function noSuchDisk(): DriverError {
  return refusal('NOT_FOUND', 'The virtual machine has no such disk.')
}
