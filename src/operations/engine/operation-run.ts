/**
 * Takes one operation from wherever it stands to its end. Everything that must survive a crash is written before and
 * after each step under the operation's lease; nothing else is remembered, so another process can go on at any point.
 */
import type {
  Operation,
  OperationError,
  OperationProgress,
  OperationState,
  OperationStep,
} from '../../model/operation.ts'
import { deleteCommands } from '../../store/commands.ts'
import { inTransaction, type Db } from '../../store/database.ts'
import { isDatabaseUnavailable } from '../../store/database-errors.ts'
import { holdLease, type Lease } from '../../store/leases.ts'
import { changeOperation, type OperationChanges } from '../../store/operations.ts'
import type { Clock } from '../../util/clock.ts'
import { delay } from '../../util/delay.ts'
import type { Json } from '../../util/json.ts'
import type { Logger } from '../../util/logger.ts'
import type { OperationObserver, StepOutcome } from './observer.ts'
import { Postponed } from './postponed.ts'
import type { Checkpoint, CheckpointHook, Saga, Step, StepContext } from './saga.ts'
import { cancelledError, StepError, toOperationError } from './step-error.ts'
import { withStep, type StepWord } from './step-record.ts'

/** Somebody else holds the operation now, or the process stops: leave it as it is. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

export interface RunDeps {
  readonly db: Db
  readonly clock: Clock
  readonly log: Logger
  readonly hook: CheckpointHook | undefined
  readonly observer: OperationObserver | undefined
  readonly retryDelaysMs: readonly number[]
}

const defaultMaxAttempts = 10
/** Of what an agent says of its progress the newest is written, no more often than that. */
const progressEveryMs = 400

export class OperationRun {
  readonly lease: Lease
  readonly #deps: RunDeps
  readonly #saga: Saga
  readonly #operation: Operation
  readonly #cancelAbort = new AbortController()
  readonly #lostAbort = new AbortController()
  readonly #log: Logger
  #state: OperationState
  /** What is not written yet goes along with the next write. */
  #steps: readonly OperationStep[]
  #progress: OperationProgress | undefined
  #progressTimer: NodeJS.Timeout | undefined
  #cancelled: boolean
  #forward = true
  /** The step that runs began, and its first call or hold will say so. */
  #isBeginningUnwritten = false

