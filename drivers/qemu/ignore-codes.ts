import { DriverError } from '../../src/driver/driver-error.ts'
import type { DriverErrorCode } from '../../src/driver/driver-error.ts'

/** Does `work`; errors with these codes mean that somebody else was faster, and are fine. */
export async function ignoreCodes(codes: readonly DriverErrorCode[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof DriverError && codes.includes(error.code))) throw error
  }
}
