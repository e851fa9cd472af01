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
  const scores = scoresOf(candidates, request, pipeline.weighers)
  const top = highest(scores, topHosts)
  const chosen = drawBest(scores, top[0], random)
  const toScored = (index: number): Scored[] => {
    const host = candidates[index]
    return host === undefined ? [] : [{ hostId: host.id, name: host.name, score: scores[index] ?? 0 }]
  }
  return {
    considered: hosts.length,
    passed: candidates.length,
    rejections: [...rejections.values()].sort((a, b) => b.count - a.count),
    top: top.flatMap(toScored),
    chosen: (chosen === undefined ? undefined : toScored(chosen)[0]) ?? null,
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
function scoresOf(
  candidates: readonly HostState[],
  request: ScheduleRequest,
  weighers: readonly Weigher[],
): Float64Array {
  const scores = new Float64Array(candidates.length)
  const values = new Float64Array(candidates.length)
  for (const { multiplier, weigh } of weighers) {
    let low = Infinity
    let high = -Infinity
    candidates.forEach((host, index) => {
      const value = weigh(host, request)
      values[index] = value
      if (value < low) low = value
      if (value > high) high = value
    })
    if (high === low) continue
    const factor = multiplier / (high - low)
    for (let index = 0; index < scores.length; index += 1) {
      scores[index] = (scores[index] ?? 0) + ((values[index] ?? 0) - low) * factor
    }
  }
  return scores
}

/** The indexes of the highest scores, highest first; linear, because there may be ten thousand candidates. */
function highest(scores: Float64Array, count: number): readonly number[] {
  const top: number[] = []
  for (let index = 0; index < scores.length; index += 1) {
    const score = scores[index] ?? 0
    const last = top.at(-1)
    if (top.length === count && last !== undefined && score <= (scores[last] ?? 0)) continue
    const place = top.findIndex((other) => score > (scores[other] ?? 0))
    top.splice(place < 0 ? top.length : place, 0, index)
    if (top.length > count) top.pop()
  }
  return top
}

/** One of those that share the highest score, by lot. */
function drawBest(scores: Float64Array, best: number | undefined, random: () => number): number | undefined {
  if (best === undefined) return undefined
  const score = scores[best]
  let count = 0
  for (const other of scores) if (other === score) count += 1
  let left = Math.floor(random() * count)
  return scores.findIndex((other) => other === score && left-- === 0)
}
