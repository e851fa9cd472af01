/** The scheduler's words. It is pure: hosts and a request in, a decision with its reasons out. */
import type { AggregateMetadata } from '../model/aggregate.ts'
import type { HostCapabilities } from '../model/host.ts'
import type { HostId } from '../model/ids.ts'
import type { Resources } from '../model/resources.ts'
import type { ServerGroup } from '../model/server-group.ts'

/** A host as the scheduler sees it. */
export interface HostState {
  readonly id: HostId
  readonly name: string
  readonly driverId: string
  readonly up: boolean
  readonly healthy: boolean
  readonly healthMessage: string
  readonly enabled: boolean
  readonly disabledReason: string | null
  /** It passed its smoke test. */
  readonly tested: boolean
  /** Its availability zone. */
  readonly zone: string
  /** The metadata of each aggregate that it is in. */
  readonly aggregates: readonly AggregateMetadata[]
  /** What may be promised in all. */
  readonly capacity: Resources
  readonly free: Resources
  readonly instanceCount: number
  readonly capabilities: HostCapabilities
}

/** Where a server wants to be, by what is on the hosts already; absent is no wish. */
export interface PlaceWishes {
  /** Those with one of the servers that it wants to be beside. */
  readonly sameHosts?: ReadonlySet<HostId>
  /** Those with a server that it does not want to be beside. */
  readonly differentHosts?: ReadonlySet<HostId>
  readonly group?: Pick<ServerGroup, 'policy' | 'maxServerPerHost'> & {
    /** How many of its members each host has. */
    readonly members: ReadonlyMap<HostId, number>
  }
}

export interface ScheduleRequest extends Resources, PlaceWishes {
  readonly imageProperties: Readonly<Record<string, string>>
  /** Formats in which the image can be handed over. */
  readonly diskFormats: readonly string[]
  /** The flavor's. */
  readonly extraSpecs: Readonly<Record<string, string>>
  /** The availability zone that was asked for; any when absent. */
  readonly zone?: string
  /** Kinds of networks (`Capabilities.networks`) that the host must offer. */
  readonly networkKinds: readonly string[]
  /** Hosts that will not do, with the reason. */
  readonly excludedHosts?: ReadonlyMap<HostId, string>
  /** The one host that is not excluded is an admin's word: see `filtersFor`. */
  readonly isForced?: boolean
  /** Hosts that failed at this very request already, with what they said. */
  readonly failedHosts: ReadonlyMap<HostId, string>
}

export type Verdict =
  | { readonly pass: true }
  | { readonly pass: false; readonly reason: string; readonly wanted?: number | string; readonly had?: number | string }

export interface Filter {
  readonly name: string
  check(host: HostState, request: ScheduleRequest): Verdict
  /** What would let a host pass that does not: all of it together. Without it, or when undefined, nothing helps. */
  remedies?(host: HostState, request: ScheduleRequest): readonly Remedy[] | undefined
}

/** One thing that could be different, in the request, in the image or at the host. */
export type Remedy =
  | { readonly kind: 'less'; readonly amount: keyof Resources; readonly atMost: number }
  /** The image's property would have to be one of these, or absent when there are none; `disk_format` stands for its format. */
  | { readonly kind: 'image'; readonly property: string; readonly oneOf: readonly string[] }
  | { readonly kind: 'host'; readonly mustBe: 'enabled' | 'up' | 'healthy' | 'tested' }

export interface Weigher {
  readonly name: string
  readonly multiplier: number
  /** Higher is better; the pipeline scales the values of all candidates to 0…1. */
  weigh(host: HostState, request: ScheduleRequest): number
}

export interface Rejection {
  readonly filter: string
  readonly reason: string
  /** Hosts that fell for this reason. */
  readonly count: number
  readonly wanted?: number | string
  /** The most that any of these hosts had, where amounts are numbers. */
  readonly had?: number | string
  /** A few of them, for admins. */
  readonly hosts: readonly string[]
}

export interface Scored {
  readonly hostId: HostId
  readonly name: string
  readonly score: number
}

/** What is recorded of one decision, and shown by `explain`. */
export interface Decision {
  readonly considered: number
  readonly passed: number
  readonly rejections: readonly Rejection[]
  /** The best candidates, best first. */
  readonly top: readonly Scored[]
  readonly chosen: Scored | null
}
