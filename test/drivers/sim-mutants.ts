/** Simulated drivers that each break one rule, and the check that must notice. They prove that the kit can fail. */
import type { Mutant } from './sim-mutants/base.ts'
import { cancelMutants, resumeMutants } from './sim-mutants/crash-rules.ts'
import { deviceMutants } from './sim-mutants/device-rules.ts'
import { ensureMutants, identityMutants, interfaceMutants } from './sim-mutants/first-rules.ts'
import { migrateMutants } from './sim-mutants/migrate-rules.ts'
import { otherMutants } from './sim-mutants/other-rules.ts'
import { errorMutants, readBackMutants } from './sim-mutants/truth-rules.ts'

export const mutants: readonly Mutant[] = [
  ...interfaceMutants,
  ...deviceMutants,
  ...ensureMutants,
  ...identityMutants,
  ...resumeMutants,
  ...cancelMutants,
  ...readBackMutants,
  ...errorMutants,
  ...migrateMutants,
  ...otherMutants,
]
