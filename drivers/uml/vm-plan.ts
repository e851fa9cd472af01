/** From a VmSpec to everything that the driver will make: checked first, so that a bad spec has no effect at all. Pure. */
import { hashSpec } from '../../src/driver/hash-spec.ts'
import type { DiskSpec, ImageRef, VmSpec } from '../../src/driver/vm-spec.ts'
import { isUuid } from '../../src/model/ids.ts'
import { assertDisks, readDisk } from '../local/disk-rules.ts'
import { invalidSpec, unsupported } from '../local/refusals.ts'
import { baseName } from './disk-bases.ts'
import { mostDisks } from './disk-units.ts'
import { kernelArgsOf } from './kernel-args.ts'
import { mostNics } from './nic-units.ts'
import type { DiskRecord, PlacedNic } from './vm-record.ts'
import { diskFile } from './vm-record.ts'

export interface PlannedDisk extends DiskRecord {
  /** As the guest sees it; a multiple of 4096. */
  readonly sizeBytes: number
  readonly image: ImageRef | undefined
  /** The bytes of a config drive. */
  readonly iso: Buffer | undefined
}

export type PlannedNic = Omit<PlacedNic, 'unit'>

export interface VmPlan {
  readonly specHash: string
  readonly disks: readonly PlannedDisk[]
  readonly nics: readonly PlannedNic[]
  readonly kernelArgs: readonly string[]
}

const alignBytes = 4096
/** Of one card: not of a group of them. */
const macPattern = /^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$/
/** With less the kernel runs out of memory while it boots: with 32 MiB, one time in 25. */
const leastMemoryBytes = 48 * 1024 ** 2

/** @throws DriverError INVALID_SPEC or UNSUPPORTED, with effect `none` */
export function planVm(spec: VmSpec, nodeId: string): VmPlan {
  if (!isUuid(spec.instanceId)) throw invalidSpec('The instance id is not a UUID.')
  if (spec.nodeId !== nodeId) throw invalidSpec('The virtual machine belongs to another node.')
  if (!Number.isInteger(spec.vcpus) || spec.vcpus < 1) throw invalidSpec('A virtual machine has at least 1 vCPU.')
  if (!Number.isSafeInteger(spec.memoryBytes) || spec.memoryBytes < leastMemoryBytes)
    throw invalidSpec(`A virtual machine has at least ${leastMemoryBytes / 1024 ** 2} MiB of memory.`)
  assertHardware(spec.imageProperties)
  return {
    specHash: hashSpec(spec),
    disks: planDisks(spec.disks),
    nics: planNics(spec),
    kernelArgs: kernelArgsOf(spec.imageProperties),
  }
}

function assertHardware(properties: VmSpec['imageProperties']): void {
  const architecture = properties['hw_architecture'] ?? properties['architecture'] ?? 'x86_64'
  if (architecture !== 'x86_64') throw unsupported(`Guests of the architecture ${architecture} do not run here.`)
  if (!['uml', undefined].includes(properties['hw_vm_mode'] ?? properties['vm_mode']))
    throw unsupported('Only the VM mode uml is supported.')
}

function planDisks(disks: readonly DiskSpec[]): PlannedDisk[] {
  assertDisks(disks, mostDisks)
  // The kernel's parameters say which of them holds the root file system: the first.
  return [...disks].sort((a, b) => (a.bootIndex ?? Infinity) - (b.bootIndex ?? Infinity)).map(planDisk)
}

function planNics({ nics, imageProperties }: VmSpec): PlannedNic[] {
  if (nics.length > mostNics) throw invalidSpec(`A virtual machine has at most ${mostNics} NICs.`)
  for (const names of [nics.map(({ id }) => id), nics.map(({ macAddress }) => macAddress)]) {
    if (new Set(names).size !== nics.length) throw invalidSpec('Two NICs have the same id or MAC address.')
  }
  return nics.map(({ id, macAddress, network, model = imageProperties['hw_vif_model'] }) => {
    if (!macPattern.test(macAddress)) throw invalidSpec('The MAC address of a NIC is not one.')
    if (network['kind'] !== 'none') throw unsupported('Only NICs that lead nowhere are supported.')
    if (model !== undefined) throw unsupported(`There are no network cards of the model ${model} here.`)
    return { id, macAddress }
  })
}

export function planDisk(disk: DiskSpec): PlannedDisk {
  const { image, iso } = readDisk(disk)
  const kind = image !== undefined ? 'cow' : iso !== undefined ? 'iso' : 'raw'
  const sizeBytes = Math.ceil(disk.sizeBytes / alignBytes) * alignBytes
  const readOnly = disk.readOnly === true || kind === 'iso'
  const base = image === undefined ? null : baseName(image, sizeBytes)
  return { id: disk.id, file: diskFile(disk.id, kind), kind, readOnly, base, sizeBytes, image, iso }
}
