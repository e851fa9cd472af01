/**
 * What this agent knows of its VMs. It alone raises the generation, at every change that it sees, so that whoever
 * stores its words can tell newer from older. A VM that it knew and finds no more is missing, never stopped.
 */
import type { VmReport } from '../bus/messages/messages.ts'
import type { VmState } from '../driver/vm-spec.ts'
import { firstGeneration, incarnationOf } from '../model/generation.ts'
import type { Json } from '../util/json.ts'

interface Known {
  report: VmReport
  /** Value of the change counter when this was last touched. */
  touched: number
}

export class VmRegistry {
  readonly #known = new Map<string, Known>()
  readonly #changed = new Set<string>()
  /** Value of the change counter when a VM was forgotten; kept until a list that was begun later. */
  readonly #forgotten = new Map<string, number>()
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
    return this.#set(state.instanceId, hostId, power, state.handle as unknown as Json)
  }

  /** @returns undefined when the VM was not known anyway */
  observeMissing(instanceId: string): VmReport | undefined {
    const known = this.#known.get(instanceId)
    if (known === undefined) return undefined
    return this.#set(instanceId, known.report.hostId, 'missing', known.report.handle)
  }

  /** It was there according to the control plane; the next look tells whether it still is. */
  expect(instanceId: string, hostId: string, handle: Json): void {
    if (!this.#known.has(instanceId)) this.#set(instanceId, hostId, 'unknown', handle)
  }

  forget(instanceId: string): void {
    this.#counter += 1
    this.#known.delete(instanceId)
    this.#changed.delete(instanceId)
    this.#forgotten.set(instanceId, this.#counter)
  }

  /** Whoever began to look at that mark saw a VM on its way out: what they saw says nothing. */
  wasForgottenAfter(instanceId: string, mark: number): boolean {
    return (this.#forgotten.get(instanceId) ?? -1) > mark
  }

  handleOf(instanceId: string): Json {
    return this.#known.get(instanceId)?.report.handle ?? null
  }

  hostOf(instanceId: string): string | undefined {
    return this.#known.get(instanceId)?.report.hostId
  }

  /** Takes over a whole list of a driver's hosts that was begun at `mark`. */
  reconcile(hostIds: ReadonlySet<string>, states: readonly VmState[], mark: number): void {
    const listed = new Set(states.map((state) => state.instanceId))
    for (const state of states) {
      if (this.wasTouchedAfter(state.instanceId, mark)) continue
      this.observe(state.nodeId, state)
    }
    for (const [instanceId, { report }] of this.#known) {
      if (!hostIds.has(report.hostId) || listed.has(instanceId) || this.wasTouchedAfter(instanceId, mark)) continue
      this.observeMissing(instanceId)
    }
    for (const [instanceId, counter] of this.#forgotten) if (counter <= mark) this.#forgotten.delete(instanceId)
  }

  all(): readonly VmReport[] {
    return [...this.#known.values()].map(({ report }) => report)
  }

  get hasChanged(): boolean {
    return this.#changed.size > 0
  }

  takeChanged(): readonly VmReport[] {
    const reports = [...this.#changed].flatMap((instanceId) => this.#known.get(instanceId)?.report ?? [])
    this.#changed.clear()
    return reports
  }

  /** This was said in an answer: no report has to say it again, unless something changed since. */
  wasSaid(report: VmReport): void {
    if (this.#known.get(report.instanceId)?.report === report) this.#changed.delete(report.instanceId)
  }

  /** Something was learnt of the VM since that mark: what began to be looked at before it is old. */
  wasTouchedAfter(instanceId: string, mark: number): boolean {
    return (this.#known.get(instanceId)?.touched ?? -1) > mark || this.wasForgottenAfter(instanceId, mark)
  }

  #set(instanceId: string, hostId: string, power: VmReport['power'], handle: Json): VmReport {
    const known = this.#known.get(instanceId)
    const isSame =
      known !== undefined &&
      known.report.power === power &&
      known.report.hostId === hostId &&
      JSON.stringify(known.report.handle) === JSON.stringify(handle) &&
      incarnationOf(known.report.generation) === this.#incarnation
    if (isSame) return known.report
    this.#counter += 1
    const generation = firstGeneration(this.#incarnation) + this.#counter
    const report: VmReport = { instanceId, hostId, power, handle, generation }
    this.#known.set(instanceId, { report, touched: this.#counter })
    this.#changed.add(instanceId)
    return report
  }
}
