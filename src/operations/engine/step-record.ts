/** What is written of the steps of an operation: one entry for each step of each attempt, in the order in which they began. */
import type { OperationError, OperationStep, OperationStepStatus } from '../../model/operation.ts'
import type { Json } from '../../util/json.ts'

export interface StepWord {
  readonly status: OperationStepStatus
  readonly output?: Json
  readonly error?: OperationError
}

/** @returns the steps with the newest word on one of them */
export function withStep(
  steps: readonly OperationStep[],
  { attempt, step }: Pick<OperationStep, 'attempt' | 'step'>,
  word: StepWord,
  nowMs: number,
): readonly OperationStep[] {
  const isOpen = word.status === 'running' || word.status === 'undoing'
  const finishedAtMs = isOpen ? null : nowMs
  const index = steps.findIndex((known) => known.attempt === attempt && known.step === step)
  const known = steps[index]
  if (known === undefined)
    return [...steps, { attempt, step, output: null, error: null, startedAtMs: nowMs, ...word, finishedAtMs }]
  return steps.with(index, { ...known, ...word, finishedAtMs })
}
