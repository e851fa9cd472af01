/** Rule 5: what a driver says that saw nothing change. */
import { DriverError } from '../../src/driver/index.ts'

export function unchanged(): DriverError {
  return new DriverError('HYPERVISOR', 'The hypervisor answered success and changed nothing.', { effect: 'unknown' })
}
