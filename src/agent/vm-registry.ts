/**
 * What this agent knows of its VMs: one for each instance and host, for during a move an instance has two. It alone raises the generation, at every change that it sees, so that whoever
 * stores its words can tell newer from older. A VM that it knew and finds no more is missing, never stopped.
 */
import type { VmReport } from '../bus/messages/messages.ts'
import type { VmState } from '../driver/vm-spec.ts'
import { firstGeneration, incarnationOf } from '../model/generation.ts'
import type { Json } from '../util/json.ts'

/** Which VM: an instance's on a host. */
export interface VmPlace {
  readonly instanceId: string
  readonly hostId: string
}

interface Known {
  report: VmReport
  /** Value of the change counter when this was last touched. */
  touched: number
}

export class VmRegistry {
  readonly #known = new Map<string, Known>()
  readonly #changed = new Set<string>()
  /** Value of the change counter when a VM was forgotten; kept until a list that was begun later. */
  readonly #forgotten = new Map<string, { readonly hostId: string; readonly counter: number }>()
  #incarnation = 0
  #counter = 0

  /** The control plane told us who we are: all that we say from now on is newer than before. */
  setIncarnation(incarnation: number): void {
    this.#incarnation = incarnation
  }

  /** A number to hand to `reconcile`: what is touched later is newer than the list taken now. */
  get mark(): number {
    return this.#counter
  }

  observe(hostId: string, state: VmState): VmReport {
    const power = state.power === 'building' ? 'unknown' : state.power
    return this.#set({ instanceId: state.instanceId, hostId }, power, state.handle as unknown as Json)
  }

  /** @returns undefined when the VM was not known anyway */
  observeMissing(place: VmPlace): VmReport | undefined {
    const known = this.#known.get(keyOf(place))
    if (known === undefined) return undefined
    return this.#set(place, 'missing', known.report.handle)
  }

  /** It was there according to the control plane; the next look tells whether it still is. */
  expect(instanceId: string, hostId: string, handle: Json): void {
    const place = { instanceId, hostId }
    if (!this.#known.has(keyOf(place))) this.#set(place, 'unknown', handle)
  }

  forget(place: VmPlace): void {
    const key = keyOf(place)
    this.#counter += 1
    this.#known.delete(key)
    this.#changed.delete(key)
    this.#forgotten.set(key, { hostId: place.hostId, counter: this.#counter })
  }

  /** Whoever began to look at that mark saw a VM on its way out: what they saw says nothing. */
  wasForgottenAfter(place: VmPlace, mark: number): boolean {
    return (this.#forgotten.get(keyOf(place))?.counter ?? -1) > mark
  }

  handleOf(place: VmPlace): Json {
    return this.#known.get(keyOf(place))?.report.handle ?? null
  }

  /** Takes over a whole list of a driver's hosts that was begun at `mark`. */
  reconcile(hostIds: ReadonlySet<string>, states: readonly VmState[], mark: number): void {
    const listed = new Set(states.map((state) => keyOf(placeOf(state))))
    for (const state of states) {
      if (this.wasTouchedAfter(placeOf(state), mark)) continue
      this.observe(state.nodeId, state)
    }
    for (const [key, { report }] of this.#known) {
      if (!hostIds.has(report.hostId) || listed.has(key) || this.wasTouchedAfter(report, mark)) continue
      this.observeMissing(report)
    }
    for (const [key, { hostId, counter }] of this.#forgotten)
      if (hostIds.has(hostId) && counter <= mark) this.#forgotten.delete(key)
  }

  all(): readonly VmReport[] {
    return [...this.#known.values()].map(({ report }) => report)
  }

  get hasChanged(): boolean {
    return this.#changed.size > 0
  }

  takeChanged(): readonly VmReport[] {
    const reports = [...this.#changed].flatMap((key) => this.#known.get(key)?.report ?? [])
    this.#changed.clear()
    return reports
  }

  /** This was said in an answer: no report has to say it again, unless something changed since. */
  wasSaid(report: VmReport): void {
    const key = keyOf(report)
    if (this.#known.get(key)?.report === report) this.#changed.delete(key)
  }

  /** Something was learnt of the VM since that mark: what began to be looked at before it is old. */
  wasTouchedAfter(place: VmPlace, mark: number): boolean {
    return (this.#known.get(keyOf(place))?.touched ?? -1) > mark || this.wasForgottenAfter(place, mark)
  }

  #set({ instanceId, hostId }: VmPlace, power: VmReport['power'], handle: Json): VmReport {
    const key = keyOf({ instanceId, hostId })
    const known = this.#known.get(key)
    const isSame =
      known !== undefined &&
      known.report.power === power &&
      JSON.stringify(known.report.handle) === JSON.stringify(handle) &&
      incarnationOf(known.report.generation) === this.#incarnation
    if (isSame) return known.report
    this.#counter += 1
    const generation = firstGeneration(this.#incarnation) + this.#counter
    const report: VmReport = { instanceId, hostId, power, handle, generation }
    this.#known.set(key, { report, touched: this.#counter })
    this.#changed.add(key)
    return report
  }
}

function keyOf({ instanceId, hostId }: VmPlace): string {
  return `${instanceId}/${hostId}`
}

function placeOf({ instanceId, nodeId }: VmState): VmPlace {
  return { instanceId, hostId: nodeId }
}
