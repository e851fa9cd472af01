/** A spec is judged before anything is made of it, so that a bad one has no effect at all. Pure. */
import { DiskError } from '../../src/disk/disk-error.ts'
import { makeIso } from '../../src/disk/iso9660/make-iso.ts'
import {
  configDriveContent,
  DriverError,
  type Capabilities,
  type DiskSpec,
  type VmSpec,
} from '../../src/driver/index.ts'
import { isUuid } from '../../src/model/ids.ts'

const diskId = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/

/** @throws DriverError INVALID_SPEC or UNSUPPORTED, with effect `none` */
export function assertPossible(
  spec: VmSpec,
  host: { readonly isNode: (id: string) => boolean; readonly capabilities: Capabilities },
): void {
  const { vcpus, memoryBytes, disks, imageProperties } = spec
  if (!isUuid(spec.instanceId)) throw invalid('The instance id is not a UUID.')
  if (!host.isNode(spec.nodeId)) throw invalid('The virtual machine belongs to another host.')
  if (!isCount(vcpus) || !isCount(memoryBytes)) throw invalid('A virtual machine has vCPUs and memory.')
  if (new Set(disks.map(({ id }) => id)).size !== disks.length) throw invalid('Two disks have the same id.')
  for (const disk of disks) {
    if (!diskId.test(disk.id)) throw invalid('A disk id has letters, digits and dashes only.')
    if (!isCount(disk.sizeBytes)) throw invalid(`The disk ${disk.id} has no size.`)
    assertConfigDrive(disk)
    if (disk.source.kind === 'image' && disk.sizeBytes < disk.source.image.virtualSizeBytes)
      throw invalid(`The disk ${disk.id} is smaller than its image.`)
  }
  const architecture = imageProperties['hw_architecture']
  if (architecture !== undefined && !host.capabilities.architectures.includes(architecture))
    throw new DriverError('UNSUPPORTED', `Guests of the architecture ${architecture} do not run here.`, {
      effect: 'none',
    })
}

/** Made as a real one is, and thrown away: what no CD-ROM can hold is refused here too. */
function assertConfigDrive(disk: DiskSpec): void {
  const drive = configDriveContent(disk)
  if (drive === undefined) return
  try {
    const { length } = makeIso({ ...drive, madeAt: new Date(0) })
    if (length > disk.sizeBytes) throw invalid('The config drive is larger than it may be.')
  } catch (error) {
    if (error instanceof DiskError) throw invalid(error.message)
    throw error
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0
}

function invalid(text: string): DriverError {
  return new DriverError('INVALID_SPEC', text, { effect: 'none' })
}
