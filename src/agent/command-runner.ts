/**
 * Executes commands against drivers: each key once, one call per VM at a time, no more at once than a driver bears.
 * The answer is written to the journal before it leaves.
 */
import type { Bus } from '../bus/bus.ts'
import { agentTopic } from '../bus/topics.ts'
import { instanceIdOf, isQuestion, type AgentCall, type AgentMethod } from '../bus/messages/agent-call.ts'
import { encodeMessage } from '../bus/messages/decode.ts'
import type { AgentCommand, CommandAnswer, CommandError, CommandOutcome, VmReport } from '../bus/messages/messages.ts'
import type { Control, ImageSource } from '../driver/driver.ts'
import { DriverError } from '../driver/driver-error.ts'
import type { VmHandle, VmRef } from '../driver/vm-spec.ts'
import { delay } from '../util/delay.ts'
import type { Json } from '../util/json.ts'
import type { Logger } from '../util/logger.ts'
import { assertLimitable } from './assert-limitable.ts'
import type { ConsoleStreams } from './console-streams.ts'
import { openConsole } from './open-console.ts'
import type { CommandJournal, JournalEntry } from './command-journal.ts'
import type { DriverSet, OpenDriver } from './driver-set.ts'
import type { ImageUploads } from './image-uploads.ts'
import { lookAtVm } from './look-at-vm.ts'
import { takeScreenshot } from './take-screenshot.ts'
import { sendSnapshot } from './send-snapshot.ts'
import { runSmokeTest } from './smoke-test.ts'
import type { VmPlace, VmRegistry } from './vm-registry.ts'

export const commandMoments = ['accepted', 'executed', 'answered'] as const
export type CommandHook = (method: AgentMethod, moment: (typeof commandMoments)[number]) => void

export interface CommandRunnerParts {
  readonly agentId: string
  readonly bus: Bus
  readonly log: Logger
  readonly drivers: DriverSet
  readonly registry: VmRegistry
  readonly journal: CommandJournal
  readonly images: ImageSource
  readonly uploads: ImageUploads
  readonly consoles: ConsoleStreams
  /** Told where it is with a command; a test may strike there. */
  readonly hook?: CommandHook | undefined
  /** Told of each answer that belongs to an operation. */
  readonly onAnswer: (answer: CommandAnswer) => void
}

const progressEveryMs = 500
/** After these a VM that is not there is none that went missing. */
const goneIsNoNews: ReadonlySet<AgentMethod> = new Set(['ensure-absent', 'ensure-present', 'prepare-migration'])

export class CommandRunner {
  readonly #parts: CommandRunnerParts
  readonly #running = new Map<string, AbortController>()
  /** By instance and host: what is called on an instance's two VMs during a move does not wait for each other. */
  readonly #lastOfVm = new Map<string, Promise<void>>()
  readonly #all = new Set<Promise<void>>()

  constructor(parts: CommandRunnerParts) {
    this.#parts = parts
  }

