/** The one node of this driver: the machine itself. */
import type { NodeInventory } from '../../src/driver/capabilities.ts'
import { readMachine } from '../local/machine.ts'

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

export async function readInventory(node: {
  readonly id: string
  readonly name: string
  readonly stateDir: string
  /** Whether KVM was proved. */
  readonly hasKvm: boolean
}): Promise<NodeInventory> {
  const { id, name, stateDir, hasKvm } = node
  return { id, name, ...(await readMachine(stateDir)), traits: hasKvm ? [...traits, kvmTrait] : traits }
}
