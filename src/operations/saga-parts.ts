import type { Db } from '../store/database.ts'
import type { Clock } from '../util/clock.ts'
import type { AgentCalls } from './agent-calls.ts'
import type { Placement } from './placement.ts'

/** What every saga is built from. */
export interface SagaParts {
  readonly db: Db
  readonly clock: Clock
  readonly calls: AgentCalls
  readonly placement: Placement
}
