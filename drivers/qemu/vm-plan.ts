/** From a VmSpec to everything that the driver will make: checked first, so that a bad spec has no effect at all. Pure. */
import { hashSpec } from '../../src/driver/hash-spec.ts'
import type { DiskSpec, ImageRef, NicSpec, VmSpec } from '../../src/driver/vm-spec.ts'
import { isUuid } from '../../src/model/ids.ts'
import { videoModels, type DomainDisk, type DomainInterface, type VideoModel } from '../libvirt/domain-xml.ts'
import { assertDisks, readDisk } from '../local/disk-rules.ts'
import { invalidSpec, unsupported } from '../local/refusals.ts'
import { agentAdminOf, requiresQuiesce } from './guest-agent.ts'
import type { QemuHost } from './host.ts'
import type { UefiFirmware } from './uefi.ts'

export interface PlannedDisk {
  readonly id: string
  readonly sizeBytes: number
  readonly image: ImageRef | undefined
  /** The bytes of a CD-ROM; undefined for disks. */
  readonly iso: Buffer | undefined
}

export interface VmPlan {
  readonly specHash: string
  readonly disks: readonly PlannedDisk[]
  readonly domainDisks: readonly Omit<DomainDisk, 'path' | 'format' | 'backing'>[]
  readonly interfaces: readonly DomainInterface[]
  readonly machine: string
  readonly video: VideoModel
  /** undefined: a BIOS. */
  readonly uefi: UefiFirmware | undefined
  /** Whose password the agent in the guest sets; undefined: it has none. */
  readonly agentAdmin: string | undefined
  readonly requiresQuiesce: boolean
}

const macPattern = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/
const machinePattern = /^[A-Za-z0-9._-]{1,64}$/
const buses = ['virtio', 'scsi', 'ide', 'sata', 'usb'] as const
export type Bus = (typeof buses)[number]
const targetPrefix: Readonly<Record<Bus, string>> = { virtio: 'vd', scsi: 'sd', sata: 'sd', usb: 'sd', ide: 'hd' }
const mostDisks = 26
const longestSerial = 20

interface PlanHost {
  readonly hasControlGroups: boolean
  readonly nodeId: string
  readonly machine: string
  readonly uefi: UefiFirmware | undefined
  /** A disk that the guest shall see as a CD-ROM. */
  readonly cdromId?: string
}

export function planHostOf({ nodeId, config, uefi, hasControlGroups }: QemuHost): PlanHost {
  return { nodeId, machine: config.machine, uefi, hasControlGroups }
}

/** @throws DriverError INVALID_SPEC or UNSUPPORTED, with effect `none` */
export function planVm(spec: VmSpec, host: PlanHost): VmPlan {
  if (!isUuid(spec.instanceId)) throw invalidSpec('The instance id is not a UUID.')
  if (spec.nodeId !== host.nodeId) throw invalidSpec('The virtual machine belongs to another node.')
  if (!Number.isInteger(spec.vcpus) || spec.vcpus < 1 || spec.vcpus > 255)
    throw invalidSpec('A virtual machine has 1 to 255 vCPUs.')
  if (!Number.isSafeInteger(spec.memoryBytes) || spec.memoryBytes < 1024 ** 2)
    throw invalidSpec('A virtual machine has at least 1 MiB of memory.')
  assertHardware(spec.imageProperties)
  assertLimits(spec, host)
  const machine = machineOf(spec, host.machine)
  return {
    specHash: hashSpec(spec),
    disks: planDisks(spec.disks),
    domainDisks: placeDisks(spec, machine, host.cdromId),
    interfaces: planInterfaces(spec),
    machine,
    video: videoOf(spec),
    uefi: uefiOf(spec.imageProperties, host.uefi),
    agentAdmin: agentAdminOf(spec),
    requiresQuiesce: requiresQuiesce(spec),
  }
}

function assertHardware(properties: VmSpec['imageProperties']): void {
  const architecture = properties['hw_architecture'] ?? properties['architecture'] ?? 'x86_64'
  if (architecture !== 'x86_64') throw unsupported(`Guests of the architecture ${architecture} do not run here.`)
  if (!['hvm', undefined].includes(properties['hw_vm_mode'] ?? properties['vm_mode']))
    throw unsupported('Only full virtualisation (hvm) is supported.')
}

/** @throws DriverError UNSUPPORTED for what nobody would keep */
function assertLimits({ limits, nics }: VmSpec, { hasControlGroups }: PlanHost): void {
  if (limits?.cpu !== undefined && !hasControlGroups)
    throw unsupported('CPU time cannot be limited here: libvirt has no control groups for it.')
  if (limits?.nic !== undefined && nics.some(({ network }) => network['kind'] !== 'none'))
    throw unsupported('The traffic of user-mode networks cannot be limited.')
}

