/**
 * The driver contract, version 1: what a hypervisor driver is. The numbered rules that every method keeps
 * stand in docs/adding-a-driver.md.
 */
import type { Duplex, Readable } from 'node:stream'
import type { ConsoleKind } from '../model/console.ts'
import type { DiskFormat } from '../model/disk-formats.ts'
import type { Json, JsonObject } from '../util/json.ts'
import type { Logger } from '../util/logger.ts'
import type { Capabilities, Health, NodeInventory } from './capabilities.ts'
import type { HostCheck, HostPlaces } from './host-check.ts'
import type { DiskId, ImageRef, RescueImage, VmHandle, VmRef, VmSpec, VmState } from './vm-spec.ts'

/** A JSON Schema (draft 2020-12) as a plain object. */
export type JsonSchema = JsonObject | boolean

export interface Manifest {
  /** Free string, `[a-z][a-z0-9-]*`; the core has no list of drivers. */
  readonly id: string
  readonly contract: '1'
  readonly version: string
  /** What OpenStack clients see as hypervisor_type, for example `QEMU`. */
  readonly hypervisorType: string
  readonly configSchema: JsonSchema
  readonly instanceOptions?: JsonSchema
}

export interface DriverPlugin {
  readonly manifest: Manifest
  /** @param config valid against `manifest.configSchema` */
  open(config: JsonObject, host: HostServices): Promise<Driver>
  /**
   * Looks whether this machine has what the driver needs, without opening it and without changing anything.
   * @param config valid against `manifest.configSchema`
   */
  validateHost?(config: JsonObject, places: HostPlaces): AsyncIterable<HostCheck>
}

/** What the agent lends to a driver. */
export interface HostServices {
  readonly log: Logger
  /** A directory of this driver's own that outlives the process. It exists. */
  readonly stateDir: string
  /** A name for the machine that the agent runs on. */
  readonly hostName: string
}

export type PowerWant = 'on' | 'off' | 'reset' | 'soft-off' | 'soft-reset'

export interface Driver {
  /** Constant between two items of `fingerprint`. */
  capabilities(): Capabilities
  /** First item within 1 s, then one per change. Reports `unhealthy`, never throws. Ends when `signal` aborts. */
  fingerprint(signal: AbortSignal): AsyncIterable<Health>
  nodes(): Promise<readonly NodeInventory[]>
  /** Only VMs with our mark, half-built ones included. */
  list(): Promise<readonly VmState[]>
  get(ref: VmRef): Promise<VmState | null>
  /** Makes the VM: created, disks ready, powered off. */
  ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle>
  ensureAbsent(ref: VmRef, options: { readonly keepDisks?: readonly DiskId[] }, control: Control): Promise<void>
  setPower(ref: VmRef, want: PowerWant, options: { readonly graceMs?: number }, control: Control): Promise<void>
  /** After a restart of the agent; may upgrade the handle's version. */
  recover(ref: VmRef & { readonly handle: VmHandle }): Promise<VmHandle>
  /** Without it the agent polls `list()`. */
  events?(signal: AbortSignal): AsyncIterable<DriverEvent>
  /** Releases connections and children; never touches guests. */
  close(): Promise<void>

  // Abilities: present exactly when the driver can do it.
  readonly console?: ConsoleAbility
  readonly pause?: PauseAbility
  readonly suspend?: SuspendAbility
  readonly remoteConsole?: RemoteConsoleAbility
  readonly screenshot?: ScreenshotAbility
  readonly stats?: StatsAbility
  readonly resize?: ResizeAbility
  readonly disks?: DisksAbility
  readonly nics?: NicsAbility
  readonly snapshot?: SnapshotAbility
  readonly rescue?: RescueAbility
  readonly migrate?: MigrateAbility
  readonly setAdminPassword?: AdminPasswordAbility
}

