/** Judges a spec before anything is made of it, so that a bad one has no effect at all. Pure. */
import { DriverError, type Capabilities, type DiskSpec, type VmSpec } from '../../src/driver/index.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const diskId = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/

/** @throws DriverError INVALID_SPEC or UNSUPPORTED, with effect `none` */
export function checkSpec(spec: VmSpec, nodeId: string, capabilities: Capabilities): void {
  const { instanceId, vcpus, memoryBytes, disks, imageProperties } = spec
  if (!uuid.test(instanceId)) throw invalid('The instance id is no UUID.')
  if (spec.nodeId !== nodeId) throw invalid('The virtual machine belongs to another host.')
  if (!isCount(vcpus) || !isCount(memoryBytes)) throw invalid('A virtual machine has vCPUs and memory.')
  if (new Set(disks.map(({ id }) => id)).size !== disks.length) throw invalid('Two disks have the same id.')
  for (const disk of disks) checkDisk(disk, capabilities)
  const { hw_architecture: architecture } = imageProperties
  if (architecture !== undefined && !capabilities.architectures.includes(architecture))
    throw unsupported(`Guests of the architecture ${architecture} do not run here.`)
}

function checkDisk({ id, sizeBytes, source }: DiskSpec, capabilities: Capabilities): void {
  if (!diskId.test(id)) throw invalid('A disk id has letters, digits and dashes only.')
  if (!isCount(sizeBytes)) throw invalid(`The disk ${id} has no size.`)
  if (source.kind === 'blank') return
  if (source.kind !== 'image') throw unsupported(`Disks of the kind ${source.kind} are not supported yet.`)
  if (!capabilities.disk.some(({ format }) => format === source.image.format))
    throw unsupported(`Images in the format ${source.image.format} must be converted first.`)
  if (sizeBytes < source.image.virtualSizeBytes) throw invalid(`The disk ${id} is smaller than its image.`)
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0
}

function invalid(text: string): DriverError {
  return new DriverError('INVALID_SPEC', text, { effect: 'none' })
}

function unsupported(text: string): DriverError {
  return new DriverError('UNSUPPORTED', text, { effect: 'none' })
}
