/**
 * What is the least that would have to be different for a request to find a host? Filters name their own remedies;
 * here the host that needs the fewest of them is found, and the answer is tried out before it is given.
 */
import type { HostId } from '../model/ids.ts'
import type { Resources } from '../model/resources.ts'
import type { Filter, HostState, Remedy, ScheduleRequest } from './types.ts'

export interface Change {
  /** All of them together. */
  readonly remedies: readonly Remedy[]
  /** The host that would have to be different; absent when another request is enough. */
  readonly host?: { readonly id: HostId; readonly name: string }
  /** How many hosts would then pass. */
  readonly hosts: number
}

type Reach = 'request' | 'host' | 'both'

interface Candidate {
  readonly host: HostState
  readonly remedies: readonly Remedy[]
  readonly size: number
}

/**
 * @param minimum amounts below which a request makes no sense, such as the size of its image
 * @returns the smallest change of the request and the smallest of a host; of both at once only when neither alone
 *   would do. Empty when a host passes already or nothing helps.
 */
export function smallestChanges(
  hosts: readonly HostState[],
  request: ScheduleRequest,
  filters: readonly Filter[],
  minimum: Resources,
): readonly Change[] {
  const best = new Map<Reach, Candidate>()
  for (const host of hosts) {
    const remedies = remediesFor(host, request, filters)
    if (remedies === undefined) continue
    if (remedies.length === 0) return []
    if (!remedies.every((remedy) => makesSense(remedy, minimum))) continue
    const reach = reachOf(remedies)
    const size = sizeOf(remedies, request)
    if (size >= (best.get(reach)?.size ?? Infinity)) continue
    if (countPassing([host], request, { remedies, host }, filters) === 1) best.set(reach, { host, remedies, size })
  }
  const ofOne = [best.get('request'), best.get('host')].filter((candidate) => candidate !== undefined)
  const found = ofOne.length > 0 ? ofOne : [best.get('both')].filter((candidate) => candidate !== undefined)
  return found.map((candidate) => toChange(candidate, hosts, request, filters))
}

/** The hosts and the request as they would be after the change. */
export function applyChange(
  hosts: readonly HostState[],
  request: ScheduleRequest,
  change: Pick<Change, 'remedies' | 'host'>,
): { readonly hosts: readonly HostState[]; readonly request: ScheduleRequest } {
  let changed = request
  const states: Partial<Pick<HostState, 'enabled' | 'up' | 'healthy' | 'tested'>> = {}
  for (const remedy of change.remedies) {
    if (remedy.kind === 'host') Object.assign(states, { [remedy.mustBe]: true })
    else if (remedy.kind === 'less') changed = { ...changed, [remedy.amount]: remedy.atMost }
    else changed = withImage(changed, remedy.property, remedy.oneOf[0])
  }
  if (change.host === undefined) return { hosts, request: changed }
  const { id } = change.host
  return { hosts: hosts.map((host) => (host.id === id ? { ...host, ...states } : host)), request: changed }
}

/** @returns undefined when a filter refuses the host and nothing helps */
function remediesFor(
  host: HostState,
  request: ScheduleRequest,
  filters: readonly Filter[],
): readonly Remedy[] | undefined {
  const all: Remedy[] = []
  for (const filter of filters) {
    if (filter.check(host, request).pass) continue
    const remedies = filter.remedies?.(host, request)
    if (remedies === undefined || remedies.length === 0) return undefined
    all.push(...remedies)
  }
  return all
}

function makesSense(remedy: Remedy, minimum: Resources): boolean {
  return remedy.kind !== 'less' || (remedy.atMost > 0 && remedy.atMost >= minimum[remedy.amount])
}

function reachOf(remedies: readonly Remedy[]): Reach {
  const ofHost = remedies.filter(({ kind }) => kind === 'host').length
  if (ofHost === 0) return 'request'
  return ofHost === remedies.length ? 'host' : 'both'
}

/** Fewer remedies first; then amounts before images, and the amounts that give up the smallest share. */
function sizeOf(remedies: readonly Remedy[], request: ScheduleRequest): number {
  let share = 0
  for (const remedy of remedies) {
    if (remedy.kind === 'less') share += (request[remedy.amount] - remedy.atMost) / request[remedy.amount]
    if (remedy.kind === 'image') share += 1
  }
  return remedies.length + share / (remedies.length + 1)
}

function toChange(
  { host, remedies }: Candidate,
  hosts: readonly HostState[],
  request: ScheduleRequest,
  filters: readonly Filter[],
): Change {
  const change = reachOf(remedies) === 'request' ? { remedies } : { remedies, host: { id: host.id, name: host.name } }
  return { ...change, hosts: countPassing(hosts, request, change, filters) }
}

function countPassing(
  hosts: readonly HostState[],
  request: ScheduleRequest,
  change: Pick<Change, 'remedies' | 'host'>,
  filters: readonly Filter[],
): number {
  const after = applyChange(hosts, request, change)
  return after.hosts.filter((state) => filters.every((filter) => filter.check(state, after.request).pass)).length
}

function withImage(request: ScheduleRequest, property: string, value: string | undefined): ScheduleRequest {
  if (property === 'disk_format') return { ...request, diskFormats: value === undefined ? [] : [value] }
  const { [property]: _former, ...others } = request.imageProperties
  return { ...request, imageProperties: value === undefined ? others : { ...others, [property]: value } }
}
