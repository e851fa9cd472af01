/** The guest's serial console as libvirt's log daemon keeps it: console.log, and console.log.0 from before it grew too long. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { QemuHost } from './host.ts'
import { consoleLogPath } from './host.ts'
import { requireVm } from './vm-record.ts'

/** The last `maxBytes` bytes; empty when the guest wrote nothing yet. @throws DriverError NOT_FOUND */
export async function readConsoleLog(host: QemuHost, instanceId: string, maxBytes: number): Promise<Buffer> {
  const log = await readBothLogs(host, instanceId, maxBytes)
  // A guest that wrote nothing is told from one that is not there; what was written can be read without libvirt.
  if (log.length === 0) await requireVm(host, instanceId)
  return log
}

async function readBothLogs(host: QemuHost, instanceId: string, maxBytes: number): Promise<Buffer> {
  const path = consoleLogPath(host, instanceId)
  const newest = await readTail(path, maxBytes)
  if (newest.length >= maxBytes) return newest
  return Buffer.concat([await readTail(`${path}.0`, maxBytes - newest.length), newest])
}

/** The folder belongs to the guests' user: only a plain file is read, never what a link points to. */
async function readTail(path: string, maxBytes: number): Promise<Buffer> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await open(path, flags).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (file === undefined) return Buffer.alloc(0)
  try {
    const found = await file.stat()
    if (!found.isFile()) return Buffer.alloc(0)
    const length = Math.min(maxBytes, found.size)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, found.size - length)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
