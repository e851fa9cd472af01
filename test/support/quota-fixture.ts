/** An instance service with quotas over a database, and nothing that would build what it accepts. */
import { MemoryBus } from '../../src/bus/memory-bus.ts'
import type { ProjectId, UserId } from '../../src/model/ids.ts'
import { noQuotas, type QuotaLimits } from '../../src/model/quotas.ts'
import { SagaInstanceService } from '../../src/operations/instance-service.ts'
import { QuotaService } from '../../src/operations/quota-service.ts'
import { openDatabase, type DatabaseConfig, type Db } from '../../src/store/database.ts'
import { systemClock } from '../../src/util/clock.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { openTestDatabase } from './test-database.ts'
import { testFlavor, testImage } from './world.ts'

export const context = { projectId: 'p1' as ProjectId, userId: 'u1' as UserId, requestId: 'req-test', isAdmin: false }
export const request = {
  name: 'vm',
  flavor: testFlavor,
  image: testImage,
  count: { min: 1, max: 1 },
  metadata: {},
  attributes: {},
  configDrive: false,
  nics: [],
  hints: {},
} as const

export interface QuotaFixture {
  readonly db: Db
  readonly quotas: QuotaService
  readonly instances: SagaInstanceService
  /** How many instances there are. */
  count(): Promise<number>
  /** Asks for that many at once, one each. @returns how many were accepted */
  crowd(requests: number): Promise<number>
}

/** @param config of a database that others use too; a new one without it */
export async function makeQuotaFixture(limits: Partial<QuotaLimits>, config?: DatabaseConfig): Promise<QuotaFixture> {
  const db = await (config === undefined ? openTestDatabase() : openDatabase(config))
  const quotas = new QuotaService(db, { ...noQuotas, ...limits })
  const bus = new MemoryBus(silentLogger)
  const parts = { db, bus, clock: systemClock, log: silentLogger, quotas, onCancelRequested() {} }
  const instances = new SagaInstanceService(parts)
  return {
    db,
    quotas,
    instances,
    count: async () => ((await db('instances').count({ count: '*' }).first()) as { count: number }).count,
    async crowd(requests) {
      const asked = Array.from({ length: requests }, () => instances.create(request, context))
      return (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled').length
    },
  }
}
