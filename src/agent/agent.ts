/**
 * Speaks for hosts: says hello until it is welcomed, recovers what it should find, executes commands, reports what it
 * sees (changes at once, everything at intervals) and says goodbye. Owns no truth: the database does.
 */
import { join } from 'node:path'
import { agentQueue, type Bus, type Subscription } from '../bus/bus.ts'
import { decodeMessage, encodeMessage } from '../bus/messages/decode.ts'
import type { AgentCommand, AgentWelcome } from '../bus/messages/messages.ts'
import { agentTopic } from '../bus/topics.ts'
import type { ImageSource } from '../driver/driver.ts'
import type { VmHandle } from '../driver/vm-spec.ts'
import { delay } from '../util/delay.ts'
import type { Json } from '../util/json.ts'
import type { Logger } from '../util/logger.ts'
import { CommandJournal } from './command-journal.ts'
import { CommandRunner, type CommandHook } from './command-runner.ts'
import { DriverSet, type DriverChoice, type OpenDriver } from './driver-set.ts'
import type { ConsoleStreams } from './console-streams.ts'
import type { ImageUploads } from './image-uploads.ts'
import { Reporter } from './reporter.ts'
import { VmRegistry } from './vm-registry.ts'
import { VmWatch } from './vm-watch.ts'

export interface AgentOptions {
  readonly agentId: string
  readonly name: string
  readonly stateDir: string
  readonly drivers: readonly DriverChoice[]
  /** How often it says that it is alive. */
  readonly heartbeatMs?: number
  /** How often it lists all VMs and reports everything. */
  readonly fullReportMs?: number
  /** How long calls that are under way may still take when it stops; 0 cancels them at once. */
  readonly drainMs?: number
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
  readonly #watch: VmWatch
  readonly #reporter: Reporter
  readonly #abort = new AbortController()
  readonly #loops: Promise<void>[] = []
  readonly #welcomed = Promise.withResolvers<void>()
  /** Commands that came before the welcome: until then nothing is known of the VMs. */
  #early: readonly AgentCommand[] = []
  /** Tells starts apart, so that a repeated hello is answered with the same incarnation. */
  #startId = crypto.randomUUID()
  #incarnation = 0
  #subscription: Subscription | undefined
  #joining = false
  /** The start that is being recovered. */
  #recovering: string | undefined

