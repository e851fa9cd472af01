/** A driver is only asked to keep limits that it offers to keep: one that knows of none would pass over them in silence. */
import { DriverError, type Capabilities, type VmSpec } from '../driver/index.ts'

/** @throws DriverError UNSUPPORTED, without effect */
export function assertLimitable({ limitable = [] }: Capabilities, { limits = {} }: VmSpec): void {
  const missing = Object.keys(limits).find((kind) => !(limitable as readonly string[]).includes(kind))
  if (missing !== undefined)
    throw new DriverError('UNSUPPORTED', `This host cannot keep the flavor's limits (${missing}).`, { effect: 'none' })
}
