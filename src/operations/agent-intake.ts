/**
 * What conductors do with what agents say: answers and reports become rows, always by compare-and-set, and whoever
 * waits is woken. Messages from an agent's older incarnation change nothing.
 */
import { agentQueue, conductorQueue, type Bus, type Subscription } from '../bus/bus.ts'
import { decodeMessage, encodeMessage } from '../bus/messages/decode.ts'
import type {
  AgentHello,
  AgentReport,
  BusMessage,
  CommandResult,
  HostReport,
  VmReport,
} from '../bus/messages/messages.ts'
import type { HostCapabilities } from '../model/host.ts'
import type { AgentId, HostId, InstanceId, OperationId } from '../model/ids.ts'
import { registerAgent, touchAgent } from '../store/agents.ts'
import { answerCommand } from '../store/commands.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { markAgentDown, touchHosts, upsertHost, type HostDefaults } from '../store/hosts.ts'
import { listVmsOfHosts, recordVm } from '../store/vms.ts'
import type { Clock } from '../util/clock.ts'
import type { Json } from '../util/json.ts'
import type { Logger } from '../util/logger.ts'
import type { AgentCalls } from './agent-calls.ts'

export interface IntakeParts {
  readonly db: Db
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
  readonly calls: AgentCalls
  readonly hostDefaults: HostDefaults
  /** There is work on this operation. */
  onOperationPending(id: OperationId): void
  /** An agent spoke of these VMs, or said that it is back. */
  onVmsReported(instanceIds: readonly InstanceId[]): void
}

