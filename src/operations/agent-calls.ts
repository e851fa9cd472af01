/**
 * Calls to agents as steps see them: write the call down, send it, wait for its answer. A call that was answered
 * before a crash is not made again; one that nobody works on is sent again; one whose agent fell silent fails.
 */
import { agentQueue, type Bus } from '../bus/bus.ts'
import { instanceIdOf, type AgentCall } from '../bus/messages/agent-call.ts'
import { encodeMessage } from '../bus/messages/decode.ts'
import type { AgentCommand, CommandOutcome, CommandProgress, VmReport } from '../bus/messages/messages.ts'
import type { AgentId, HostId } from '../model/ids.ts'
import { findCommand, insertCommand } from '../store/commands.ts'
import type { Db } from '../store/database.ts'
import { findHost } from '../store/hosts.ts'
import type { Clock } from '../util/clock.ts'
import type { Json } from '../util/json.ts'
import type { StepContext } from './engine/saga.ts'
import { StepError, stepError } from './engine/step-error.ts'

export interface AgentCallTimes {
  /** How long a call may go unmentioned by its agent before it is sent again. */
  readonly resendMs: number
  /** How long until the agent counts as gone. */
  readonly silenceMs: number
  /** How long a cancelled call may take to end. */
  readonly cancelMs: number
}

const defaultTimes: AgentCallTimes = { resendMs: 4_000, silenceMs: 20_000, cancelMs: 7_000 }
const lookAgainMs = 1_000

interface Waiting {
  heardAtMs: number
  /** The bus refused the call: it is sent at the next look. */
  isUnsent: boolean
  settle(outcome: CommandOutcome): void
  progress(progress: CommandProgress): void
}

export class AgentCalls {
  readonly #db: Db
  readonly #bus: Bus
  readonly #clock: Clock
  readonly #times: AgentCallTimes
  readonly #waiting = new Map<string, Waiting>()

  constructor(parts: { db: Db; bus: Bus; clock: Clock }, times: Partial<AgentCallTimes> = {}) {
    this.#db = parts.db
    this.#bus = parts.bus
    this.#clock = parts.clock
    this.#times = { ...defaultTimes, ...times }
  }

