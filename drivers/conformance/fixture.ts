/**
 * What the kit needs to know about one hypervisor: how to open, kill and look at it. Written by the driver's author, but
 * `observe`, `leakCheck` and `foreign` with a third-party tool, so that a driver cannot vouch for itself.
 */
import type { DiskFormat, DiskId, Driver, DriverPlugin, ImageRef, VmSpec } from '../../src/driver/index.ts'
import type { JsonObject } from '../../src/util/json.ts'

export interface TestImage {
  readonly path: string
  readonly ref: ImageRef
}

/** What a guest would read from a disk. */
export interface DiskDigest {
  readonly sizeBytes: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

export type ObservedPower = 'on' | 'off' | 'paused' | 'suspended' | 'crashed'

/** What somebody else's tool says about one instance. */
export interface Observation {
  /** How many guests carry this id inside; more than one is always wrong. */
  readonly guests: number
  /** null when there is no guest. */
  readonly power: ObservedPower | null
  /** The disks that exist, whether a guest is there or not; sorted. */
  readonly disks: readonly DiskId[]
}

/** Whose death: the whole driver's (kill -9 of its process), or only that of its session with the hypervisor: what was just done is not answered. */
export type Victim = 'driver' | 'session'

export interface AgentGuest {
  makeImage(): Promise<TestImage>
  readonly changes: Pick<VmSpec, 'memoryBytes' | 'imageProperties'>
  readonly diskBytes: number
  answers(instanceId: string): Promise<boolean>
  readonly bootTimeoutMs?: number
  /** false: each boot begins with the password of its image. */
  readonly keepsPassword?: boolean
}

/** The same guest with these image properties; the one with an agent; null: no guest at all. */
export type LetsGo = Readonly<Record<string, string>> | 'agentGuest' | null

export interface Fixture {
  /** Settings for the driver, valid against its schema. */
  readonly config: JsonObject
  readonly guest: {
    readonly memoryBytes: number
    readonly diskBytes: number
    /** What the image's guest writes to its serial console once per boot. */
    readonly bootMarker?: string
    readonly bootTimeoutMs?: number
    /** Its own kernel ends in its boot now and then, whoever starts it: a check that needs one that runs starts it once more. */
    readonly mayEndInBoot?: boolean
    /** Whether what is typed on its serial console comes back. */
    readonly echoes?: boolean
    readonly imageProperties?: Readonly<Record<string, string>>
    /** Where it keeps its devices while it runs, so that a detach is BUSY: what does not. */
    readonly letsGo?: Readonly<Record<'disks' | 'nics', LetsGo>>
  }
  /** How many moments a sweep tries without `--full`; all without it. */
  readonly sample?: number
  /** How long a cancelled call may take; the rule's 5 s without it. */
  readonly cancelWithinMs?: number
  /** How many VMs `list()` is tried with; the check is skipped without it. */
  readonly manyVms?: number

  /** A new image with bytes that no other image has. */
  makeImage(): Promise<TestImage>
  /** What lies in an image that the driver made of a disk; without it snapshots are not tried. */
  readImage?(path: string, format: DiskFormat): Promise<DiskDigest>
  /** The same guest in the other formats that the driver offers to take. */
  readonly otherImages?: readonly TestImage[]

  open(): Promise<Driver>
  /** kill -9 of everything that is the driver's own, then open again. Guests and hypervisor live on. */
  restart(): Promise<Driver>
  observe(instanceId: string): Promise<Observation>
  /** One line per thing that is there and should not be once every VM is removed. */
  leakCheck(): Promise<readonly string[]>
  /** Removes everything that leakCheck sees, without the driver. */
  purge(): Promise<void>
  /** Closes the driver and removes everything. */
  dispose(): Promise<void>

  /** A guest with an agent in it, where `guest` has none and the driver can do things by one. null: none can run; nothing is done by one then. */
  readonly agentGuest?: AgentGuest | null

  /** Whether the guest's administrator logs in with it; without it passwords are set and not looked at. */
  isAdminPassword?(instanceId: string, password: string): Promise<boolean>

  /** MAC addresses of its NICs, sorted; without it nobody looks whether NICs are there. */
  observeNics?(instanceId: string): Promise<readonly string[]>

  /** Guests that somebody made by hand. */
  readonly foreign?: {
    /** @returns the instance id that the foreign guest happens to have */
    make(): Promise<string>
    isUntouched(id: string): Promise<boolean>
    remove(id: string): Promise<void>
  }
  /** "Die after the k-th native call." */
  readonly nativeFaults?: {
    readonly victims: readonly Victim[]
    /** Kills the driver that is open and opens it anew with the fault armed; k counts from 1. It strikes once. */
    open(afterCalls: number, victim: Victim): Promise<Driver>
  }
  /** From now on the hypervisor answers success to every change and changes nothing; what it is asked it answers truly. */
  readonly lie?: { begin(): Promise<void>; end(): Promise<void> }
  /** From now on no guest that runs lets go of a disk or a NIC. */
  readonly hold?: { begin(): Promise<void>; end(): Promise<void> }
  /** Where guests of the first host can go; `leakCheck` and `purge` see to both. Without it live migration is not tried. */
  readonly destination?: SecondHost
  /** What an operator does behind the driver's back. */
  readonly meddle?: { switchOff(instanceId: string): Promise<void>; remove(instanceId: string): Promise<void> }
}

/** Another host of the same kind, or another node of the same driver. */
export interface SecondHost {
  /** Its driver, which is opened where it is not yet. */
  open(): Promise<Driver>
  restart(): Promise<Driver>
  /** Of its driver's nodes. */
  nodeId(): Promise<string>
  observe(instanceId: string): Promise<Observation>
}

/** What a fixture file exports as `conformance`. */
export interface ConformanceTarget {
  /** What the report is called; the driver's id without it. */
  readonly name?: string
  readonly plugin: DriverPlugin
  /** Why the driver cannot be tried on this machine, or false. */
  readonly skipReason?: string | false
  makeFixture(): Promise<Fixture>
}
