/**
 * Speaks for hosts: says hello until it is welcomed, recovers what it should find, executes commands, reports what it
 * sees (changes at once, everything at intervals) and says goodbye. Owns no truth: the database does.
 */
import { join } from 'node:path'
import { agentQueue, type Bus, type Subscription } from '../bus/bus.ts'
import { decodeMessage, encodeMessage } from '../bus/messages/decode.ts'
import type { AgentCommand, AgentWelcome } from '../bus/messages/messages.ts'
import type { ImageSource } from '../driver/driver.ts'
import type { VmHandle } from '../driver/vm-spec.ts'
import { delay } from '../util/delay.ts'
import type { Json } from '../util/json.ts'
import type { Logger } from '../util/logger.ts'
import { CommandJournal } from './command-journal.ts'
import { CommandRunner } from './command-runner.ts'
import { DriverSet, type DriverChoice, type OpenDriver } from './driver-set.ts'
import { VmRegistry } from './vm-registry.ts'

export interface AgentOptions {
  readonly agentId: string
  readonly name: string
  readonly stateDir: string
  readonly drivers: readonly DriverChoice[]
  /** How often it says that it is alive. */
  readonly heartbeatMs?: number
  /** How often it lists all VMs and reports everything. */
  readonly fullReportMs?: number
}

const helloEveryMs = 1_000

export class Agent {
  readonly #options: Required<AgentOptions>
  readonly #bus: Bus
  readonly #log: Logger
  readonly #drivers: DriverSet
  readonly #registry = new VmRegistry()
  readonly #journal: CommandJournal
  readonly #runner: CommandRunner
  readonly #abort = new AbortController()
  readonly #loops: Promise<void>[] = []
  readonly #startId = crypto.randomUUID()
  readonly #welcomed = Promise.withResolvers<void>()
  readonly #early: AgentCommand[] = []
  #incarnation = 0
  #subscription: Subscription | undefined
  #reportScheduled = false

