/** What a driver says about itself and its hosts. */
import type { LimitKind } from '../model/limits.ts'
import type { DiskFormat } from '../model/disk-formats.ts'
import type { PowerWant } from './driver.ts'
import type { DiskBus, RescueDevice, RescueDeviceKind } from './vm-spec.ts'

export interface DiskFormatOffer {
  readonly format: DiskFormat
  readonly variant?: string
  readonly via: readonly ('local-path' | 'http-pull' | 'http-push' | 'stream')[]
  readonly thin: boolean
  readonly backing: boolean
  readonly alignBytes: number
}

/** `fixed`: over this NIC the guest gets exactly `address` by DHCP. `none`: the NIC leads nowhere. */
export type NetworkKind = 'fixed' | 'none'

/** As in `hw_firmware_type`. */
export type Firmware = 'bios' | 'uefi'

export interface Capabilities {
  /** Guest architectures, as in `hw_architecture`: `x86_64`, `aarch64`. */
  readonly architectures: readonly string[]
  /** Values of `img_hv_type` that this driver fulfils: `qemu`, `kvm`, `xen`, … */
  readonly hypervisorTypes: readonly string[]
  /** `hvm`, `xen`, `exe` … as in `hw_vm_mode`. */
  readonly vmModes: readonly string[]
  /** What guests may run on beside plain emulation, proved or not; by name: `kvm`. For the operator. */
  readonly accelerators?: Readonly<Record<string, { readonly present: boolean; readonly reason?: string }>>
  /** In order of preference; the core picks the first that it can produce (rule 10). */
  readonly disk: readonly DiskFormatOffer[]
  /** With which guests can boot; `bios` alone when absent. */
  readonly firmwares?: readonly Firmware[]
  readonly power: readonly PowerWant[]
  /** Kinds of `NicSpec.network` that guests are given truthfully; none when absent. */
  readonly networks?: readonly NetworkKind[]
  /** The property by which an image says that its guests have the agent that `setAdminPassword` needs; absent: it needs none. */
  readonly agentProperty?: string
  /** Which of `VmSpec.limits` it keeps; none when absent, and then no spec has any. */
  readonly limitable?: readonly LimitKind[]
  /** As what the disk of a rescue can be seen beside a guest's own (`RescueImage.as`), with the buses; nothing when absent. */
  readonly rescueDevices?: Readonly<Partial<Record<RescueDeviceKind, readonly DiskBus[]>>>
  readonly limits: { readonly parallelOperations: number }
}

export function offersRescueDevice({ rescueDevices }: Capabilities, { kind, bus }: RescueDevice): boolean {
  const buses = rescueDevices?.[kind] ?? []
  return buses.length > 0 && (bus === undefined || buses.includes(bus))
}

export interface Health {
  /** `starting`: not to be used yet, and about to become one of the others. */
  readonly status: 'healthy' | 'starting' | 'unhealthy'
  /** For the operator: what is wrong and what to do, or what was found. */
  readonly message: string
  /** Version of the hypervisor, for example `7.2.22`. */
  readonly hypervisorVersion?: string
}

/** One schedulable unit: physical totals; ratios and reservations are the core's (rule 9). */
export interface NodeInventory {
  /** Stable over restarts: a UUID. It becomes the host's id. */
  readonly id: string
  readonly name: string
  readonly vcpus: number
  readonly memoryMb: number
  readonly diskGb: number
  /** From the published list, plus `CUSTOM_…`. */
  readonly traits: readonly string[]
  readonly cpuModel?: string
  /** When the machine was switched on; the same in each answer until it is switched on anew. */
  readonly bootedAtMs?: number
}