function uefiOf(properties: VmSpec['imageProperties'], here: UefiFirmware | undefined): UefiFirmware | undefined {
  const wanted = properties['hw_firmware_type'] ?? 'bios'
  if (wanted !== 'bios' && wanted !== 'uefi') throw unsupported(`Firmware of the type ${wanted} is not known.`)
  if (wanted === 'uefi' && here === undefined) throw unsupported('This host has no UEFI firmware.')
  if (properties['os_secure_boot'] === 'required') throw unsupported('Secure Boot is not supported.')
  return wanted === 'uefi' ? here : undefined
}

function machineOf(spec: VmSpec, fallback: string): string {
  const machine = spec.imageProperties['hw_machine_type'] ?? fallback
  if (!machinePattern.test(machine)) throw invalidSpec('hw_machine_type is not the name of a machine type.')
  return machine
}

function videoOf({ imageProperties }: VmSpec): VideoModel {
  const wanted = imageProperties['hw_video_model'] ?? 'vga'
  const model = videoModels.find((known) => known === wanted)
  if (model === undefined)
    throw unsupported(`The video model ${wanted} is not supported; known are ${videoModels.join(', ')}.`)
  return model
}

function planDisks(disks: readonly DiskSpec[]): PlannedDisk[] {
  assertDisks(disks, mostDisks)
  return disks.map((disk) => ({
    id: disk.id,
    sizeBytes: Math.ceil(disk.sizeBytes / 512) * 512,
    ...readDisk(disk),
  }))
}

/** `vda`, `vdb` …: what disks on that bus may be called. */
export function targetNames(bus: Bus): readonly string[] {
  return Array.from({ length: mostDisks }, (_, index) => targetName(bus, index))
}

function targetName(bus: Bus, index: number): string {
  return `${targetPrefix[bus]}${String.fromCharCode('a'.charCodeAt(0) + index)}`
}

function placeDisks(
  spec: VmSpec,
  machine: string,
  cdromId: string | undefined,
): Omit<DomainDisk, 'path' | 'format' | 'backing'>[] {
  const used = new Map<string, number>()
  return spec.disks.map((disk) => {
    const isCdrom = disk.source.kind === 'config-drive' || disk.id === cdromId
    const bus = isCdrom ? cdromBus(disk, spec, machine) : busOf(disk, spec.imageProperties['hw_disk_bus'])
    const prefix = targetPrefix[bus]
    const index = used.get(prefix) ?? 0
    used.set(prefix, index + 1)
    return {
      bus,
      target: targetName(bus, index),
      serial: disk.id.slice(0, longestSerial),
      ...(disk.bootIndex === undefined ? {} : { bootOrder: disk.bootIndex + 1 }),
      readOnly: disk.readOnly === true || isCdrom,
      ...(isCdrom ? ({ device: 'cdrom' } as const) : {}),
      ...(isCdrom || spec.limits?.disk === undefined ? {} : { limits: spec.limits.disk }),
    }
  })
}

/** What the machine has by itself, unless the image asks for another. */
function cdromBus(disk: DiskSpec, spec: VmSpec, machine: string): Bus {
  const usual = machine.includes('q35') ? 'sata' : 'ide'
  const wanted = disk.bus ?? spec.imageProperties['hw_cdrom_bus'] ?? usual
  const bus = (['ide', 'sata', 'scsi', 'usb'] as const).find((known) => known === wanted)
  if (bus === undefined) throw unsupported(`CD-ROMs on the bus ${wanted} are not supported.`)
  return bus
}

function busOf(disk: DiskSpec, property: string | undefined): Bus {
  const wanted = disk.bus ?? property ?? 'virtio'
  const bus = buses.find((known) => known === wanted)
  if (bus === undefined) throw unsupported(`Disks on the bus ${wanted} are not supported.`)
  return bus
}

function planInterfaces({ nics, imageProperties, limits }: VmSpec): DomainInterface[] {
  for (const names of [nics.map(({ id }) => id), nics.map(({ macAddress }) => macAddress)])
    if (new Set(names).size !== nics.length) throw invalidSpec('Two NICs have the same id or MAC address.')
  return nics.map((nic) => ({
    ...planInterface(nic, imageProperties['hw_vif_model']),
    ...(limits?.nic === undefined ? {} : { limits: limits.nic }),
  }))
}

function planInterface(nic: NicSpec, property: string | undefined): DomainInterface {
  const kind = nic.network['kind']
  if (kind !== 'user' && kind !== 'none') throw unsupported('Only user-mode networks are supported yet.')
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(nic.id))
    throw invalidSpec('A NIC id has 1 to 64 letters, digits and dashes.')
  if (!macPattern.test(nic.macAddress))
    throw invalidSpec('A MAC address has six pairs of lower-case hexadecimal digits.')
  const model = nic.model ?? property ?? 'virtio'
  if (!/^[a-z0-9-]{1,32}$/.test(model)) throw invalidSpec('hw_vif_model is not the name of a network card.')
  const nowhere = kind === 'none' ? ({ isUnplugged: true } as const) : {}
  return { type: 'user', id: nic.id, macAddress: nic.macAddress, model, ...nowhere }
}