  constructor(
    parts: {
      readonly bus: Bus
      readonly log: Logger
      readonly images: ImageSource
      readonly uploads: ImageUploads
      readonly consoles: ConsoleStreams
      readonly hook?: CommandHook | undefined
    },
    options: AgentOptions,
  ) {
    this.#options = { heartbeatMs: 2_000, fullReportMs: 10_000, drainMs: 0, ...options }
    const { agentId, stateDir, heartbeatMs, fullReportMs } = this.#options
    this.#bus = parts.bus
    this.#log = parts.log.child({ agentId })
    this.#drivers = new DriverSet(this.#log, (open, isBack) => this.#onDriverChange(open, isBack))
    this.#journal = new CommandJournal(join(stateDir, 'journal'))
    const common = { agentId, bus: parts.bus, log: this.#log, drivers: this.#drivers, registry: this.#registry }
    this.#reporter = new Reporter({
      ...common,
      hosts: () => this.#drivers.hosts(),
      runningKeys: () => this.#runner.runningKeys,
      heartbeatMs,
      fullReportMs,
    })
    this.#runner = new CommandRunner({
      ...common,
      journal: this.#journal,
      images: parts.images,
      uploads: parts.uploads,
      consoles: parts.consoles,
      hook: parts.hook,
      onAnswer: (answer) => this.#reporter.answered(answer),
    })
    const onSeen = (): void => this.#reporter.reportSoon()
    this.#watch = new VmWatch({ ...common, lookPatienceMs: fullReportMs / 2, onSeen })
  }

  /** Whether the control plane has welcomed it. */
  get joined(): boolean {
    return this.#incarnation > 0
  }

  /** Resolves when the control plane has welcomed the agent and knows its hosts. */
  async start(): Promise<void> {
    const { agentId, stateDir, name, drivers } = this.#options
    await this.#journal.open(Date.now())
    await this.#drivers.open(drivers, join(stateDir, 'drivers'), name)
    this.#subscription = await this.#bus.consume(agentQueue(agentId), (message) => this.#take(message))
    void this.#join()
    await this.#welcomed.promise
    const { signal } = this.#abort
    this.#loops.push(this.#reporter.beat(signal), this.#reportFully())
    for (const open of this.#drivers.all())
      if (open.driver.events !== undefined) this.#loops.push(this.#watch.followEvents(open, signal))
  }

  /** Its hosts take no more work; what is under way may end within `drainMs`; guests stay as they are. */
  async stop(): Promise<void> {
    const { agentId, drainMs } = this.#options
    const incarnation = this.#incarnation
    if (incarnation > 0) {
      await this.#bus
        .publish(
          agentTopic(agentId, 'goodbye'),
          encodeMessage({ type: 'agent-goodbye', version: 1, agentId, incarnation }),
        )
        // Whoever cannot be told notices the silence.
        .catch((error: unknown) => this.#log.warn({ err: error }, 'goodbye could not be said'))
    }
    this.#reporter.stop()
    this.#abort.abort()
    await this.#subscription?.cancel()
    await this.#runner.stop(drainMs)
    await Promise.allSettled(this.#loops)
    await this.#drivers.close()
  }

  async #take(json: Json): Promise<void> {
    const message = decodeMessage(json)
    if (message.type === 'agent-command') {
      if (this.#incarnation === 0) this.#early = [...this.#early, message]
      else this.#runner.accept(message)
    } else if (message.type === 'agent-cancel') this.#cancel(message.key)
    else if (message.type === 'agent-welcome') await this.#takeWelcome(message)
    else if (message.type === 'agent-unknown' && message.incarnation === this.#incarnation) this.#joinAgain()
  }

  #cancel(key: string): void {
    this.#early = this.#early.filter((command) => command.key !== key)
    this.#runner.cancel(key)
  }

  /** Says hello until it is welcomed. */
  async #join(): Promise<void> {
    if (this.#joining) return
    this.#joining = true
    const { agentId, name } = this.#options
    const { signal } = this.#abort
    while (this.#incarnation === 0 && !signal.aborted) {
      const hosts = this.#drivers.hosts()
      const hello = { type: 'agent-hello', version: 1, agentId, name, startId: this.#startId, hosts } as const
      await this.#bus
        .publish(agentTopic(agentId, 'hello'), encodeMessage(hello))
        .catch((error: unknown) => this.#log.warn({ err: error }, 'hello could not be said; it is said again'))
      await delay(helloEveryMs, signal)
    }
    this.#joining = false
  }

  /** The database does not know this start: it was restored, or is another one. */
  #joinAgain(): void {
    this.#log.warn({ incarnation: this.#incarnation }, 'the control plane does not know this start; saying hello again')
    this.#startId = crypto.randomUUID()
    this.#incarnation = 0
    this.#reporter.begin(0)
    void this.#join()
  }

  /** Each hello is answered, and they go on until it has joined. */
  async #takeWelcome(welcome: AgentWelcome): Promise<void> {
    const { startId } = welcome
    if (this.#incarnation !== 0 || startId !== this.#startId || startId === this.#recovering) return
    this.#recovering = startId
    try {
      await this.#recover(welcome)
    } finally {
      if (this.#recovering === startId) this.#recovering = undefined
    }
  }

  /** Hands every VM's handle back to its driver, then looks at what is really there. */
  async #recover(welcome: AgentWelcome): Promise<void> {
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
    this.#reporter.begin(welcome.incarnation)
    await this.#watch.lookAtAll(this.#abort.signal)
    await this.#reporter.report(true)
    for (const command of this.#early) this.#runner.accept(command)
    this.#early = []
    this.#welcomed.resolve()
    this.#log.info({ incarnation: welcome.incarnation, vms: welcome.vms.length }, 'agent joined')
  }

  async #reportFully(): Promise<void> {
    const { signal } = this.#abort
    while (!signal.aborted) {
      await delay(this.#options.fullReportMs, signal)
      if (signal.aborted) return
      await this.#watch.lookAtAll(signal)
      await this.#reporter.report(true)
    }
  }

  /** A hypervisor that was out of reach may have changed anything meanwhile, and its events are lost. */
  #onDriverChange(open: OpenDriver, isBack: boolean): void {
    this.#reporter.reportSoon()
    if (isBack && this.joined) void this.#watch.lookAtAllOf(open).then(() => this.#reporter.reportSoon())
  }
}
