/**
 * What conductors do with what agents say: answers and reports become rows, always by compare-and-set, and whoever
 * waits is woken. Messages from an agent's older incarnation change nothing.
 */
import { agentQueue, type Bus, type Subscription } from '../bus/bus.ts'
import { decodeMessage, encodeMessage } from '../bus/messages/decode.ts'
import type {
  AgentGoodbye,
  AgentHello,
  AgentReport,
  BusMessage,
  CommandAnswer,
  HostReport,
  VmReport,
} from '../bus/messages/messages.ts'
import { PoisonMessage } from '../bus/poison-message.ts'
import { agentOfTopic, anyAgentTopic, controlTopic } from '../bus/topics.ts'
import { firstGeneration } from '../model/generation.ts'
import type { HostCapabilities } from '../model/host.ts'
import type { AgentId, HostId, InstanceId } from '../model/ids.ts'
import { registerAgent, touchAgent } from '../store/agents.ts'
import { answerCommand, listUnanswered } from '../store/commands.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { describeHosts, type HostDefaults, type HostDescription } from '../store/host-descriptions.ts'
import { markAgentDown, touchHosts } from '../store/hosts.ts'
import { listVmsOfHosts, recordVm } from '../store/vms.ts'
import type { Clock } from '../util/clock.ts'
import type { Json } from '../util/json.ts'
import type { AgentCalls } from './agent-calls.ts'

export interface IntakeParts {
  readonly db: Db
  readonly bus: Bus
  readonly clock: Clock
  readonly calls: AgentCalls
  readonly hostDefaults: HostDefaults
  /** An agent spoke of these VMs, or said that it is back. */
  onVmsReported(instanceIds: readonly InstanceId[]): void
}

/** Events that become rows: each is handed to one conductor, and kept while there is none. */
const group = 'conductor'
/** An agent that speaks often is noted as alive no more often than that. */
const touchEveryMs = 1_000
const topics = (['hello', 'report', 'goodbye', 'command-result'] as const).map(anyAgentTopic)

