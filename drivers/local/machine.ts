/** The machine itself as the one node of a driver, under a UUID that is kept for ever in the driver's state folder. */
import { randomUUID } from 'node:crypto'
import { readFile, statfs } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type { NodeInventory } from '../../src/driver/capabilities.ts'
import { isUuid } from '../../src/model/ids.ts'
import { writeWhole } from './whole-file.ts'

export async function readOrMakeNodeId(stateDir: string): Promise<string> {
  const path = join(stateDir, 'node-id')
  const known = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (isUuid(known)) return known
  const fresh = randomUUID()
  await writeWhole(path, `${fresh}\n`, { mode: 0o644 })
  return fresh
}

/** Processors, memory, and the file system that holds `stateDir`: all of it, whoever else uses it. */
export async function readMachine(stateDir: string): Promise<Omit<NodeInventory, 'id' | 'name' | 'traits'>> {
  const storage = await statfs(stateDir)
  const processors = cpus()
  const model = processors[0]?.model
  return {
    vcpus: Math.max(1, processors.length),
    memoryMb: Math.floor(totalmem() / 1024 ** 2),
    diskGb: Math.floor((storage.blocks * storage.bsize) / 1024 ** 3),
    ...(model === undefined ? {} : { cpuModel: model }),
    ...(await bootTime()),
  }
}

/** As the kernel counts it: `uptime` would give another moment each time it is asked. */
async function bootTime(): Promise<Pick<NodeInventory, 'bootedAtMs'>> {
  const seconds = /^btime (\d+)$/m.exec(await readFile('/proc/stat', 'utf8').catch(() => ''))?.[1]
  return seconds === undefined ? {} : { bootedAtMs: Number(seconds) * 1000 }
}
