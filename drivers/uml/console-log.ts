/**
 * The guest's console: console.log, and console.log.0 from before it grew too long. The guest holds the file open for
 * appending, so it is shortened in place.
 */
import { open, stat, truncate } from 'node:fs/promises'
import { writeWhole } from '../local/whole-file.ts'
import type { UmlHost } from './host.ts'
import { consoleLogPath } from './host.ts'
import { requireRecord } from './vm-record.ts'

const longestBytes = 1024 ** 2
const keptBytes = 512 * 1024

/** The last `maxBytes` bytes; empty when the guest wrote nothing yet. @throws DriverError NOT_FOUND */
export async function readConsoleLog(host: UmlHost, instanceId: string, maxBytes: number): Promise<Buffer> {
  await requireRecord(host, instanceId)
  const path = consoleLogPath(host, instanceId)
  const newest = await readTail(path, maxBytes)
  if (newest.length >= maxBytes) return newest
  return Buffer.concat([await readTail(`${path}.0`, maxBytes - newest.length), newest])
}

/** Lines written while it is shortened may be lost: a guest that writes a megabyte has others. */
export async function shortenConsoleLog(host: UmlHost, instanceId: string): Promise<void> {
  const path = consoleLogPath(host, instanceId)
  const found = await stat(path).catch(() => undefined)
  if (found === undefined || found.size <= longestBytes) return
  await writeWhole(`${path}.0`, await readTail(path, keptBytes), { mode: 0o600 })
  await truncate(path, 0)
}

/** Empty when there is no such file. */
export async function readTail(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (file === undefined) return Buffer.alloc(0)
  try {
    const { size } = await file.stat()
    const length = Math.min(maxBytes, size)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