export class AgentIntake {
  readonly #parts: IntakeParts
  /** Of each agent the incarnation that was noted as alive last, and when. */
  readonly #touched = new Map<AgentId, { readonly incarnation: number; readonly atMs: number }>()
  #subscription: Subscription | undefined

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    this.#subscription = await this.#parts.bus.subscribe({ topics, group }, (json, topic) => this.#take(json, topic))
  }

  async stop(): Promise<void> {
    await this.#subscription?.cancel()
  }

  async #take(json: Json, topic: string): Promise<void> {
    const message = decodeOf(json, topic)
    switch (message.type) {
      case 'agent-hello':
        return this.#welcome(message)
      case 'agent-report':
        return this.#record(message)
      case 'agent-goodbye':
        return this.#takeLeave(message)
      case 'command-result':
        return this.#answer(message.agentId as AgentId, message)
      default:
        return
    }
  }

  async #welcome(hello: AgentHello): Promise<void> {
    const { db, bus, clock, hostDefaults } = this.#parts
    const agentId = hello.agentId as AgentId
    const nowMs = clock.nowMs()
    const { incarnation, vms } = await inTransaction(db, async (trx) => {
      const registered = await registerAgent(trx, agentId, hello, nowMs)
      const described = hello.hosts.map((host) => toDescription(host, firstGeneration(registered)))
      await describeHosts(trx, agentId, described, hostDefaults, nowMs)
      await touchHosts(trx, agentId, nowMs)
      const hostIds = hello.hosts.map((host) => host.id as HostId)
      return { incarnation: registered, vms: await listVmsOfHosts(trx, hostIds) }
    })
    const welcome = encodeMessage({
      type: 'agent-welcome',
      version: 1,
      startId: hello.startId,
      incarnation,
      vms: vms.map(({ instanceId, hostId, handle }) => ({ instanceId, hostId, handle })),
    })
    await bus.send(agentQueue(agentId), welcome)
  }

  async #record(report: AgentReport): Promise<void> {
    const { db, bus, clock, hostDefaults } = this.#parts
    const agentId = report.agentId as AgentId
    const nowMs = clock.nowMs()
    // No transaction: each of these writes is a compare-and-set of its own, on the incarnation or on what the agent counts up.
    if (!(await this.#touch(report, nowMs))) {
      // Its start was never heard of (the database was restored, or another took its name): it must say hello again.
      const { incarnation } = report
      return bus.send(agentQueue(agentId), encodeMessage({ type: 'agent-unknown', version: 1, incarnation }))
    }
    // A host that is healthy again can do what it could not: duties wait for that.
    const described = report.hosts.map((host) => toDescription(host, report.generation))
    const isNews = await describeHosts(db, agentId, described, hostDefaults, nowMs)
    const changed = await this.#recordVms(agentId, report.vms, nowMs)
    for (const answer of await this.#lostAnswers(report.answers)) await this.#answer(agentId, answer)
    if (isNews || report.full || changed.length > 0) this.#parts.onVmsReported(changed)
  }

  /** Notes that the agent and its hosts are alive. @returns false when this is not its newest incarnation */
  async #touch({ agentId: id, incarnation }: AgentReport, nowMs: number): Promise<boolean> {
    const { db, clock } = this.#parts
    const agentId = id as AgentId
    const last = this.#touched.get(agentId)
    const atMs = clock.monotonicMs()
    if (last?.incarnation === incarnation && atMs - last.atMs < touchEveryMs) return true
    if (!(await touchAgent(db, agentId, incarnation, nowMs))) return false
    await touchHosts(db, agentId, nowMs)
    this.#touched.set(agentId, { incarnation, atMs })
    return true
  }

  /** Those of the repeated answers that never arrived. */
  async #lostAnswers(answers: readonly CommandAnswer[]): Promise<readonly CommandAnswer[]> {
    if (answers.length === 0) return []
    const open = new Set(
      await listUnanswered(
        this.#parts.db,
        answers.map(({ key }) => key),
      ),
    )
    return answers.filter(({ key }) => open.has(key))
  }

  async #takeLeave({ agentId, incarnation }: AgentGoodbye): Promise<void> {
    const { db, clock } = this.#parts
    const nowMs = clock.nowMs()
    this.#touched.delete(agentId as AgentId)
    await inTransaction(db, async (trx) => {
      if (await touchAgent(trx, agentId as AgentId, incarnation, nowMs))
        await markAgentDown(trx, agentId as AgentId, nowMs)
    })
  }

  /** @returns the instances of which something is new */
  async #recordVms(agentId: AgentId, vms: readonly VmReport[], nowMs: number): Promise<readonly InstanceId[]> {
    const { db } = this.#parts
    const known = new Map<string, number>()
    if (vms.length > 1) {
      const hostIds = [...new Set(vms.map((vm) => vm.hostId as HostId))]
      for (const vm of await listVmsOfHosts(db, hostIds)) known.set(`${vm.instanceId}/${vm.hostId}`, vm.generation)
    }
    const changed: InstanceId[] = []
    for (const vm of vms) {
      if ((known.get(`${vm.instanceId}/${vm.hostId}`) ?? -1) >= vm.generation) continue
      if (await recordVm(db, agentId, toVm(vm, nowMs))) changed.push(vm.instanceId as InstanceId)
    }
    return changed
  }

  async #answer(agentId: AgentId, { key, outcome }: CommandAnswer): Promise<void> {
    const { db, bus, clock, calls } = this.#parts
    const nowMs = clock.nowMs()
    const vm = outcome.vm === undefined ? undefined : toVm(outcome.vm, nowMs)
    await answerCommand(db, { key, agentId, result: outcome as unknown as Json, vm }, nowMs)
    if (!calls.settle(key, outcome)) {
      await bus.publish(controlTopic('command-answered'), encodeMessage({ type: 'command-answered', version: 1, key }))
    }
  }
}

/** The topic says whose message it is: an agent speaks for itself alone. @throws PoisonMessage */
function decodeOf(json: Json, topic: string): BusMessage {
  const message = decodeMessage(json)
  if ('agentId' in message && message.agentId !== agentOfTopic(topic))
    throw new PoisonMessage(`agent ${agentOfTopic(topic)} spoke in the name of agent ${message.agentId}`)
  return message
}

function toVm(vm: VmReport, nowMs: number): Parameters<typeof recordVm>[2] {
  return {
    instanceId: vm.instanceId as InstanceId,
    hostId: vm.hostId as HostId,
    powerState: vm.power,
    handle: vm.handle,
    generation: vm.generation,
    observedAtMs: nowMs,
  }
}

function toDescription(report: HostReport, generation: number): HostDescription {
  return {
    id: report.id as HostId,
    driverId: report.driverId,
    name: report.name,
    hypervisorType: report.hypervisorType,
    hypervisorVersion: report.hypervisorVersion,
    healthy: report.healthy,
    healthMessage: report.healthMessage,
    total: { vcpus: report.vcpus, memoryMb: report.memoryMb, diskGb: report.diskGb },
    traits: report.traits,
    capabilities: report.capabilities as HostCapabilities,
    generation,
  }
}
