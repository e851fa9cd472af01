/** Told of what ends in the engine; for figures. It must be quick and throw nothing. */
export interface OperationObserver {
  stepEnded(kind: string, step: string, outcome: StepOutcome, seconds: number): void
  /** @param seconds since the operation was asked for, waits and restarts of the process included */
  operationEnded(kind: string, outcome: OperationOutcome, seconds: number): void
}

export type StepOutcome = 'done' | 'failed' | 'undone' | 'undo-failed'
export type OperationOutcome = 'succeeded' | 'failed' | 'cancelled'
