/**
 * Everything that this process counts. The parts declare observers of their own (requests, operations, placement, bus,
 * queries) and know nothing of metrics; main.ts hands them these. What each figure means: docs/metrics.md.
 */
import { Counters, gauge, Histograms, type Family } from './families.ts'

/** What is counted when somebody looks, with one query each. */
export interface StateSource {
  hosts(): Promise<readonly { up: boolean; healthy: boolean; enabled: boolean; count: number }[]>
  instances(): Promise<readonly { vmState: string; taskState: string | null; count: number }[]>
  openOperations(): Promise<readonly { kind: string; status: string; count: number }[]>
  waitingForStore(): number
}

const requestBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60]
const shortBounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5]
const longBounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800]

const statusClasses = ['', '1xx', '2xx', '3xx', '4xx', '5xx'] as const

export class ServiceMetrics {
  readonly #requests = new Histograms(
    'polyvisor_http_request_duration_seconds',
    ['operation', 'status_class'],
    requestBounds,
    'Time from a request’s arrival to the end of its answer.',
  )
  readonly #operations = new Histograms(
    'polyvisor_operation_duration_seconds',
    ['kind', 'outcome'],
    longBounds,
    'Time from asking for an operation to its end.',
  )
  readonly #steps = new Histograms(
    'polyvisor_operation_step_duration_seconds',
    ['kind', 'step', 'outcome'],
    longBounds,
    'Time that one step of an operation, or its undo, took.',
  )
  readonly #decisions = new Histograms(
    'polyvisor_scheduler_decision_duration_seconds',
    ['outcome'],
    shortBounds,
    'Time to pick a host, reading the hosts included.',
  )
  readonly #rejections = new Counters(
    'polyvisor_scheduler_rejections_total',
    ['filter'],
    'Hosts that a filter refused, over all decisions.',
  )
  readonly #busLag = new Histograms(
    'polyvisor_bus_lag_seconds',
    ['queue'],
    shortBounds,
    'Time from sending a message to handing it to its reader.',
  )
  readonly #redeliveries = new Counters(
    'polyvisor_bus_redeliveries_total',
    ['queue'],
    'Messages delivered again because their reader failed.',
  )
  readonly #parked = new Counters(
    'polyvisor_bus_parked_total',
    ['queue'],
    'Messages laid aside because nobody could do anything with them.',
  )
  readonly #queries = new Histograms(
    'polyvisor_store_query_duration_seconds',
    ['kind'],
    shortBounds,
    'Time that one SQL statement took in the database.',
  )
  #requestsUnderWay = 0

  /** Told of each HTTP request. */
  readonly requests = {
    began: (): void => {
      this.#requestsUnderWay += 1
    },
    ended: (operationId: string | undefined, status: number | 'aborted', seconds: number): void => {
      this.#requestsUnderWay -= 1
      const statusClass = status === 'aborted' ? status : (statusClasses[Math.trunc(status / 100)] ?? '')
      this.#requests.observe(seconds, operationId ?? 'none', statusClass)
    },
  }
  /** Told by the engine. */
  readonly operations = {
    stepEnded: (kind: string, step: string, outcome: string, seconds: number): void =>
      this.#steps.observe(seconds, kind, step, outcome),
    operationEnded: (kind: string, outcome: string, seconds: number): void =>
      this.#operations.observe(seconds, kind, outcome),
  }
  /** Told of each decision of the scheduler. */
  readonly placement = {
    decided: (decision: Decision, seconds: number): void => {
      this.#decisions.observe(seconds, decision.chosen === null ? 'none' : 'chosen')
      for (const { filter, count } of decision.rejections) this.#rejections.add(count, filter)
    },
  }
  readonly bus = {
    delivered: (queue: string, lagSeconds: number): void => this.#busLag.observe(lagSeconds, queue),
    redelivered: (queue: string): void => this.#redeliveries.add(1, queue),
    parked: (queue: string): void => this.#parked.add(1, queue),
  }
  readonly queries = {
    queried: (kind: 'read' | 'write', seconds: number): void => this.#queries.observe(seconds, kind),
  }

  /** @param state undefined in a process without the database */
  families(version: string, state: StateSource | undefined): readonly Family[] {
    return [
      gauge('polyvisor_build_info', ['version'], 'Always 1; its label says which version runs.', () => [
        { labels: { version }, value: 1 },
      ]),
      gauge('polyvisor_http_requests_under_way', [], 'Requests that are being answered now.', () => [
        { labels: {}, value: this.#requestsUnderWay },
      ]),
      this.#requests,
      this.#operations,
      this.#steps,
      this.#decisions,
      this.#rejections,
      this.#busLag,
      this.#redeliveries,
      this.#parked,
      this.#queries,
      ...(state === undefined ? [] : stateGauges(state)),
    ]
  }
}

/** What is read of a decision. */
interface Decision {
  readonly chosen: unknown
  readonly rejections: readonly { readonly filter: string; readonly count: number }[]
}

function stateGauges(state: StateSource): readonly Family[] {
  return [
    gauge('polyvisor_hosts', ['up', 'healthy', 'enabled'], 'Hosts by state.', async () =>
      (await state.hosts()).map(({ up, healthy, enabled, count }) => ({
        labels: { up: String(up), healthy: String(healthy), enabled: String(enabled) },
        value: count,
      })),
    ),
    gauge('polyvisor_instances', ['vm_state', 'task_state'], 'Instances by state, deleted ones left out.', async () =>
      (await state.instances()).map(({ vmState, taskState, count }) => ({
        labels: { vm_state: vmState, task_state: taskState ?? 'none' },
        value: count,
      })),
    ),
    gauge('polyvisor_operations_open', ['kind', 'status'], 'Operations that have not ended.', async () =>
      (await state.openOperations()).map(({ kind, status, count }) => ({ labels: { kind, status }, value: count })),
    ),
    gauge('polyvisor_store_waiting', [], 'Callers that wait for the database’s connection.', () => [
      { labels: {}, value: state.waitingForStore() },
    ]),
  ]
}
