/** The refusals that all drivers on this machine speak in the same words. */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { DriverErrorCode, Effect } from '../../src/driver/driver-error.ts'
import type { DriverPower, VmHandle } from '../../src/driver/vm-spec.ts'

/** Rule 4. */
export function throwIfCancelled({ signal }: { readonly signal: AbortSignal }, effect: Effect = 'none'): void {
  if (signal.aborted) throw cancelled(effect)
}

export function cancelled(effect: Effect = 'none'): DriverError {
  return new DriverError('CANCELLED', 'The work was cancelled.', { effect })
}

export function invalidSpec(text: string): DriverError {
  return refusal('INVALID_SPEC', text)
}

export function unsupported(text: string): DriverError {
  return refusal('UNSUPPORTED', text)
}

export function conflict(text: string): DriverError {
  return refusal('CONFLICT', text)
}

export function wrongState(power: DriverPower): DriverError {
  return refusal('WRONG_STATE', `This cannot be done while the virtual machine is ${power}.`)
}

/** Nothing was changed. */
export function refusal(code: DriverErrorCode, text: string): DriverError {
  return new DriverError(code, text, { effect: 'none' })
}

/** @throws DriverError INCOMPATIBLE for a handle that a newer driver made */
export function assertHandle({ version }: VmHandle, newest: number): void {
  if (version > newest) throw refusal('INCOMPATIBLE', 'The virtual machine was made by a newer version of this driver.')
}

/** The same error, with what the failed call left behind. */
export function withEffect(error: DriverError, effect: Effect): DriverError {
  const { code, publicMessage, retry, native, cause } = error
  return new DriverError(code, publicMessage, { retry, effect, cause, ...(native === undefined ? {} : { native }) })
}