  constructor(deps: RunDeps, saga: Saga, operation: Operation) {
    this.#deps = deps
    this.#saga = saga
    this.#operation = operation
    this.#state = operation.state
    this.#steps = operation.steps
    this.#cancelled = operation.cancelRequested
    this.lease = { operationId: operation.id, epoch: operation.leaseEpoch }
    this.#log = deps.log.child({
      operationId: operation.id,
      kind: operation.kind,
      requestId: operation.requestId,
      ...(operation.instanceId === null ? {} : { instanceId: operation.instanceId }),
    })
  }

  /** Somebody wants it undone. Steps see their signal abort; what is being undone goes on. */
  cancel(): void {
    if (this.#cancelled) return
    this.#cancelled = true
    if (this.#forward) this.#cancelAbort.abort(cancelledError)
  }

  /** The lease is lost or the process stops. */
  abandon(): void {
    this.#lostAbort.abort(new LeaseLost())
  }

  /** @throws LeaseLost */
  async run(): Promise<void> {
    try {
      await this.#run()
    } finally {
      clearTimeout(this.#progressTimer)
    }
  }

  async #run(): Promise<void> {
    if (this.#operation.status === 'undoing') return this.#undoAndFail(this.#operation.error ?? cancelledError)
    const error = await this.#goForward()
    if (error === undefined) return this.#succeed()
    await this.#write({ status: 'undoing', error })
    await this.#undoAndFail(error)
  }

  /** @returns the error that ends the operation, or undefined when all steps are done */
  async #goForward(): Promise<OperationError | undefined> {
    for (;;) {
      const failure = this.#state.failing ?? (await this.#runSteps())
      if (failure === undefined) return undefined
      if (this.#cancelled) return cancelledError
      if (!this.#mayTryElsewhere(failure)) return failure
      await this.#startNextAttempt(failure)
    }
  }

  async #runSteps(): Promise<OperationError | undefined> {
    for (const step of this.#saga.steps) {
      if (Object.hasOwn(this.#state.outputs, step.name)) continue
      if (this.#cancelled) return cancelledError
      const startedMs = performance.now()
      try {
        await this.#runStep(step)
        this.#stepEnded(step, 'done', startedMs)
      } catch (error) {
        this.#throwIfLost(error)
        const failure = this.#cancelled ? cancelledError : toOperationError(error)
        this.#log.warn({ step: step.name, attempt: this.#state.attempt, err: error }, 'a step failed')
        await this.#record(step.name, 'failed', { error: failure })
        this.#stepEnded(step, 'failed', startedMs)
        return failure
      }
    }
    return undefined
  }

  async #runStep(step: Step): Promise<void> {
    await this.#at(step.name, 'before-run')
    if (!this.#state.begun.includes(step.name)) {
      this.#state = { ...this.#state, begun: [...this.#state.begun, step.name] }
    }
    this.#say(step.name, 'running')
    this.#isBeginningUnwritten = step.beginsWithWork === true
    if (step.isQuiet !== true && step.beginsWithWork !== true) await this.#write()
    await this.#at(step.name, 'begun')
    const output = (await this.#withRetries(step)) ?? null
    await this.#at(step.name, 'after-run')
    this.#state = { ...this.#state, outputs: { ...this.#state.outputs, [step.name]: output } }
    // Written with the beginning of the next step, or with the end: should a crash come first, the step runs twice.
    this.#say(step.name, 'done', step.hasSecretOutput === true ? {} : { output })
  }

  /** Failures that say `now` or `later` are tried again in place, a few times. */
  async #withRetries(step: Step): Promise<Json | undefined> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await step.run(this.#context(step.name))
      } catch (error) {
        this.#throwIfLost(error)
        const retry = toOperationError(error).retry
        const waitMs = this.#deps.retryDelaysMs[tries]
        if ((retry !== 'now' && retry !== 'later') || waitMs === undefined || this.#cancelled) throw error
        await delay(retry === 'now' ? 0 : waitMs, this.#signal())
        this.#throwIfLost(undefined)
      }
    }
  }

  #mayTryElsewhere(failure: OperationError): boolean {
    const { retryFrom, maxAttempts = defaultMaxAttempts } = this.#saga
    if (failure.retry !== 'elsewhere' || retryFrom === undefined || this.#state.attempt >= maxAttempts) return false
    return this.#state.begun.includes(retryFrom)
  }

  async #startNextAttempt(failure: OperationError): Promise<void> {
    const retryFrom = this.#saga.retryFrom as string
    if (this.#state.failing === null) {
      this.#saga.attemptFailed?.(this.#context(retryFrom), failure)
      this.#state = { ...this.#state, failing: failure }
      await this.#write()
    }
    this.#forward = false
    await this.#undoBackTo(retryFrom)
    this.#forward = true
    const kept = this.#saga.steps.slice(
      0,
      this.#saga.steps.findIndex((step) => step.name === retryFrom),
    )
    const outputs = Object.fromEntries(
      kept.flatMap((step) =>
        Object.hasOwn(this.#state.outputs, step.name) ? [[step.name, this.#state.outputs[step.name] ?? null]] : [],
      ),
    )
    this.#state = { ...this.#state, attempt: this.#state.attempt + 1, outputs, failing: null }
    await this.#write()
  }

  /** Undoes the begun steps, last first, down to and including `first`; all of them without it. */
  async #undoBackTo(first: string | undefined): Promise<void> {
    const firstIndex = first === undefined ? 0 : this.#state.begun.indexOf(first)
    for (const name of this.#state.begun.slice(firstIndex).reverse()) {
      const step = this.#saga.steps.find((candidate) => candidate.name === name)
      if (step?.undo !== undefined) await this.#undoStep(step)
      this.#state = { ...this.#state, begun: this.#state.begun.filter((begun) => begun !== name) }
      await this.#write()
    }
  }

  /** An undo that keeps failing must not keep the operation open for ever: it is noted, and reconcilers clean up. */
  async #undoStep(step: Step): Promise<void> {
    await this.#at(step.name, 'before-undo')
    const startedMs = performance.now()
    await this.#record(step.name, 'undoing')
    for (let tries = 0; ; tries += 1) {
      try {
        await step.undo?.(this.#context(step.name))
        break
      } catch (error) {
        this.#throwIfLost(error)
        const waitMs = this.#deps.retryDelaysMs[tries]
        this.#log.warn({ step: step.name, tries, err: error }, 'an undo failed')
        if (waitMs === undefined) {
          await this.#record(step.name, 'failed', { error: toOperationError(error) })
          this.#stepEnded(step, 'undo-failed', startedMs)
          return
        }
        await delay(waitMs, this.#signal())
        this.#throwIfLost(undefined)
      }
    }
    await this.#at(step.name, 'after-undo')
    await this.#record(step.name, 'undone')
    this.#stepEnded(step, 'undone', startedMs)
  }

  async #undoAndFail(error: OperationError): Promise<void> {
    this.#forward = false
    await this.#undoBackTo(undefined)
    await this.#at('', 'before-close')
    const cancelled = this.#cancelled || error.code === cancelledError.code
    await this.#close(cancelled ? 'cancelled' : 'failed', error, (context, trx) =>
      this.#saga.failed(context, trx, error, cancelled),
    )
    this.#log.warn({ error, cancelled }, 'operation failed and is undone')
  }

  async #succeed(): Promise<void> {
    await this.#at('', 'before-close')
    await this.#close('succeeded', null, (context, trx) => this.#saga.succeeded(context, trx))
    this.#log.info({ attempts: this.#state.attempt }, 'operation succeeded')
  }

  async #close(
    status: 'succeeded' | 'failed' | 'cancelled',
    error: OperationError | null,
    lastWord: (context: StepContext, trx: Db) => Promise<void>,
  ): Promise<void> {
    const nowMs = this.#deps.clock.nowMs()
    await inTransaction(this.#deps.db, async (trx) => {
      // Without waiting for each other: who lost the lease takes the others back.
      await Promise.all([
        this.#writeIn(
          trx,
          { status, error, progress: null, finishedAtMs: nowMs, state: this.#stateWithoutSecrets() },
          nowMs,
        ),
        deleteCommands(trx, this.lease.operationId),
        lastWord(this.#context(''), trx),
      ])
    })
    const { kind, createdAtMs } = this.#operation
    this.#deps.observer?.operationEnded(kind, status, Math.max(0, nowMs - createdAtMs) / 1000)
  }

  #stateWithoutSecrets(): OperationState {
    const secret = new Set(this.#saga.steps.filter((step) => step.hasSecretOutput === true).map(({ name }) => name))
    if (secret.size === 0) return this.#state
    const outputs = Object.entries(this.#state.outputs).map(([name, output]) => [
      name,
      secret.has(name) ? null : output,
    ])
    return { ...this.#state, outputs: Object.fromEntries(outputs) as OperationState['outputs'] }
  }

  #stepEnded(step: Step, outcome: StepOutcome, startedMs: number): void {
    this.#progress = undefined
    this.#deps.observer?.stepEnded(this.#operation.kind, step.name, outcome, (performance.now() - startedMs) / 1000)
  }

  async #record(step: string, status: StepWord['status'], rest: Omit<StepWord, 'status'> = {}): Promise<void> {
    this.#say(step, status, rest)
    await this.#write()
  }

  #say(step: string, status: StepWord['status'], rest: Omit<StepWord, 'status'> = {}): void {
    const { attempt } = this.#state
    this.#steps = withStep(this.#steps, { attempt, step }, { status, ...rest }, this.#deps.clock.nowMs())
  }

  async #write(changes: OperationChanges = {}): Promise<void> {
    this.#isBeginningUnwritten = false
    await this.#writeIn(this.#deps.db, changes, this.#deps.clock.nowMs())
  }

  /** Everything that is written of the run passes here, in one statement. @throws LeaseLost */
  async #writeIn(db: Db, changes: OperationChanges, nowMs: number): Promise<void> {
    const { lease } = this
    const all = { state: this.#state, steps: this.#steps, ...changes }
    if (!(await changeOperation(db, lease, all, nowMs))) throw new LeaseLost()
  }

  async #at(step: string, moment: Checkpoint['moment']): Promise<void> {
    this.#throwIfLost(undefined)
    const { id: operationId, kind } = this.#operation
    await this.#deps.hook?.({ operationId, kind, step, attempt: this.#state.attempt, moment })
  }

  #throwIfLost(error: unknown): void {
    if (error instanceof LeaseLost || error instanceof Postponed) throw error
    // Nothing can be said of the step without it: whoever has a database again goes on from what is written.
    if (isDatabaseUnavailable(error)) throw error
    if (this.#lostAbort.signal.aborted) throw this.#lostAbort.signal.reason
  }

  #context(step: string): StepContext {
    const operation = this.#operation
    return {
      operation,
      operationId: operation.id,
      get instanceId() {
        if (operation.instanceId === null)
          throw new StepError(toOperationError(new Error('operation without an instance')))
        return operation.instanceId
      },
      attempt: this.#state.attempt,
      step,
      signal: this.#signal(),
      log: this.#log,
      lease: this.lease,
      hold: async (trx) => {
        // Every time, because a transaction may begin again.
        if (this.#isBeginningUnwritten) return this.#writeIn(trx, {}, this.#deps.clock.nowMs())
        if (!(await holdLease(trx, this.lease))) throw new LeaseLost()
      },
      takeBeginning: () => {
        if (!this.#isBeginningUnwritten) return undefined
        this.#isBeginningUnwritten = false
        return { state: this.#state, steps: this.#steps }
      },
      output: (name) => this.#state.outputs[name],
      note: (name) => this.#state.notes[name],
      setNote: (name, value) => {
        this.#state = { ...this.#state, notes: { ...this.#state.notes, [name]: value } }
      },
      progress: (progress) => this.#noteProgress({ step, ...progress }),
    }
  }

  /** Best effort: a lost line of progress is no loss, and what is over before it is written is none. */
  #noteProgress(progress: OperationProgress): void {
    this.#progress = progress
    this.#progressTimer ??= setTimeout(() => {
      this.#progressTimer = undefined
      const { db, clock } = this.#deps
      if (this.#progress !== undefined)
        void changeOperation(db, this.lease, { progress: this.#progress }, clock.nowMs()).catch(() => {})
    }, progressEveryMs).unref()
  }

  /** What is being undone must not be stopped by the very cancellation that asked for it. */
  #signal(): AbortSignal {
    const lost = this.#lostAbort.signal
    return this.#forward ? AbortSignal.any([this.#cancelAbort.signal, lost]) : lost
  }
}
