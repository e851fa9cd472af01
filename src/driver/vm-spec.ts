/** What a driver is asked to make. Drivers see no database, no tenant and no HTTP: everything they need stands in here. */
import type { DiskFormat } from '../model/disk-formats.ts'
import type { VmLimits } from '../model/limits.ts'
import type { Json, JsonObject } from '../util/json.ts'

/** Name of a disk within its VM, stable over its life: `root`, `blank-0`, `volume-<uuid>`. Letters, digits and `-`. */
export type DiskId = string

/** Of the disk that the ability `rescue` adds; no spec has it. */
export const rescueDiskId: DiskId = 'rescue'

/** An image as drivers see it: content addressed, already inspected, in a format that the driver offered to take. */
export interface ImageRef {
  readonly imageId: string
  readonly format: DiskFormat
  /** Lower-case hexadecimal sha256 of the image file's bytes. */
  readonly sha256: string
  readonly sizeBytes: number
  readonly virtualSizeBytes: number
}

/** As what a guest can see the disk of a rescue. */
export type RescueDeviceKind = 'disk' | 'cdrom'
export interface RescueDevice {
  readonly kind: RescueDeviceKind
  /** Absent: the driver's usual one for that kind. */
  readonly bus?: DiskBus
}

/** An image to rescue with. */
export interface RescueImage extends ImageRef {
  /**
   * Only what `Capabilities.rescueDevices` offers: the disk comes after the VM's own, which stay what they are for the guest, and
   * boots first all the same. Absent: it takes the first place, and those behind it may change their names.
   */
  readonly as?: RescueDevice
}

export type DiskSource =
  | { readonly kind: 'image'; readonly image: ImageRef }
  | { readonly kind: 'blank' }
  | { readonly kind: 'volume'; readonly volumeId: string; readonly connection: JsonObject }
  /**
   * A read-only ISO 9660 CD-ROM that holds these files (`src/disk/iso9660` makes one). They may hold secrets: they are not
   * logged, and go with the VM. A VM that is resized keeps its drive as it was made; `files` is empty then.
   */
  | { readonly kind: 'config-drive'; readonly volumeId: string; readonly files: readonly ConfigDriveFile[] }

export interface ConfigDriveFile {
  /** `openstack/latest/meta_data.json`: where it is found; all of them hold the same. */
  readonly paths: readonly string[]
  readonly base64: string
}

export type DiskBus = 'virtio' | 'scsi' | 'ide' | 'sata' | 'usb'

export interface DiskSpec {
  readonly id: DiskId
  readonly source: DiskSource
  /** Size the guest shall see; at least the image's virtual size. Of a config drive: what it has at most. */
  readonly sizeBytes: number
  /** Lowest boots first; absent means not bootable. */
  readonly bootIndex?: number
  readonly bus?: DiskBus
  readonly readOnly?: boolean
}

export interface NicSpec {
  readonly id: string
  /** `52:54:00:…`, lower case. */
  readonly macAddress: string
  /** `{ kind: 'fixed', networkId, address, prefixLength, gateway }` or `{ kind: 'none' }`, where the driver offers that kind. */
  readonly network: JsonObject
  readonly model?: 'virtio' | 'e1000' | 'e1000e' | 'rtl8139' | 'vmxnet3'
}

export interface VmSpec {
  /** UUID that the driver stores inside the hypervisor's object (rule 2). */
  readonly instanceId: string
  /** Which of the driver's nodes it goes to (`NodeInventory.id`). */
  readonly nodeId: string
  /** A label for people; never an identity. Any Unicode, 1 to 255 characters. */
  readonly name: string
  readonly vcpus: number
  readonly memoryBytes: number
  readonly disks: readonly DiskSpec[]
  readonly nics: readonly NicSpec[]
  /** Image properties that describe virtual hardware (`hw_*`, `os_*`, `img_*`), as the image has them. */
  readonly imageProperties: Readonly<Record<string, string>>
  /** Only of kinds that the driver offers to keep (`Capabilities.limitable`). */
  readonly limits?: VmLimits
  /** Validated by the core against `Manifest.instanceOptions`. */
  readonly options: JsonObject
}

/** A driver's own note on one VM: versioned, opaque to the core, handed back through `recover`. At most 4 KiB as JSON. */
export interface VmHandle {
  readonly version: number
  readonly data: Json
}

export interface VmRef {
  readonly instanceId: string
  readonly nodeId: string
  readonly handle?: VmHandle
}

/** `building`: our mark is there but the VM is not whole (a crash half way). */
export type DriverPower = 'on' | 'off' | 'paused' | 'suspended' | 'crashed' | 'building'

export interface VmState {
  readonly instanceId: string
  readonly nodeId: string
  readonly name: string
  readonly power: DriverPower
  readonly handle: VmHandle
  /** `get` of a driver with the ability `migrate` says it while the guest is on its way to another host: only afterwards is it known where it is. */
  readonly isMigrating?: true
}
