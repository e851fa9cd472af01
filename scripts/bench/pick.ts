/** The time to pick a host among many: what a conductor does for each boot, on a real database whose rows change. */
import { join } from 'node:path'
import type { AgentId, HostId, InstanceId, OperationId } from '../../src/model/ids.ts'
import { HostDirectory } from '../../src/operations/host-directory.ts'
import { filters } from '../../src/scheduler/filters/index.ts'
import { schedule } from '../../src/scheduler/pipeline.ts'
import { weighers } from '../../src/scheduler/weighers/index.ts'
import { registerAgent } from '../../src/store/agents.ts'
import { claimAllocation } from '../../src/store/allocations.ts'
import { inTransaction, openDatabase, type Db } from '../../src/store/database.ts'
import { describeHosts } from '../../src/store/host-descriptions.ts'
import { systemClock } from '../../src/util/clock.ts'
import { measured, percentile, type Figure } from './measurement.ts'
import { makeBenchDir, removeBenchDir } from './service.ts'

const picks = 60
const wanted = { vcpus: 1, memoryMb: 512, diskGb: 1 }

export async function measurePick(): Promise<Figure[]> {
  const results: Figure[] = []
  for (const count of [10, 1_000, 10_000]) {
    const folder = await makeBenchDir()
    const db = await openDatabase({ engine: 'sqlite', filename: join(folder, 'pick.db') })
    await addHosts(db, count)
    const times = await pickAndClaim(db)
    results.push(measured(`pick_ms_${count}`, percentile(times, 0.5), 'ms'))
    await db.destroy()
    await removeBenchDir(folder)
  }
  return results
}

/** Each pick is followed by its claim, so that the next one meets changed rows. */
async function pickAndClaim(db: Db): Promise<number[]> {
  const directory = new HostDirectory({ db, clock: systemClock })
  await directory.current()
  const times: number[] = []
  for (let round = 0; round < picks; round += 1) {
    const begun = performance.now()
    const request = {
      ...wanted,
      imageProperties: {},
      diskFormats: ['raw'],
      extraSpecs: {},
      networkKinds: [],
      failedHosts: new Map(),
    }
    const { chosen } = schedule(await directory.current(), request, { filters, weighers })
    times.push(performance.now() - begun)
    if (chosen === null) throw new Error('no host fits')
    const instanceId = crypto.randomUUID() as InstanceId
    const operationId = crypto.randomUUID() as OperationId
    const claim = { instanceId, hostId: chosen.hostId, operationId, wanted }
    if (!(await claimAllocation(db, claim, Date.now()))) throw new Error('the claim failed')
  }
  return times
}

async function addHosts(db: Db, count: number): Promise<void> {
  const agentId = crypto.randomUUID() as AgentId
  const nowMs = Date.now() - 60_000
  await registerAgent(db, agentId, { name: 'bench', startId: 'bench' }, nowMs)
  await inTransaction(db, async (trx) => {
    for (let index = 0; index < count; index += 1) {
      const description = {
        id: crypto.randomUUID() as HostId,
        driverId: 'sim',
        name: `bench-${index}`,
        hypervisorType: 'sim',
        hypervisorVersion: '1',
        healthy: true,
        healthMessage: '',
        total: { vcpus: 16 + (index % 48), memoryMb: 65_536 + (index % 977), diskGb: 1_000 },
        traits: [],
        capabilities: {
          architectures: ['x86_64'],
          hypervisorTypes: ['sim'],
          vmModes: ['hvm'],
          diskFormats: ['raw', 'qcow2'],
          abilities: [],
        },
        generation: 1,
      }
      const ratios = { vcpus: 4, memoryMb: 1, diskGb: 1 }
      await describeHosts(
        trx,
        agentId,
        [description],
        { ratios, reserved: { memoryMb: 0, diskGb: 0 }, smokeTest: 'passed' },
        nowMs,
      )
    }
  })
}