  /**
   * Makes the call on behalf of a step, once, however often the step is run.
   * @param suffix tells several calls of one step apart
   * @throws StepError
   */
  async call(context: StepContext, hostId: HostId, call: AgentCall, suffix = ''): Promise<Json> {
    return (await this.#succeed(context, hostId, call, suffix)).value
  }

  /** The same. @returns the VM's power as the agent read it back afterwards, null when it did not say */
  async callForPower(context: StepContext, hostId: HostId, call: AgentCall): Promise<VmReport['power'] | null> {
    return (await this.#succeed(context, hostId, call, '')).vm?.power ?? null
  }

  async #succeed(
    context: StepContext,
    hostId: HostId,
    call: AgentCall,
    suffix: string,
  ): Promise<CommandOutcome & { ok: true }> {
    const key = `${context.operationId}/${context.attempt}/${context.step}${suffix}`
    const { requestId } = context.operation
    const { operationId } = context
    const message: AgentCommand = { type: 'agent-command', version: 1, key, operationId, requestId, call }
    const outcome = await this.#sendAndWait(context, hostId, message)
    if (outcome.ok) return outcome
    const { code, publicMessage, native, retry } = outcome.error
    throw new StepError({ code, message: publicMessage, details: native ?? '', retry })
  }

  /** An answer came and is in the database. @returns whether somebody waited for it here */
  settle(key: string, outcome: CommandOutcome): boolean {
    const waiting = this.#waiting.get(key)
    waiting?.settle(outcome)
    return waiting !== undefined
  }

  /** Another conductor put the answer into the database. */
  async answered(key: string): Promise<void> {
    const waiting = this.#waiting.get(key)
    if (waiting === undefined) return
    const stored = await this.#storedOutcome(key)
    if (stored !== undefined) waiting.settle(stored)
  }

  progress(progress: CommandProgress): void {
    const waiting = this.#waiting.get(progress.key)
    if (waiting === undefined) return
    waiting.heardAtMs = this.#clock.monotonicMs()
    waiting.progress(progress)
  }

  /** The agent says that it is still working on these. */
  heardOf(keys: readonly string[]): void {
    for (const key of keys) {
      const waiting = this.#waiting.get(key)
      if (waiting !== undefined) waiting.heardAtMs = this.#clock.monotonicMs()
    }
  }

  async #sendAndWait(context: StepContext, hostId: HostId, wanted: AgentCommand): Promise<CommandOutcome> {
    const written = await this.#writeDown(context, hostId, wanted)
    if ('known' in written) return written.known
    const { agentId, message } = written
    const { key } = message
    const nowMs = this.#clock.monotonicMs()
    const answer = Promise.withResolvers<CommandOutcome>()
    this.#waiting.set(key, {
      heardAtMs: nowMs,
      isUnsent: false,
      settle: answer.resolve,
      progress: ({ phase, doneBytes, totalBytes }) =>
        context.progress({
          phase,
          ...(doneBytes === undefined ? {} : { doneBytes }),
          ...(totalBytes === undefined ? {} : { totalBytes }),
        }),
    })
    const watch = new CallWatch(() => this.#lookAfter(context, agentId, hostId, message, answer), lookAgainMs)
    try {
      void this.#send(agentId, message)
      watch.start(context.signal)
      return await answer.promise
    } finally {
      watch.stop()
      this.#waiting.delete(key)
    }
  }

  async #send(agentId: AgentId, message: AgentCommand): Promise<void> {
    try {
      await this.#bus.send(agentQueue(agentId), encodeMessage(message))
    } catch {
      const waiting = this.#waiting.get(message.key)
      if (waiting !== undefined) waiting.isUnsent = true
    }
  }

  /**
   * The call stands in the database before it is sent. One that was made before is sent again under its key; if it
   * succeeded its answer is known, and if it failed this is a new try, which gets a key of its own.
   */
  async #writeDown(
    context: StepContext,
    hostId: HostId,
    wanted: AgentCommand,
  ): Promise<{ readonly agentId: AgentId; readonly message: AgentCommand } | { readonly known: CommandOutcome }> {
    for (let message = wanted; ;) {
      const { key } = message
      const { lease } = context
      const command = { key, lease, hostId, message: encodeMessage(message), beginning: context.takeBeginning() }
      const agentId = await insertCommand(this.#db, command, this.#clock.nowMs())
      if (agentId !== undefined) return { agentId, message }
      const made = await findCommand(this.#db, key)
      if (made === undefined) {
        // Who lost the operation must not set an agent to work any more.
        await context.hold(this.#db)
        throw stepError('host-gone', 'The host is not there any more.', { retry: 'elsewhere' })
      }
      const outcome = made.result as unknown as CommandOutcome | null
      if (outcome === null) return { agentId: made.agentId, message }
      if (outcome.ok) return { known: outcome }
      message = { ...wanted, key: `${wanted.key}#${crypto.randomUUID().slice(0, 8)}` }
    }
  }

  /** Called once a second and when the step's signal aborts. */
  async #lookAfter(
    context: StepContext,
    agentId: AgentId,
    hostId: HostId,
    message: AgentCommand,
    answer: PromiseWithResolvers<CommandOutcome>,
  ): Promise<void> {
    const waiting = this.#waiting.get(message.key)
    if (waiting === undefined) return
    if (context.signal.aborted) return this.#cancel(context, agentId, message, answer)
    const stored = await this.#storedOutcome(message.key)
    if (stored !== undefined) return answer.resolve(stored)
    const silentMs = this.#clock.monotonicMs() - waiting.heardAtMs
    if (silentMs > this.#times.silenceMs) {
      const host = await findHost(this.#db, hostId)
      // The call may wait in the agent's queue for hours: it shall not be done after it was reported as failed.
      void this.#bus.send(agentQueue(agentId), cancelOf(message)).catch(() => undefined)
      const where = host === undefined ? 'The host is gone' : `Host ${host.name} does not answer`
      answer.reject(
        stepError('UNREACHABLE', 'The host that should have done this does not answer.', {
          retry: 'elsewhere',
          details: `${where} since ${Math.round(silentMs / 1000)} s (${instanceIdOf(message.call)}).`,
        }),
      )
    } else if (silentMs > this.#times.resendMs || waiting.isUnsent) {
      waiting.isUnsent = false
      await this.#send(agentId, message)
    }
  }

  async #storedOutcome(key: string): Promise<CommandOutcome | undefined> {
    const command = await findCommand(this.#db, key)
    return (command?.result as unknown as CommandOutcome | null | undefined) ?? undefined
  }

  async #cancel(
    context: StepContext,
    agentId: AgentId,
    message: AgentCommand,
    answer: PromiseWithResolvers<CommandOutcome>,
  ): Promise<void> {
    const reason: unknown = context.signal.reason
    // The lease is lost or the process stops: the agent goes on, and the answer waits for whoever takes over.
    if (reason instanceof Error) return answer.reject(reason)
    const cancel = cancelOf(message)
    // Again and again: the first may overtake the call itself, which then begins all the same.
    const again = setInterval(
      () => void this.#bus.send(agentQueue(agentId), cancel).catch(() => undefined),
      lookAgainMs,
    ).unref()
    const last = setTimeout(
      () => answer.reject(stepError('CANCELLED', 'The operation was cancelled.')),
      this.#times.cancelMs,
    ).unref()
    void answer.promise
      .catch(() => undefined)
      .finally(() => {
        clearInterval(again)
        clearTimeout(last)
      })
    await this.#bus.send(agentQueue(agentId), cancel)
  }
}

/** Looks once per interval and at once on abort, never twice at a time. */
class CallWatch {
  readonly #look: () => Promise<void>
  readonly #everyMs: number
  #timer: NodeJS.Timeout | undefined
  #signal: AbortSignal | undefined
  #busy = false
  #aborted = false
  #abortSeen = false

  constructor(look: () => Promise<void>, everyMs: number) {
    this.#look = look
    this.#everyMs = everyMs
  }

  start(signal: AbortSignal): void {
    this.#signal = signal
    this.#timer = setInterval(() => this.#run(), this.#everyMs)
    if (signal.aborted) this.#onAbort()
    else signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#signal?.removeEventListener('abort', this.#onAbort)
  }

  readonly #onAbort = (): void => {
    this.#aborted = true
    clearInterval(this.#timer)
    if (this.#busy) return
    this.#abortSeen = true
    this.#run()
  }

  #run(): void {
    if (this.#busy) return
    this.#busy = true
    // A look that fails is made again at the next interval.
    void this.#look()
      .catch(() => {})
      .finally(() => {
        this.#busy = false
        if (!this.#aborted || this.#abortSeen) return
        this.#abortSeen = true
        this.#run()
      })
  }
}

function cancelOf({ key }: AgentCommand): Json {
  return encodeMessage({ type: 'agent-cancel', version: 1, key })
}
