/** From a VmSpec to everything that the driver will make: checked first, so that a bad spec has no effect at all. Pure. */
import { DiskError } from '../../src/disk/disk-error.ts'
import { makeIso } from '../../src/disk/iso9660/make-iso.ts'
import { configDriveContent } from '../../src/driver/config-drive.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import { hashSpec } from '../../src/driver/hash-spec.ts'
import type { DiskSpec, ImageRef, VmSpec } from '../../src/driver/vm-spec.ts'
import { isUuid } from '../../src/model/ids.ts'
import { baseName } from './disk-bases.ts'
import { kernelArgsOf } from './kernel-args.ts'
import type { DiskRecord } from './vm-record.ts'

export interface PlannedDisk extends DiskRecord {
  /** As the guest sees it; a multiple of 4096. */
  readonly sizeBytes: number
  readonly image: ImageRef | undefined
  /** The bytes of a config drive. */
  readonly iso: Buffer | undefined
}

export interface VmPlan {
  readonly specHash: string
  readonly disks: readonly PlannedDisk[]
  readonly kernelArgs: readonly string[]
}

const diskIdPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/
/** `ubda` to `ubdp`. */
const mostDisks = 16
const alignBytes = 4096
/** Below that the kernel does not come up. */
const leastMemoryBytes = 24 * 1024 ** 2

/** @throws DriverError INVALID_SPEC or UNSUPPORTED, with effect `none` */
export function planVm(spec: VmSpec, nodeId: string): VmPlan {
  if (!isUuid(spec.instanceId)) throw invalid('The instance id is not a UUID.')
  if (spec.nodeId !== nodeId) throw invalid('The virtual machine belongs to another node.')
  if (!Number.isInteger(spec.vcpus) || spec.vcpus < 1) throw invalid('A virtual machine has at least 1 vCPU.')
  if (!Number.isSafeInteger(spec.memoryBytes) || spec.memoryBytes < leastMemoryBytes)
    throw invalid(`A virtual machine has at least ${leastMemoryBytes / 1024 ** 2} MiB of memory.`)
  assertHardware(spec.imageProperties)
  if (spec.nics.length > 0) throw unsupported('Networks are not supported yet.')
  return { specHash: hashSpec(spec), disks: planDisks(spec.disks), kernelArgs: kernelArgsOf(spec.imageProperties) }
}

function assertHardware(properties: VmSpec['imageProperties']): void {
  const architecture = properties['hw_architecture'] ?? properties['architecture'] ?? 'x86_64'
  if (architecture !== 'x86_64') throw unsupported(`Guests of the architecture ${architecture} do not run here.`)
  if (!['uml', undefined].includes(properties['hw_vm_mode'] ?? properties['vm_mode']))
    throw unsupported('Only the VM mode uml is supported.')
}

function planDisks(disks: readonly DiskSpec[]): PlannedDisk[] {
  if (disks.length > mostDisks) throw invalid(`A virtual machine has at most ${mostDisks} disks.`)
  if (new Set(disks.map(({ id }) => id)).size !== disks.length) throw invalid('Two disks have the same id.')
  // The kernel's parameters say which of them holds the root file system: the first.
  return [...disks].sort((a, b) => (a.bootIndex ?? Infinity) - (b.bootIndex ?? Infinity)).map(planDisk)
}

function planDisk(disk: DiskSpec): PlannedDisk {
  if (!diskIdPattern.test(disk.id)) throw invalid('A disk id has 1 to 64 letters, digits and dashes.')
  if (!Number.isSafeInteger(disk.sizeBytes) || disk.sizeBytes <= 0)
    throw invalid(`The size of disk ${disk.id} is not a positive number.`)
  const image = imageOf(disk)
  if (image !== undefined && image.virtualSizeBytes > disk.sizeBytes)
    throw invalid(`Disk ${disk.id} is smaller than its image.`)
  const iso = isoOf(disk)
  const kind = image !== undefined ? 'cow' : iso !== undefined ? 'iso' : 'raw'
  const sizeBytes = Math.ceil(disk.sizeBytes / alignBytes) * alignBytes
  const readOnly = disk.readOnly === true || kind === 'iso'
  const base = image === undefined ? null : baseName(image, sizeBytes)
  return { id: disk.id, file: `${disk.id}.${kind}`, kind, readOnly, base, sizeBytes, image, iso }
}

function imageOf(disk: DiskSpec): ImageRef | undefined {
  const { source } = disk
  if (source.kind === 'blank' || source.kind === 'config-drive') return undefined
  if (source.kind !== 'image') throw unsupported(`Disks of the kind ${source.kind} are not supported yet.`)
  const { format, sha256 } = source.image
  if (format !== 'qcow2' && format !== 'raw')
    throw unsupported(`Images in the format ${format} must be converted first.`)
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw invalid(`The image of disk ${disk.id} has no sha256.`)
  return source.image
}

function isoOf(disk: DiskSpec): Buffer | undefined {
  const drive = configDriveContent(disk)
  if (drive === undefined) return undefined
  try {
    const iso = makeIso({ ...drive, madeAt: new Date() })
    if (iso.length > disk.sizeBytes) throw invalid('The config drive is larger than it may be.')
    return iso
  } catch (error) {
    if (error instanceof DiskError) throw invalid(error.message)
    throw error
  }
}

function invalid(text: string): DriverError {
  return new DriverError('INVALID_SPEC', text, { effect: 'none' })
}
function unsupported(text: string): DriverError {
  return new DriverError('UNSUPPORTED', text, { effect: 'none' })
}
