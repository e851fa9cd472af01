/** Filters, then weighers, and a record of every reason. Real requests, explanations and simulations all run this. */
import type { Decision, Filter, HostState, Rejection, ScheduleRequest, Scored, Verdict, Weigher } from './types.ts'

const sampleHosts = 5
const topHosts = 5

export function schedule(
  hosts: readonly HostState[],
  request: ScheduleRequest,
  pipeline: { readonly filters: readonly Filter[]; readonly weighers: readonly Weigher[] },
  /** Between 0 and 1; spreads equal scores so that conductors do not all run to the same host. */
  random: () => number = Math.random,
): Decision {
  const rejections = new Map<string, MutableRejection>()
  const candidates = hosts.filter((host) => passesAll(host, request, pipeline.filters, rejections))
  const scored = score(candidates, request, pipeline.weighers)
  const best = scored.filter((candidate) => candidate.score === scored[0]?.score)
  return {
    considered: hosts.length,
    passed: candidates.length,
    rejections: [...rejections.values()].sort((a, b) => b.count - a.count),
    top: scored.slice(0, topHosts),
    chosen: best[Math.floor(random() * best.length)] ?? null,
  }
}

type MutableRejection = { -readonly [K in keyof Rejection]: Rejection[K] } & { hosts: string[] }

function passesAll(
  host: HostState,
  request: ScheduleRequest,
  filters: readonly Filter[],
  rejections: Map<string, MutableRejection>,
): boolean {
  for (const filter of filters) {
    const verdict = filter.check(host, request)
    if (verdict.pass) continue
    count(rejections, filter.name, host, verdict)
    return false
  }
  return true
}

function count(
  rejections: Map<string, MutableRejection>,
  filter: string,
  host: HostState,
  verdict: Extract<Verdict, { pass: false }>,
): void {
  const key = `${filter}\n${verdict.reason}`
  const known = rejections.get(key)
  if (known === undefined) {
    rejections.set(key, {
      filter,
      reason: verdict.reason,
      count: 1,
      hosts: [host.name],
      ...(verdict.wanted === undefined ? {} : { wanted: verdict.wanted }),
      ...(verdict.had === undefined ? {} : { had: verdict.had }),
    })
    return
  }
  known.count += 1
  if (known.hosts.length < sampleHosts) known.hosts.push(host.name)
  if (typeof verdict.had === 'number' && typeof known.had === 'number') known.had = Math.max(known.had, verdict.had)
}

/** Each weigher's values are scaled to 0…1 over the candidates, so that megabytes do not drown cores. */
function score(candidates: readonly HostState[], request: ScheduleRequest, weighers: readonly Weigher[]): Scored[] {
  const totals = new Float64Array(candidates.length)
  for (const weigher of weighers) {
    const values = candidates.map((host) => weigher.weigh(host, request))
    let low = Infinity
    let high = -Infinity
    for (const value of values) {
      if (value < low) low = value
      if (value > high) high = value
    }
    if (high === low) continue
    values.forEach((value, index) => {
      totals[index] = (totals[index] ?? 0) + (weigher.multiplier * (value - low)) / (high - low)
    })
  }
  return candidates
    .map((host, index) => ({ hostId: host.id, name: host.name, score: totals[index] ?? 0 }))
    .sort((a, b) => b.score - a.score)
}
