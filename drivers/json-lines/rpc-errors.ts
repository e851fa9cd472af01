/** DriverErrors as errors of JSON-RPC, and back: `message` is for tenants, `data` has the closed code, retry, effect, native. */
import { DriverError, driverErrorCodes, type DriverErrorCode, type Effect, type Retry } from '../../src/driver/index.ts'
import type { JsonObject } from '../../src/util/json.ts'

/** "Server error" of JSON-RPC: which one stands in `data`. */
const serverError = -32_000
const retries: readonly string[] = ['never', 'now', 'later', 'elsewhere'] satisfies Retry[]
const effects: readonly string[] = ['none', 'partial', 'unknown'] satisfies Effect[]

export function toRpcError(error: unknown): JsonObject {
  const { code, retry, effect, native, publicMessage } =
    error instanceof DriverError
      ? error
      : new DriverError('BUG', 'The service failed unexpectedly.', { native: String(error) })
  const data = { code, retry, effect, ...(native === undefined ? {} : { native }) }
  return { code: serverError, message: publicMessage, data }
}

/** What is no error of the contract is a bug of the driver. */
export function fromRpcError(error: unknown): DriverError {
  const { message, data } = fieldsOf(error)
  const { code, retry, effect, native } = fieldsOf(data)
  if (!isOneOf(driverErrorCodes, code) || typeof message !== 'string')
    return new DriverError('BUG', 'The host failed unexpectedly.', { native: JSON.stringify(error) })
  return new DriverError(code as DriverErrorCode, message, {
    ...(isOneOf(retries, retry) ? { retry: retry as Retry } : {}),
    ...(isOneOf(effects, effect) ? { effect: effect as Effect } : {}),
    ...(typeof native === 'string' ? { native } : {}),
  })
}

/** The driver's process is away; it is started again. */
export function gone(effect: Effect, native: string): DriverError {
  return new DriverError('UNREACHABLE', 'The driver of this host does not answer; it is started again.', {
    retry: 'later',
    effect,
    native,
  })
}

function isOneOf(known: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && known.includes(value)
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
