/** The one node of this driver: the machine itself, under a UUID that it keeps for ever in its state folder. */
import { randomUUID } from 'node:crypto'
import { open, readFile, rename, statfs } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type { NodeInventory } from '../../src/driver/capabilities.ts'
import { isUuid } from '../../src/model/ids.ts'

const traits = [
  'COMPUTE_IMAGE_TYPE_QCOW2',
  'COMPUTE_IMAGE_TYPE_RAW',
  'COMPUTE_STORAGE_BUS_IDE',
  'COMPUTE_STORAGE_BUS_SATA',
  'COMPUTE_STORAGE_BUS_SCSI',
  'COMPUTE_STORAGE_BUS_USB',
  'COMPUTE_STORAGE_BUS_VIRTIO',
] as const

const kvmTrait = 'CUSTOM_KVM_PROVED'

export async function readOrMakeNodeId(stateDir: string): Promise<string> {
  const path = join(stateDir, 'node-id')
  const known = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (isUuid(known)) return known
  const fresh = randomUUID()
  const file = await open(`${path}.part`, 'w', 0o644)
  await file.writeFile(`${fresh}\n`)
  await file.sync()
  await file.close()
  await rename(`${path}.part`, path)
  return fresh
}

export async function readInventory(node: {
  readonly id: string
  readonly name: string
  readonly stateDir: string
  /** Whether KVM was proved. */
  readonly hasKvm: boolean
}): Promise<NodeInventory> {
  const storage = await statfs(node.stateDir)
  const processors = cpus()
  const model = processors[0]?.model
  return {
    id: node.id,
    name: node.name,
    vcpus: Math.max(1, processors.length),
    memoryMb: Math.floor(totalmem() / 1024 ** 2),
    diskGb: Math.floor((storage.blocks * storage.bsize) / 1024 ** 3),
    traits: node.hasKvm ? [...traits, kvmTrait] : traits,
    ...(model === undefined ? {} : { cpuModel: model }),
  }
}