  get runningKeys(): readonly string[] {
    return [...this.#running.keys()]
  }

  /** Takes the command over; its end is published, not awaited. A key that runs already is left alone. */
  accept(command: AgentCommand): void {
    if (this.#running.has(command.key)) return
    const abort = new AbortController()
    this.#running.set(command.key, abort)
    const isQuery = isQuestion(command.call)
    const vm = `${instanceIdOf(command.call)}/${command.call.hostId}`
    const before = isQuery ? Promise.resolve() : (this.#lastOfVm.get(vm) ?? Promise.resolve())
    const run = before
      .then(() => this.#run(command, abort.signal))
      .catch((error: unknown) => this.#parts.log.error({ key: command.key, err: error }, 'a command was not answered'))
      .finally(() => {
        this.#running.delete(command.key)
        this.#all.delete(run)
        if (this.#lastOfVm.get(vm) === run) this.#lastOfVm.delete(vm)
      })
    if (!isQuery) this.#lastOfVm.set(vm, run)
    this.#all.add(run)
  }

  cancel(key: string): void {
    this.#running.get(key)?.abort(new DriverError('CANCELLED', 'The call was cancelled.'))
  }

  /** Waits up to `drainMs` for what is under way, then stops what can be stopped; nothing is answered after this. */
  async stop(drainMs: number): Promise<void> {
    const drained = new AbortController()
    await Promise.race([Promise.all(this.#all), delay(drainMs, drained.signal)])
    drained.abort()
    for (const key of this.#running.keys()) this.cancel(key)
    await Promise.all(this.#all)
  }

  async #run(command: AgentCommand, signal: AbortSignal): Promise<void> {
    const { journal, bus, agentId, log, hook } = this.#parts
    const { method } = command.call
    hook?.(method, 'accepted')
    const isQuery = command.key.startsWith('query/')
    const entry = isQuery ? {} : await journal.read(command.key)
    let outcome = entry.outcome
    if (outcome === undefined) {
      const begun = performance.now()
      outcome = await this.#execute(command, entry, signal)
      hook?.(method, 'executed')
      log.info(
        {
          key: command.key,
          requestId: command.requestId,
          method,
          instanceId: instanceIdOf(command.call),
          ms: Math.round(performance.now() - begun),
          ...(outcome.ok ? {} : { error: outcome.error }),
        },
        outcome.ok ? 'call done' : 'call failed',
      )
      // A failure is not remembered: the next try of the step has a key of its own, and a repeat may do better.
      if (!isQuery && outcome.ok) await journal.write(command.key, { outcome }).catch(() => {})
    }
    if (!isQuery) this.#parts.onAnswer({ key: command.key, outcome })
    await bus.publish(
      agentTopic(agentId, isQuery ? 'query-result' : 'command-result'),
      encodeMessage({ type: 'command-result', version: 1, agentId, key: command.key, outcome }),
    )
    // Whoever asks a question keeps no record of VMs.
    if (!isQuery && outcome.vm !== undefined) this.#parts.registry.wasSaid(outcome.vm)
    hook?.(method, 'answered')
  }

  async #execute(command: AgentCommand, entry: JournalEntry, signal: AbortSignal): Promise<CommandOutcome> {
    const { call } = command
    const open = this.#parts.drivers.driverOf(call.hostId)
    if (open === undefined) {
      return {
        ok: false,
        error: toCommandError(new DriverError('UNREACHABLE', 'This agent has no such host.', { effect: 'none' })),
      }
    }
    let giveBack: (() => void) | undefined
    try {
      giveBack = await open.slots.take(call.method, instanceIdOf(call), signal)
      signal.throwIfAborted()
      const value = await callDriver(open, call, this.#ref(call), this.#control(command, entry, signal), this.#parts)
      const vm = await this.#readBack(open, call)
      return { ok: true, value, ...(vm === undefined ? {} : { vm }) }
    } catch (error) {
      const failure = signal.aborted && !(error instanceof DriverError) ? signal.reason : error
      const vm = await this.#readBack(open, call).catch(() => undefined)
      return { ok: false, error: toCommandError(failure), ...(vm === undefined ? {} : { vm }) }
    } finally {
      giveBack?.()
    }
  }

  /** What the hypervisor says after the call; undefined when there is nothing to say. */
  async #readBack(open: OpenDriver, call: AgentCall): Promise<VmReport | undefined> {
    const { registry } = this.#parts
    if (call.method === 'smoke-test' || (isQuestion(call) && call.method !== 'get')) return undefined
    const place = placeOf(call)
    const { state } = await lookAtVm(registry, place, () => open.driver.get(this.#ref(call)))
    if (state !== null) return registry.observe(call.hostId, state)
    if (goneIsNoNews.has(call.method)) {
      registry.forget(place)
      return undefined
    }
    return registry.observeMissing(place)
  }

  #ref(call: AgentCall): VmRef {
    const { instanceId, hostId } = placeOf(call)
    const handle = this.#parts.registry.handleOf({ instanceId, hostId }) as VmHandle | null
    return { instanceId, nodeId: hostId, ...(handle === null ? {} : { handle }) }
  }

  #control(command: AgentCommand, entry: JournalEntry, signal: AbortSignal): Control {
    const { agentId, journal, bus, images, log } = this.#parts
    // Of calls that end at once nobody needs to hear how far they are.
    let lastProgressMs = performance.now()
    return {
      operationId: command.operationId,
      ...(entry.checkpoint === undefined ? {} : { resume: entry.checkpoint }),
      checkpoint: async (state) => {
        if (JSON.stringify(state).length > 4096) throw new DriverError('BUG', 'A checkpoint is larger than 4 KiB.')
        // On a full disk for one: drivers converge without it, and what is deleted makes room.
        await journal.write(command.key, { checkpoint: state }).catch((error: unknown) => {
          log.warn({ key: command.key, err: error }, 'a checkpoint was not written')
        })
      },
      progress: (progress) => {
        const nowMs = performance.now()
        if (nowMs - lastProgressMs < progressEveryMs) return
        lastProgressMs = nowMs
        void bus
          .publish(
            agentTopic(agentId, 'command-progress'),
            encodeMessage({ type: 'command-progress', version: 1, key: command.key, ...progress }),
          )
          .catch(() => {})
      },
      signal,
      log: log.child({ operationId: command.operationId, requestId: command.requestId }),
      images,
    }
  }
}

function placeOf(call: AgentCall): VmPlace {
  return { instanceId: instanceIdOf(call), hostId: call.hostId }
}

async function callDriver(
  open: OpenDriver,
  call: AgentCall,
  ref: VmRef,
  control: Control,
  { uploads, consoles }: Pick<CommandRunnerParts, 'uploads' | 'consoles'>,
): Promise<Json> {
  const { driver } = open
  if ('spec' in call) assertLimitable(driver.capabilities(), call.spec)
  switch (call.method) {
    case 'ensure-present':
      return (await driver.ensurePresent(call.spec, control)) as unknown as Json
    case 'ensure-absent':
      await driver.ensureAbsent(ref, {}, control)
      return null
    case 'set-power':
      await driver.setPower(ref, call.want, call.graceMs === undefined ? {} : { graceMs: call.graceMs }, control)
      return null
    case 'get':
      return (await driver.get(ref)) as unknown as Json
    case 'pause':
      return done(ability(driver.pause, 'pause').pause(ref, control))
    case 'unpause':
      return done(ability(driver.pause, 'pause').unpause(ref, control))
    case 'suspend':
      return done(ability(driver.suspend, 'suspend').suspend(ref, control))
    case 'resume':
      return done(ability(driver.suspend, 'suspend').resume(ref, control))
    case 'resize':
      return done(ability(driver.resize, 'resize a virtual machine').resize(call.spec, control))
    case 'rescue':
      return done(ability(driver.rescue, 'rescue a virtual machine').rescue(call.spec, call.image, control))
    case 'unrescue':
      return done(ability(driver.rescue, 'rescue a virtual machine').unrescue(call.spec, control))
    case 'set-admin-password':
      return done(ability(driver.setAdminPassword, 'set a password').set(ref, call.adminPassword, control))
    case 'prepare-migration':
      return ability(driver.migrate, 'receive a running guest').prepare(call.spec, control)
    case 'migrate':
      return done(ability(driver.migrate, 'send a running guest away').run(ref, call.destination, control))
    case 'complete-migration':
      return done(ability(driver.migrate, 'send a running guest away').forceComplete(ref))
    case 'snapshot':
      return sendSnapshot(ability(driver.snapshot, 'make images of disks'), { ref, ...call }, control, uploads)
    case 'smoke-test': {
      // Several calls in one: a checkpoint of one of them means nothing to another. Drivers converge without.
      const { resume: _, ...fresh } = control
      await runSmokeTest(driver, call.instanceId, call.hostId, { ...fresh, checkpoint: async () => {} })
      return null
    }
    case 'read-console': {
      const log = await ability(driver.console, 'show a console log').readLog(ref, { maxBytes: call.maxBytes })
      return { base64: log.toString('base64') }
    }
    case 'take-screenshot':
      return takeScreenshot(ability(driver.screenshot, 'show a picture of the display'), ref)
    case 'open-console':
      return done(openConsole(ability(driver.remoteConsole, 'show a console'), ref, call, consoles))
    case 'read-stats':
      return (await ability(driver.stats, 'tell what a virtual machine consumes').read(ref)) as unknown as Json
    default:
      return call satisfies never
  }
}

async function done(work: Promise<void>): Promise<null> {
  await work
  return null
}

function ability<T>(present: T | undefined, what: string): T {
  if (present === undefined) throw new DriverError('UNSUPPORTED', `This hypervisor cannot ${what}.`, { effect: 'none' })
  return present
}

function toCommandError(error: unknown): CommandError {
  if (error instanceof DriverError) {
    const { code, retry, effect, publicMessage, native } = error
    return { code, retry, effect, publicMessage, ...(native === undefined ? {} : { native }) }
  }
  const native = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    code: 'BUG',
    retry: 'elsewhere',
    effect: 'unknown',
    publicMessage: 'The driver failed in a way it should not.',
    native,
  }
}