  constructor(parts: { bus: Bus; log: Logger; images: ImageSource }, options: AgentOptions) {
    this.#options = { heartbeatMs: 2_000, fullReportMs: 10_000, ...options }
    this.#bus = parts.bus
    this.#log = parts.log.child({ agentId: options.agentId })
    this.#drivers = new DriverSet(this.#log, (open, isBack) => this.#onDriverChange(open, isBack))
    this.#journal = new CommandJournal(join(options.stateDir, 'journal'))
    this.#runner = new CommandRunner({
      agentId: options.agentId,
      bus: parts.bus,
      log: this.#log,
      drivers: this.#drivers,
      registry: this.#registry,
      journal: this.#journal,
      images: parts.images,
    })
  }

  /** Resolves when the control plane has welcomed the agent and knows its hosts. */
  async start(): Promise<void> {
    const { agentId, stateDir, name, drivers } = this.#options
    await this.#journal.open(Date.now())
    await this.#drivers.open(drivers, join(stateDir, 'drivers'), name)
    this.#subscription = await this.#bus.consume(agentQueue(agentId), (message) => this.#take(message))
    this.#loops.push(this.#sayHello())
    await this.#welcomed.promise
    this.#loops.push(this.#beat(), this.#reportFully())
    for (const open of this.#drivers.all())
      if (open.driver.events !== undefined) this.#loops.push(this.#followEvents(open))
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#subscription?.cancel()
    await this.#runner.stop()
    await Promise.allSettled(this.#loops)
    if (this.#incarnation > 0) {
      const { agentId } = this.#options
      await this.#bus.publish(
        encodeMessage({ type: 'agent-goodbye', version: 1, agentId, incarnation: this.#incarnation }),
      )
    }
    await this.#drivers.close()
  }

  async #take(json: Json): Promise<void> {
    const message = decodeMessage(json)
    if (message.type === 'agent-command') this.#accept(message)
    else if (message.type === 'agent-cancel') this.#runner.cancel(message.key)
    else if (message.type === 'agent-welcome') await this.#recover(message)
  }

  /** Before the welcome nothing is known of the VMs: calls wait for it. */
  #accept(command: AgentCommand): void {
    if (this.#incarnation === 0) this.#early.push(command)
    else this.#runner.accept(command)
  }

  async #sayHello(): Promise<void> {
    const { agentId, name } = this.#options
    while (this.#incarnation === 0 && !this.#abort.signal.aborted) {
      const hosts = this.#drivers.hosts()
      await this.#bus.publish(
        encodeMessage({ type: 'agent-hello', version: 1, agentId, name, startId: this.#startId, hosts }),
      )
      await Promise.race([this.#welcomed.promise, delay(helloEveryMs, this.#abort.signal)])
    }
  }

  /** Hands every VM's handle back to its driver, then looks at what is really there. */
  async #recover(welcome: AgentWelcome): Promise<void> {
    if (this.#incarnation !== 0) return
    this.#registry.setIncarnation(welcome.incarnation)
    for (const { instanceId, hostId, handle } of welcome.vms) {
      const open = this.#drivers.driverOf(hostId)
      if (open === undefined) continue
      this.#registry.expect(instanceId, hostId, handle)
      if (handle === null) continue
      await open.driver
        .recover({ instanceId, nodeId: hostId, handle: handle as unknown as VmHandle })
        .catch((error: unknown) => this.#log.warn({ instanceId, err: error }, 'a VM could not be recovered'))
    }
    this.#incarnation = welcome.incarnation
    await this.#lookAtAll()
    await this.#report(true)
    for (const command of this.#early.splice(0)) this.#runner.accept(command)
    this.#welcomed.resolve()
    this.#log.info({ incarnation: welcome.incarnation, vms: welcome.vms.length }, 'agent joined')
  }

  async #beat(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      await delay(this.#options.heartbeatMs, this.#abort.signal)
      await this.#report(false)
    }
  }

  async #reportFully(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      await delay(this.#options.fullReportMs, this.#abort.signal)
      if (this.#abort.signal.aborted) return
      await this.#lookAtAll()
      await this.#report(true)
    }
  }

  /** A hypervisor that was out of reach may have changed anything meanwhile, and its events are lost. */
  #onDriverChange(open: OpenDriver, isBack: boolean): void {
    this.#reportSoon()
    if (isBack && this.#incarnation > 0) void this.#lookAtAllOf(open).then(() => this.#reportSoon())
  }

  async #lookAtAll(): Promise<void> {
    for (const open of this.#drivers.all()) await this.#lookAtAllOf(open)
  }

  async #lookAtAllOf(open: OpenDriver): Promise<void> {
    if (open.health.status !== 'healthy') return
    const mark = this.#registry.mark
    try {
      const states = await open.driver.list()
      this.#registry.reconcile(new Set(open.nodes.map((node) => node.id)), states, mark)
    } catch (error) {
      // Not knowing is not the same as missing: what was known stays.
      this.#log.warn({ driver: open.plugin.manifest.id, err: error }, 'the VMs could not be listed')
    }
  }

  async #followEvents(open: OpenDriver): Promise<void> {
    const { signal } = this.#abort
    while (!signal.aborted) {
      try {
        for await (const event of open.driver.events?.(signal) ?? []) await this.#lookAt(open, event.instanceId)
      } catch (error) {
        this.#log.warn(
          { driver: open.plugin.manifest.id, err: error },
          'driver events stopped; they are taken up again',
        )
      }
      await delay(1_000, signal)
      if (!signal.aborted) await this.#lookAtAllOf(open)
    }
  }

  async #lookAt(open: OpenDriver, instanceId: string): Promise<void> {
    const nodeId = this.#registry.hostOf(instanceId) ?? open.nodes[0]?.id
    if (nodeId === undefined) return
    const mark = this.#registry.mark
    try {
      const state = await open.driver.get({ instanceId, nodeId })
      if (this.#registry.wasForgottenAfter(instanceId, mark)) return
      if (state === null) this.#registry.observeMissing(instanceId)
      else this.#registry.observe(state.nodeId, state)
    } catch (error) {
      // The events go on; what this one was about is seen when the driver is back, or at the next full report.
      this.#log.warn({ instanceId, err: error }, 'a VM could not be looked at after an event')
    }
    this.#reportSoon()
  }

  #reportSoon(): void {
    if (this.#reportScheduled || this.#incarnation === 0) return
    this.#reportScheduled = true
    setTimeout(() => {
      this.#reportScheduled = false
      void this.#report(false)
    }, 20).unref()
  }

  async #report(full: boolean): Promise<void> {
    if (this.#incarnation === 0 || (this.#abort.signal.aborted && !full)) return
    const changed = this.#registry.takeChanged()
    try {
      await this.#bus.publish(
        encodeMessage({
          type: 'agent-report',
          version: 1,
          agentId: this.#options.agentId,
          incarnation: this.#incarnation,
          full,
          hosts: this.#drivers.hosts(),
          vms: full ? this.#registry.all() : changed,
          running: this.#runner.runningKeys,
        }),
      )
    } catch (error) {
      // The next full report repairs it.
      this.#log.warn({ err: error }, 'a report could not be sent')
    }
  }
}
