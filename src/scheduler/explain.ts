/** What `explain` shows beyond the decision itself: each filter's part, how many servers fit, what would help. */
import type { Resources } from '../model/resources.ts'
import { schedule } from './pipeline.ts'
import { smallestChanges, type Change } from './smallest-change.ts'
import type { Decision, Filter, HostState, Rejection, ScheduleRequest, Verdict, Weigher } from './types.ts'

export interface Explanation {
  /** As a real request would be decided now; the weighers' lot may fall on another of the best. */
  readonly decision: Decision
  /** In the order in which they run: what each was shown and let through. */
  readonly filters: readonly FilterPart[]
  /** Of `count` such servers, how many would find a host. */
  readonly fits: number
  readonly count: number
  /** Empty when all of them fit, or when nothing helps. */
  readonly changes: readonly Change[]
  /** The verdict on each host, by name; the first thousand. */
  readonly hosts: readonly HostVerdict[]
}

export interface FilterPart {
  readonly filter: string
  readonly checked: number
  readonly passed: number
  readonly rejections: readonly Rejection[]
}

/** `filter` is the first that refused; null when all let it pass. */
export interface HostVerdict {
  readonly name: string
  readonly filter: string | null
  readonly reason?: string
  readonly wanted?: number | string
  readonly had?: number | string
}

const maxHosts = 1000

export function explain(
  hosts: readonly HostState[],
  request: ScheduleRequest,
  wish: { readonly count: number; readonly minimum: Resources },
  pipeline: { readonly filters: readonly Filter[]; readonly weighers: readonly Weigher[] },
): Explanation {
  const decision = schedule(hosts, request, pipeline)
  return {
    decision,
    filters: filterParts(decision, pipeline.filters),
    fits: countThatFit(hosts, request, pipeline.filters, wish.count),
    count: wish.count,
    changes: smallestChanges(hosts, request, pipeline.filters, wish.minimum),
    hosts: hosts.slice(0, maxHosts).map((host) => verdictOn(host, request, pipeline.filters)),
  }
}

/** A host falls at the first filter that refuses it, so what a filter was shown follows from those before it. */
function filterParts(decision: Decision, filters: readonly Filter[]): readonly FilterPart[] {
  let checked = decision.considered
  return filters.map(({ name }) => {
    const rejections = decision.rejections.filter(({ filter }) => filter === name)
    const passed = checked - rejections.reduce((sum, { count }) => sum + count, 0)
    const part = { filter: name, checked, passed, rejections }
    checked = passed
    return part
  })
}

/** Equal servers fit a host as often as its scarcest amount allows, in whatever order they come. */
function countThatFit(
  hosts: readonly HostState[],
  request: ScheduleRequest,
  filters: readonly Filter[],
  count: number,
): number {
  let fits = 0
  for (const host of hosts) {
    if (fits >= count) break
    if (verdictOn(host, request, filters).filter !== null) continue
    const here = Math.min(...amounts.map((amount) => timesThatFit(host.free[amount], request[amount])), count)
    // The first of an affinity group chooses the host of all.
    if (request.group?.policy === 'affinity') fits = Math.max(fits, here)
    else fits += Math.min(here, groupRoom(host, request))
  }
  return Math.min(fits, count)
}

/** How many more of its anti-affinity group the host may have. */
function groupRoom(host: HostState, { group }: ScheduleRequest): number {
  if (group?.policy !== 'anti-affinity') return Infinity
  return (group.maxServerPerHost ?? 1) - (group.members.get(host.id) ?? 0)
}

const amounts = ['vcpus', 'memoryMb', 'diskGb'] as const satisfies readonly (keyof Resources)[]

function timesThatFit(free: number, wanted: number): number {
  return wanted === 0 ? Infinity : Math.floor(free / wanted)
}

function verdictOn(host: HostState, request: ScheduleRequest, filters: readonly Filter[]): HostVerdict {
  for (const filter of filters) {
    const verdict: Verdict = filter.check(host, request)
    if (verdict.pass) continue
    const { pass: _pass, ...why } = verdict
    return { name: host.name, filter: filter.name, ...why }
  }
  return { name: host.name, filter: null }
}
