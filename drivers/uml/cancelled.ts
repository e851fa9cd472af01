import { DriverError } from '../../src/driver/driver-error.ts'
import type { Effect } from '../../src/driver/driver-error.ts'

export function throwIfCancelled({ signal }: { readonly signal: AbortSignal }, effect: Effect): void {
  if (signal.aborted) throw new DriverError('CANCELLED', 'The work was cancelled.', { effect })
}