export class AgentIntake {
  readonly #parts: IntakeParts
  readonly #subscriptions: Subscription[] = []
  readonly #incarnations = new Map<string, { startId: string; incarnation: number }>()
  /** What each host description said last, so that an unchanged one costs no write. */
  readonly #described = new Map<string, string>()

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    const { bus } = this.#parts
    // Shared by all conductors: each event is stored once.
    this.#subscriptions.push(await bus.subscribe(conductorQueue, (message) => this.#take(message)))
    // Each process: whoever waits for an answer may be here.
    this.#subscriptions.push(await bus.subscribe(undefined, async (message) => this.#wake(message)))
    this.#subscriptions.push(await bus.consume(conductorQueue, async (message) => this.#wake(message)))
  }

  async stop(): Promise<void> {
    await Promise.all(this.#subscriptions.map((subscription) => subscription.cancel()))
  }

  async #take(json: Json): Promise<void> {
    const message = this.#decode(json)
    switch (message?.type) {
      case 'agent-hello':
        return this.#welcome(message)
      case 'agent-report':
        return this.#record(message)
      case 'agent-goodbye':
        return markAgentDown(this.#parts.db, message.agentId as AgentId, this.#parts.clock.nowMs())
      case 'command-result':
        return this.#answer(message)
      case undefined:
      default:
        return
    }
  }

  #wake(json: Json): void {
    const message = this.#decode(json)
    switch (message?.type) {
      case 'command-progress':
        return this.#parts.calls.progress(message)
      case 'agent-report':
        return this.#parts.calls.heardOf(message.running)
      case 'operation-pending':
        return this.#parts.onOperationPending(message.operationId as OperationId)
      case 'command-result':
        // Answers of operations wake their step once they are stored; see #answer.
        if (message.key.startsWith('query/')) this.#parts.calls.settle(message)
        return
      case undefined:
      default:
        return
    }
  }

  #decode(json: Json): BusMessage | undefined {
    try {
      return decodeMessage(json)
    } catch (error) {
      this.#parts.log.error({ err: error }, 'a bus message was not understood and is dropped')
      return undefined
    }
  }

  async #welcome(hello: AgentHello): Promise<void> {
    const { db, bus, clock } = this.#parts
    const agentId = hello.agentId as AgentId
    const nowMs = clock.nowMs()
    const known = this.#incarnations.get(agentId)
    const incarnation =
      known?.startId === hello.startId ? known.incarnation : await registerAgent(db, agentId, hello.name, nowMs)
    this.#incarnations.set(agentId, { startId: hello.startId, incarnation })
    await inTransaction(db, (trx) => this.#describeHosts(trx, agentId, hello.hosts, nowMs, true))
    const vms = await listVmsOfHosts(
      db,
      hello.hosts.map((host) => host.id as HostId),
    )
    const welcome = encodeMessage({
      type: 'agent-welcome',
      version: 1,
      incarnation,
      vms: vms.map(({ instanceId, hostId, handle }) => ({ instanceId, hostId, handle })),
    })
    await bus.send(agentQueue(agentId), welcome)
  }

  async #record(report: AgentReport): Promise<void> {
    const { db, clock } = this.#parts
    const agentId = report.agentId as AgentId
    const nowMs = clock.nowMs()
    let isNews = report.full
    const changed = await inTransaction(db, async (trx) => {
      if (!(await touchAgent(trx, agentId, report.incarnation, nowMs))) return []
      // A host that is healthy again can do what it could not: duties wait for that.
      isNews = (await this.#describeHosts(trx, agentId, report.hosts, nowMs, false)) || isNews
      await touchHosts(trx, agentId, nowMs)
      return this.#recordVms(trx, report.vms, nowMs)
    })
    if (changed.length > 0 || isNews) this.#parts.onVmsReported(changed)
  }

  async #recordVms(trx: Db, vms: readonly VmReport[], nowMs: number): Promise<readonly InstanceId[]> {
    const hostIds = [...new Set(vms.map((vm) => vm.hostId as HostId))]
    const known = new Map<string, number>()
    if (vms.length > 1) {
      for (const vm of await listVmsOfHosts(trx, hostIds)) known.set(`${vm.instanceId}/${vm.hostId}`, vm.generation)
    }
    const changed: InstanceId[] = []
    for (const vm of vms) {
      if ((known.get(`${vm.instanceId}/${vm.hostId}`) ?? -1) >= vm.generation) continue
      if (await recordVm(trx, toVm(vm, nowMs))) changed.push(vm.instanceId as InstanceId)
    }
    return changed
  }

  /** @returns whether any host says something new of itself */
  async #describeHosts(
    trx: Db,
    agentId: AgentId,
    hosts: readonly HostReport[],
    nowMs: number,
    always: boolean,
  ): Promise<boolean> {
    let isNews = false
    for (const report of hosts) {
      const said = JSON.stringify([agentId, report])
      if (!always && this.#described.get(report.id) === said) continue
      await upsertHost(trx, toDescription(agentId, report), this.#parts.hostDefaults, nowMs)
      this.#described.set(report.id, said)
      isNews = true
    }
    return isNews
  }

  async #answer(result: CommandResult): Promise<void> {
    const { db, clock, calls } = this.#parts
    if (result.key.startsWith('query/')) return
    const nowMs = clock.nowMs()
    const vm = result.outcome.vm
    await inTransaction(db, async (trx) => {
      await answerCommand(trx, result.key, result.outcome as unknown as Json, nowMs)
      if (vm !== undefined) await recordVm(trx, toVm(vm, nowMs))
    })
    calls.settle(result)
  }
}

function toVm(vm: VmReport, nowMs: number): Parameters<typeof recordVm>[1] {
  return {
    instanceId: vm.instanceId as InstanceId,
    hostId: vm.hostId as HostId,
    powerState: vm.power,
    handle: vm.handle,
    generation: vm.generation,
    observedAtMs: nowMs,
  }
}

function toDescription(agentId: AgentId, report: HostReport): Parameters<typeof upsertHost>[1] {
  return {
    id: report.id as HostId,
    agentId,
    driverId: report.driverId,
    name: report.name,
    hypervisorType: report.hypervisorType,
    hypervisorVersion: report.hypervisorVersion,
    healthy: report.healthy,
    healthMessage: report.healthMessage,
    total: { vcpus: report.vcpus, memoryMb: report.memoryMb, diskGb: report.diskGb },
    traits: report.traits,
    capabilities: report.capabilities as HostCapabilities,
  }
}
