/** kill -9 of the service at every moment of every step of every saga, on simulated hosts. New sagas join by themselves. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertAllCovered, checkpointsOf, Killer, type Aftermath, type KillScenario } from '../support/kill9.ts'
import { simHosts, simScenarios } from '../support/kill9-scenarios.ts'
import { createFlavor, uploadImage, waitForHosts } from '../support/servers.ts'
import { simPowerOf } from '../support/sim-vms.ts'
import { makeDataDir, removeDataDir, startService } from '../support/start-service.ts'
import { testEngine } from '../support/test-database.ts'

const args = ['--driver', 'sim', '--log-level', 'warn']
/** Each lane has a data directory of its own; a start waits more than it works. */
const laneCount = 3
/** On PostgreSQL one in so many moments, spread over all sagas: the fault suite kills each role there. */
const oneIn = testEngine === 'postgres' ? 4 : 1
/** Twelve minutes of both cores on SQLite, and more when something else runs. */
const timeout = 2_400_000

test('the service killed at every moment of every saga, on simulated hosts', { timeout }, async (t) => {
  const nobody = simScenarios({ imageId: '', flavorId: '' })
  assertAllCovered(nobody)
  const checkpoints = nobody
    .flatMap((scenario, index) => checkpointsOf(scenario).map((checkpoint) => ({ index, checkpoint })))
    .filter((_, index) => index % oneIn === 0)
  const seen: Aftermath[] = []
  const failures: unknown[] = []
  await Promise.all(
    Array.from({ length: laneCount }, async () => {
      const lane = await openLane()
      try {
        for (let next = checkpoints.shift(); next !== undefined; next = checkpoints.shift()) {
          const { index, checkpoint } = next
          const scenario = lane.scenarios[index] as KillScenario
          const label = `${checkpoint}${scenario.isUndone ? ' (undone)' : ''}`
          try {
            seen.push({ ...(await lane.killer.killAndLook(scenario, checkpoint)), checkpoint: label })
          } catch (cause) {
            failures.push(new Error(label, { cause }))
          }
        }
      } finally {
        await lane.killer.close()
        await removeDataDir(lane.dataDir)
      }
    }),
  )
  report(t.diagnostic.bind(t), seen)
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} checkpoints failed`)
})

function report(say: (text: string) => void, seen: readonly Aftermath[]): void {
  for (const { checkpoint, ended, truthMs } of seen) say(`${checkpoint}: ${ended}, true after ${truthMs} ms`)
  const slowest = Math.max(...seen.map(({ truthMs }) => truthMs))
  say(`${seen.length} checkpoints; the truth took at most ${slowest} ms`)
}

async function openLane(): Promise<{
  dataDir: string
  scenarios: readonly KillScenario[]
  killer: Killer
}> {
  const dataDir = await makeDataDir()
  const service = await startService({ args, dataDir, environment: simHosts })
  const client = await service.client()
  // Tried out before anything is struck.
  await waitForHosts(client, undefined, 2)
  const image = join(dataDir, 'image.raw')
  await writeFile(image, Buffer.alloc(64 * 1024, 'polyvisor'))
  const imageId = await uploadImage(client, image)
  const flavorId = await createFlavor(client, 'kill9')
  await service.stop()
  return {
    dataDir,
    scenarios: simScenarios({ imageId, flavorId }),
    killer: new Killer({ dataDir, args, environment: simHosts, observe: observeSim(dataDir) }),
  }
}

/** The simulated hypervisor's own files, not its driver. */
function observeSim(dataDir: string): (instanceId: string) => Promise<string> {
  return async (instanceId) => simPowerOf(join(dataDir, 'agent'), instanceId)
}
