/**
 * What the service and its libvirt child process say to each other: JSON messages over Node's IPC channel.
 * Every call is one message each way; events come in between.
 */
import type { LifecycleEvent } from './constants.ts'

export interface DomainSummary {
  readonly uuid: string
  readonly name: string
  /** virDomainState */
  readonly state: number
  /** Its reason; which enumeration depends on the state. */
  readonly reason: number
  readonly hasManagedSave: boolean
  /** The XML element that was asked for by `metadataUri`, or null. */
  readonly metadata: string | null
}

export interface DomainInfo {
  readonly state: number
  readonly maxMemoryKib: number
  readonly memoryKib: number
  readonly vcpus: number
  readonly cpuTimeNs: number
}

export interface NodeInfo {
  readonly model: string
  readonly memoryKib: number
  readonly cpus: number
  readonly mhz: number
}

export interface DomainJob {
  /** virDomainJobType */
  readonly type: number
  /** virDomainJobOperation */
  readonly operation: number
  readonly totalBytes: number
  readonly doneBytes: number
}

/** Typed parameters by libvirt's own names, for example `block.0.rd.bytes`. */
export type DomainStats = Readonly<Record<string, number | string | boolean>>

interface ByUuid {
  readonly uuid: string
}

/** Of a guest that goes to another libvirtd, which ours reaches by itself. */
export interface MigrateArgs extends ByUuid {
  /** Of the libvirtd there. */
  readonly connectUri: string
  /** Where the memory goes, for both emulators. */
  readonly memoryUri: string
  /** Where the disks go, if they go. */
  readonly disksUri?: string
  /** The domain as it runs there. */
  readonly xml: string
  /** As it is stored there. */
  readonly persistentXml: string
  readonly flags: number
}

/** Every call that the child knows. One call may be several native calls, all made synchronously in one turn. */
export interface LibvirtCalls {
  versions(args: object): { readonly libvirt: string; readonly hypervisor: string }
  capabilities(args: object): string
  /** What domains of that kind can have. */
  domainCapabilities(args: { readonly architecture: string; readonly machine: string; readonly type: string }): string
  nodeInfo(args: object): NodeInfo
  /** All domains, or only those that carry a metadata element of that namespace. */
  listDomains(args: { readonly metadataUri: string; readonly onlyMarked: boolean }): readonly DomainSummary[]
  /** null when there is no such domain. */
  lookup(args: ByUuid & { readonly metadataUri: string }): DomainSummary | null
  /** Defines a persistent domain, without starting it; answers its uuid. */
  define(args: { readonly xml: string }): string
  create(args: ByUuid & { readonly flags?: number }): void
  shutdown(args: ByUuid & { readonly flags?: number }): void
  reboot(args: ByUuid & { readonly flags?: number }): void
  reset(args: ByUuid): void
  destroy(args: ByUuid): void
  undefine(args: ByUuid & { readonly flags: number }): void
  suspend(args: ByUuid): void
  resume(args: ByUuid): void
  managedSave(args: ByUuid): void
  managedSaveRemove(args: ByUuid): void
  info(args: ByUuid): DomainInfo
  xml(args: ByUuid & { readonly flags?: number }): string
  /** null when there is none. */
  getMetadata(args: ByUuid & { readonly uri: string }): string | null
  /** `xml: null` removes it. Written to the stored definition, and to the running domain where there is one. */
  setMetadata(args: ByUuid & { readonly uri: string; readonly prefix: string; readonly xml: string | null }): void
  setTitle(args: ByUuid & { readonly title: string }): void
  stats(args: ByUuid & { readonly types: number }): DomainStats
  /** Begins to copy disks away while the guest goes on; `job` and `lastJob` tell of it. */
  beginBackup(args: ByUuid & { readonly xml: string; readonly flags: number }): void
  /** What the domain is doing now. */
  job(args: ByUuid): DomainJob
  /** virDomainJobType: how the last one ended. */
  lastJob(args: ByUuid): number
  abortJob(args: ByUuid): void
  /** Takes as long as the guest's way: for a connection of its own, which its caller watches. */
  migrate(args: MigrateArgs): void
  /** To the domain that runs, not to its stored definition. */
  attachDevice(args: ByUuid & { readonly xml: string }): void
  /** Asks the guest that runs to let go, by the device's alias, and does not wait for it. */
  detachDevice(args: ByUuid & { readonly alias: string }): void
  /**
   * Whether the agent in the guest answers, and how long it may take over that and over all later calls of any session.
   * An agent that is there and does not know the question answers too.
   */
  pingAgent(args: ByUuid & { readonly agentSeconds: number }): void
  /** By the agent in the guest: all file systems are written out, and take no writes until they are thawed. */
  freezeFileSystems(args: ByUuid): void
  /** Also of a guest in which none is frozen. */
  thawFileSystems(args: ByUuid): void
  /** By the agent in the guest. What libvirt says when it fails comes without the password. */
  setUserPassword(args: ByUuid & { readonly user: string; readonly password: string }): void
  /** A file descriptor of the child's: it goes to the parent as a socket with the answer (LibvirtConnection.openGraphics). */
  openGraphics(args: ByUuid): number
  /** A picture of the screen as base64, read through a libvirt stream; null when it has more than `maxBytes`. */
  screenshot(args: ByUuid & { readonly maxBytes: number }): {
    readonly mimeType: string
    readonly base64: string
  } | null
}
export type LibvirtCallName = keyof LibvirtCalls
export type LibvirtArgs<Name extends LibvirtCallName> = Parameters<LibvirtCalls[Name]>[0]
export type LibvirtResult<Name extends LibvirtCallName> = ReturnType<LibvirtCalls[Name]>

/** What virGetLastError said. */
export interface NativeError {
  /** virErrorNumber */
  readonly code: number
  /** virErrorDomain */
  readonly domain: number
  readonly message: string
  /** For `systemError` the errno. */
  readonly int1: number
  /** The native function that failed. */
  readonly call: string
  /** The connection is gone. */
  readonly isDisconnected: boolean
}

export interface DomainEvent {
  readonly uuid: string
  readonly name: string
  readonly kind: LifecycleEvent | 'rebooted'
  readonly detail: number
}

/** The fault hook: the child dies right after its n-th native call for this call. */
export interface Death {
  readonly afterNativeCalls: number
  /** Whose death: the child's alone, or the whole service's. */
  readonly victim: 'child' | 'service'
}

export type ToChild =
  | {
      readonly kind: 'open'
      readonly uri: string
      /** Whether it tells of events. */
      readonly hasEvents: boolean
      /** From when on an emulator that owes an answer is asked nothing more. */
      readonly hungMs: number
    }
  | {
      readonly kind: 'call'
      readonly id: number
      readonly name: LibvirtCallName
      readonly args: object
      readonly death?: Death
    }
  | { readonly kind: 'close' }

export type FromChild =
  | { readonly kind: 'opened'; readonly libvirtVersion: string }
  /** The child cannot work at all and ends: the library is missing, or the connection was refused. */
  | { readonly kind: 'open-failed'; readonly why: 'library-missing' | 'refused'; readonly message: string }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown; readonly nativeCalls: number }
  | { readonly kind: 'error'; readonly id: number; readonly error: NativeError; readonly nativeCalls: number }
  | { readonly kind: 'event'; readonly event: DomainEvent }
  | { readonly kind: 'disconnected'; readonly reason: number }