/** Reads what the guest wrote to its serial console. */
export interface ConsoleAbility {
  /** The last `maxBytes` bytes; empty when the guest wrote nothing yet. */
  readLog(ref: VmRef, options: { readonly maxBytes: number }): Promise<Buffer>
}
/** Sits down in front of a VM that runs. */
export interface RemoteConsoleAbility {
  /** What it offers at all. */
  readonly kinds: readonly ConsoleKind[]
  /**
   * vnc: the bytes of an RFB server that asks for no password. serial: those of the first serial port. It ends when
   * either side or the VM does. Of a serial console the newest stream has it, and the one before it ends.
   * NOT_FOUND, WRONG_STATE while it is off, UNSUPPORTED for a kind that it does not offer, or this VM has not.
   */
  open(ref: VmRef, kind: ConsoleKind): Promise<Duplex>
}
/** A picture of what the guest shows on its display. */
export interface ScreenshotAbility {
  /**
   * A PNG of at most `mostScreenshotBytes`. NOT_FOUND; WRONG_STATE while it is neither on nor paused; UNSUPPORTED for a VM without a
   * display, or with one that is too large.
   */
  take(ref: VmRef): Promise<Buffer>
}
export const mostScreenshotBytes = 8 * 1024 ** 2
export interface PauseAbility {
  pause(ref: VmRef, control: Control): Promise<void>
  unpause(ref: VmRef, control: Control): Promise<void>
}
/** Suspend to disk and back. */
export interface SuspendAbility {
  suspend(ref: VmRef, control: Control): Promise<void>
  resume(ref: VmRef, control: Control): Promise<void>
}
/**
 * Gives a VM that is off the shape of another spec: vCPUs, memory, larger disks, limits; nothing else may differ, and a disk that
 * is larger already stays as it is. From then on that is its spec. The same spec again changes nothing (rule 1).
 * WRONG_STATE, without effect, while it is not off; CONFLICT when it would have other disks.
 */
export interface ResizeAbility {
  resize(spec: VmSpec, control: Control): Promise<void>
}
/**
 * Gives a VM one disk more, or takes one away, on, paused or off. `spec` is the VM's with that disk in it: `attach` makes
 * it the VM's from then on, `detach` leaves the VM with the same spec without it. What is done already changes nothing (rule 1).
 * CONFLICT when the VM differs in anything else; INVALID_SPEC when the spec has no such disk; UNSUPPORTED for one that only a VM that is
 * off can get or lose; NOT_FOUND; WRONG_STATE while the VM is building, suspended or rescued: all without effect.
 */
export interface DisksAbility {
  /** A disk that is made anew, of its image or blank; the guest that runs has it when this resolves. */
  attach(spec: VmSpec, diskId: DiskId, control: Control): Promise<void>
  /**
   * BUSY when the guest does not let go of it: the VM keeps it, and may be asked again. The disk goes away with its
   * content; a volume does not, the VM only lets go of it.
   */
  detach(spec: VmSpec, diskId: DiskId, control: Control): Promise<void>
}
/** The same for NICs. */
export interface NicsAbility {
  attach(spec: VmSpec, nicId: string, control: Control): Promise<void>
  detach(spec: VmSpec, nicId: string, control: Control): Promise<void>
}
/** Boots a VM from another image, with its own disks behind it, and back. Both WRONG_STATE, without effect, while it is not off. */
export interface RescueAbility {
  /** Gives it the disk `rescue`, made anew of the image, which boots first. Its spec stays what it was (rule 1). UNSUPPORTED for a device that it cannot be. */
  rescue(spec: VmSpec, image: RescueImage, control: Control): Promise<void>
  /** Takes that disk away. Where there is none, nothing changes. */
  unrescue(spec: VmSpec, control: Control): Promise<void>
}
/** Gives a disk's content away, while the VM stays what it is: on, paused, suspended or off. */
export interface SnapshotAbility {
  /** As what kinds of image a disk can be had, the best first. */
  readonly formats: readonly DiskFormat[]
  /**
   * The bytes of an image of the disk: its whole size, as it was at one moment after the call. Nothing is done before the
   * first item is asked for, and nothing is left behind once the last one came, the reader left or the signal aborted.
   * NOT_FOUND for a VM or a disk that is not there, WRONG_STATE while it is building, UNSUPPORTED for another format.
   */
  read(
    ref: VmRef,
    wanted: { readonly diskId: DiskId; readonly format: DiskFormat },
    control: Control,
  ): AsyncIterable<Uint8Array>
}
/**
 * Moves a guest that runs or is paused to another host of the same kind, and it goes on there (rule 11). The core calls
 * `prepare` at the destination, `run` at the source, and then `ensureAbsent` there; `ensureAbsent` at the destination
 * takes back what was prepared. Until `run` switches over the guest is at the source, from then on at the destination,
 * and never on both.
 */
