/** What all mutants of the simulated driver stand on. */
import { SimDriver, type SimParts } from '../../../drivers/sim/sim-driver.ts'
import { DriverError, type Control, type Driver, type DriverPlugin } from '../../../src/driver/index.ts'

export interface Mutant {
  /** What is wrong with it. */
  readonly name: string
  /** The rule whose checks, and no others, fail. */
  readonly breaks: number
  /** Rules that cannot be kept beside a defect like this. */
  readonly alsoBreaks?: readonly number[]
  /** A part of the name of the check that must fail. */
  readonly check: string
  readonly plugin?: DriverPlugin
  readonly make?: (parts: SimParts) => Driver
}

export type Absent = Parameters<Driver['ensureAbsent']>
export type Power = Parameters<Driver['setPower']>

export class Base extends SimDriver {
  protected readonly parts: SimParts

  constructor(parts: SimParts) {
    super(parts)
    this.parts = parts
  }
}

/** Rule 4, for work that a mutant does itself. @throws DriverError CANCELLED */
export function heed({ signal }: Control): void {
  if (signal.aborted) throw new DriverError('CANCELLED', 'The call was cancelled.', { effect: 'none' })
}

export function deaf(control: Control): Control {
  return { ...control, signal: new AbortController().signal }
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof DriverError && error.code === code
}
