/** Wires what the API works with besides identity and images: everything over one database and one bus, no engine. */
import type { Bus } from '../bus/bus.ts'
import { noQuotas, type QuotaLimits } from '../model/quotas.ts'
import { AgentQueries } from '../operations/agent-queries.ts'
import { HostDirectory } from '../operations/host-directory.ts'
import { SagaInstanceService } from '../operations/instance-service.ts'
import { OperationService } from '../operations/operation-service.ts'
import { Placement } from '../operations/placement.ts'
import { QuotaService } from '../operations/quota-service.ts'
import type { Db } from '../store/database.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'

export interface ApiParts {
  readonly db: Db
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
}

export interface ApiOptions {
  /** What a project may have unless an admin says otherwise; without it, everything. */
  readonly quotas?: QuotaLimits
}

export interface ApiServices {
  readonly instances: SagaInstanceService
  readonly operations: OperationService
  readonly quotas: QuotaService
  /** For explanations: real decisions are the conductors'. */
  readonly placement: Placement
  readonly queries: AgentQueries
  stop(): Promise<void>
}

export async function startApiServices(parts: ApiParts, options: ApiOptions = {}): Promise<ApiServices> {
  const { db, clock } = parts
  const queries = new AgentQueries(parts)
  const quotas = new QuotaService(db, options.quotas ?? noQuotas)
  const operations = new OperationService(parts)
  const instances = new SagaInstanceService({
    ...parts,
    quotas,
    onCancelRequested: (id) => operations.tellConductors(id),
  })
  const placement = new Placement({ db, hosts: new HostDirectory({ db, clock }) })
  await queries.start()
  const stop = (): Promise<void> => queries.stop()
  return { instances, operations, quotas, placement, queries, stop }
}
