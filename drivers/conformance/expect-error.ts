/** Rule 6, applied to every error that the kit ever sees. */
import assert from 'node:assert/strict'
import { driverErrorCodes, type DriverError, type DriverErrorCode, type Effect } from '../../src/driver/index.ts'

const retries = ['never', 'now', 'later', 'elsewhere']
const effects = ['none', 'partial', 'unknown']
/** A path, an address, a line of a stack: nothing for tenants. */
const unfit = /(^|[\s'"(])\/[\w.-]+\/|[A-Za-z]:\\|\d+\.\d+\.\d+\.\d+|\n|\bat [\w.]+ \(/

/** @throws AssertionError unless it is a DriverError as the contract wants it; by shape, since drivers may bring their own copy of the class */
export function assertDriverError(error: unknown): asserts error is DriverError {
  assert.ok(error instanceof Error && error.name === 'DriverError', `not a DriverError: ${String(error)}`)
  const { code, retry, effect, publicMessage } = error as DriverError
  assert.ok((driverErrorCodes as readonly string[]).includes(code), `unknown code ${code}`)
  assert.ok(retries.includes(retry), `${code} has the unknown retry ${retry}`)
  assert.ok(effects.includes(effect), `${code} has the unknown effect ${effect}`)
  assert.ok(typeof publicMessage === 'string' && publicMessage.length > 5, `${code} has no public message`)
  assert.doesNotMatch(publicMessage, unfit, 'the public message names what tenants must not see')
}

export async function expectError(
  work: Promise<unknown>,
  codes: DriverErrorCode | readonly DriverErrorCode[],
  effect?: Effect,
): Promise<DriverError> {
  const wanted = typeof codes === 'string' ? [codes] : codes
  const error = await work.then(
    () => assert.fail(`it succeeded instead of failing with ${wanted.join(' or ')}`),
    (reason: unknown) => reason,
  )
  assertDriverError(error)
  assert.ok(wanted.includes(error.code), `${error.code} instead of ${wanted.join(' or ')}: ${error.message}`)
  if (effect !== undefined) assert.equal(error.effect, effect, `the effect of ${error.code}`)
  return error
}