export interface MigrateAbility {
  /**
   * At the destination: makes room for the guest of the spec, whose disks come with it. It counts as `building`.
   * @returns how `run` finds it, at most 4 KiB as JSON; the same for the same spec (rule 1)
   */
  prepare(spec: VmSpec, control: Control): Promise<Json>
  /**
   * At the source: resolves when the guest is at the destination, what it was, and off here. The same call again goes on, or
   * finds it done. When it fails or is cancelled before it switched over, the guest goes on here as if nothing had been.
   * WRONG_STATE, without effect, for a guest that is neither on nor paused; INCOMPATIBLE when nothing is reached there.
   */
  run(ref: VmRef, destination: Json, control: Control): Promise<void>
  /** At the source, while `run` is under way: lets it come to an end, whatever the guest feels of it. WRONG_STATE when none is. */
  forceComplete(ref: VmRef): Promise<void>
}
/** Gives the administrator of a guest that runs another password, by an agent within it. */
export interface AdminPasswordAbility {
  /**
   * Resolves when the guest has taken it over. The password is not logged and goes into no checkpoint. NOT_FOUND; WRONG_STATE,
   * without effect, while the guest is not on.
   */
  set(ref: VmRef, adminPassword: string, control: Control): Promise<void>
}
/** What a running VM has consumed. WRONG_STATE while it does not run. */
export interface StatsAbility {
  read(ref: VmRef): Promise<VmStats>
}
/** Optional figures are left out where the hypervisor does not tell them. */
export interface VmStats {
  readonly cpuTimeNs: number
  /** Of each vCPU in turn. */
  readonly vcpuTimesNs?: readonly number[]
  /** What it takes of the host's memory. */
  readonly memoryBytes: number
  /** Since it was switched on. */
  readonly uptimeSeconds?: number
  readonly disks: readonly DiskStats[]
  readonly nics: readonly NicStats[]
}
export interface DiskStats {
  readonly id: DiskId
  readonly readBytes: number
  readonly writtenBytes: number
  readonly readRequests?: number
  readonly writeRequests?: number
}
export interface NicStats {
  /** Of the spec's NIC where the hypervisor knows it, else the hypervisor's own. */
  readonly id: string
  readonly receivedBytes: number
  readonly sentBytes: number
  readonly receivedPackets?: number
  readonly sentPackets?: number
}

/** Something happened to a VM behind the core's back; the agent reads its state again. */
export interface DriverEvent {
  readonly instanceId: string
  /** On which node; drivers with one node need not say it. */
  readonly nodeId?: string
  readonly kind: 'started' | 'stopped' | 'crashed' | 'paused' | 'resumed' | 'defined' | 'undefined' | 'other'
}

export const phases = [
  'fetch-image',
  'prepare-disks',
  'define',
  'start',
  'stop',
  'remove',
  'snapshot',
  'migrate',
] as const
export type Phase = (typeof phases)[number]

/** One call's line back to the core. */
export interface Control {
  readonly operationId: string
  /** The last checkpoint of an earlier try of this very call, if there was one. */
  readonly resume?: Json
  /** Stores `state` (at most 4 KiB as JSON) before an irreversible native step; on a full disk it is lost, and the call goes on. */
  checkpoint(state: Json): Promise<void>
  progress(progress: { readonly phase: Phase; readonly doneBytes?: number; readonly totalBytes?: number }): void
  readonly signal: AbortSignal
  readonly log: Logger
  readonly images: ImageSource
}

export interface ImageSource {
  /** @throws DriverError IMAGE_BAD when the image is gone; the caller checks sha256 while copying. */
  open(image: ImageRef, signal: AbortSignal): Promise<OpenedImage>
}
export type OpenedImage =
  { readonly via: 'local-path'; readonly path: string } | { readonly via: 'stream'; readonly stream: Readable }
