/**
 * What the agent tells without being asked: that it is alive (at intervals), what changed (at once), and everything it
 * knows (in full reports, which repair whatever got lost before: states, descriptions of hosts, answers).
 */
import type { Bus } from '../bus/bus.ts'
import { encodeMessage } from '../bus/messages/decode.ts'
import type { CommandAnswer, HostReport } from '../bus/messages/messages.ts'
import { agentTopic } from '../bus/topics.ts'
import { firstGeneration } from '../model/generation.ts'
import { delay } from '../util/delay.ts'
import type { Logger } from '../util/logger.ts'
import type { VmRegistry } from './vm-registry.ts'

export interface ReporterParts {
  readonly agentId: string
  readonly bus: Bus
  readonly log: Logger
  readonly registry: VmRegistry
  readonly hosts: () => readonly HostReport[]
  readonly runningKeys: () => readonly string[]
  /** How often it says that it is alive. */
  readonly heartbeatMs: number
  /** How often it lists all VMs and reports everything. */
  readonly fullReportMs: number
}

/** Changes of some moments travel together. */
const gatherMs = 20
/** An answer that is older than this many full reports was repeated in one of them; what is lost even so is asked for again. */
const answersKeptReports = 2
const maxAnswers = 500

export class Reporter {
  readonly #parts: ReporterParts
  readonly #answers: (CommandAnswer & { readonly atMs: number })[] = []
  #incarnation = 0
  #counter = 0
  #scheduled = false
  #stopped = false
  #hostsSaid = ''

  constructor(parts: ReporterParts) {
    this.#parts = parts
  }

  /** From the welcome on; before it nothing is said. */
  begin(incarnation: number): void {
    this.#incarnation = incarnation
  }

  /** Nothing more is said of itself; a report that is asked for still leaves. */
  stop(): void {
    this.#stopped = true
  }

  /** Notes an answer, to be repeated in the next full reports. */
  answered(answer: CommandAnswer): void {
    this.#answers.push({ ...answer, atMs: performance.now() })
    if (this.#answers.length > maxAnswers) this.#answers.shift()
  }

  /** Says that it is alive, until the signal aborts. */
  async beat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(this.#parts.heartbeatMs, signal)
      if (!signal.aborted) await this.report(false)
    }
  }

  reportSoon(): void {
    if (this.#scheduled || this.#incarnation === 0) return
    this.#scheduled = true
    setTimeout(() => {
      this.#scheduled = false
      if (!this.#stopped && this.#hasNews()) void this.report(false)
    }, gatherMs).unref()
  }

  /** An answer may have said meanwhile what was to be reported. */
  #hasNews(): boolean {
    return this.#parts.registry.hasChanged || JSON.stringify(this.#parts.hosts()) !== this.#hostsSaid
  }

  async report(full: boolean): Promise<void> {
    if (this.#incarnation === 0) return
    const { agentId, bus, log, registry, runningKeys } = this.#parts
    const hosts = this.#parts.hosts()
    const hostsSaid = JSON.stringify(hosts)
    const changed = registry.takeChanged()
    this.#counter += 1
    try {
      await bus.publish(
        agentTopic(agentId, 'report'),
        encodeMessage({
          type: 'agent-report',
          version: 1,
          agentId,
          incarnation: this.#incarnation,
          generation: firstGeneration(this.#incarnation) + this.#counter,
          full,
          hosts: full || hostsSaid !== this.#hostsSaid ? hosts : [],
          vms: full ? registry.all() : changed,
          running: runningKeys(),
          answers: full ? this.#recentAnswers() : [],
        }),
      )
      this.#hostsSaid = hostsSaid
    } catch (error) {
      // The next full report repairs it.
      log.warn({ err: error }, 'a report could not be sent')
    }
  }

  #recentAnswers(): readonly CommandAnswer[] {
    const oldestMs = performance.now() - answersKeptReports * this.#parts.fullReportMs
    const recent = this.#answers.findIndex(({ atMs }) => atMs >= oldestMs)
    this.#answers.splice(0, recent < 0 ? this.#answers.length : recent)
    return this.#answers.map(({ key, outcome }) => ({ key, outcome }))
  }
}
