/**
 * kill -9 of a conductor, an agent or an API at every step of every operation. The moments of conductors come from the
 * sagas' tables, those of agents and APIs from what a scenario was seen to call: later operations join by themselves.
 */
import { readFileSync } from 'node:fs'
import { loadContract } from '../../../src/contract/contract.ts'
import { commandMoments } from '../../../src/agent/command-runner.ts'
import { waitUntil } from '../../../src/util/wait-until.ts'
import type { CloudRole } from '../../support/cloud.ts'
import { checkpointsOf, type KillScenario } from '../../support/kill9.ts'
import { sample, type Campaign, type CampaignStage } from '../campaign.ts'
import { CloudStage } from '../cloud-stage.ts'

interface Strike {
  readonly index: number
  readonly moment: string
}

export const killCampaigns: readonly Campaign[] = (['conductor', 'agent', 'api'] as const).map((role) => ({
  name: `kill-${role}`,
  needsEngines: true,
  ownDatabase: true,
  run: (stage) => run(stage, role),
}))

const shortSample = 6

async function run(stage: CampaignStage, role: CloudRole): Promise<void> {
  const tally = stage.tally(`kill -9 of ${role}`)
  const set = await CloudStage.set()
  try {
    const all = await momentsOf(set, role)
    const chosen = stage.isShort ? sample(all, shortSample, stage.random) : all
    for (const { index, moment } of chosen) {
      const scenario = set.scenarios[index] as KillScenario
      const where = `${scenario.kind} at ${moment}`
      await tally.holds(where, async () => {
        if (await strike(set, role, scenario, moment)) tally.injected += 1
        await set.settle()
      })
      stage.say(`${role}: ${where}`)
    }
  } finally {
    await set.end()
  }
}

/** @returns whether the process died there: a moment that a scenario passes in some runs only is no fault in the others */
async function strike(set: CloudStage, role: CloudRole, scenario: KillScenario, moment: string): Promise<boolean> {
  const { cloud } = set
  const name = `${role}-1`
  if (role !== 'agent' && scenario.environment !== undefined) await restart(set, 'agent-1', scenario.environment)
  await cloud.kill9(name)
  const doomed = await cloud.up(name, {
    ...(role === 'agent' ? scenario.environment : {}),
    POLYVISOR_TEST_DIE_AT: moment,
  })
  let died = false
  let isAwaited = true
  const recovered = doomed.exited.then(async () => {
    if (!isAwaited) return
    died = true
    await cloud.up(name)
  })
  const client = await set.client()
  // A request that breaks off was accepted or not: what holds afterwards holds in both cases.
  await scenario.launch(client, `faults-${crypto.randomUUID().slice(0, 8)}`).catch(() => undefined)
  await waitUntil('the strike', () => (died ? true : undefined), { timeoutMs: 5_000 }).catch(() => undefined)
  isAwaited = false
  if (died) await recovered
  else await restart(set, name)
  if (role !== 'agent' && scenario.environment !== undefined) await restart(set, 'agent-1')
  return died
}

async function restart(
  set: CloudStage,
  name: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  await set.cloud.kill9(name)
  await set.cloud.up(name, environment)
}

async function momentsOf(set: CloudStage, role: CloudRole): Promise<readonly Strike[]> {
  if (role === 'conductor') {
    return set.scenarios.flatMap((scenario, index) => checkpointsOf(scenario).map((moment) => ({ index, moment })))
  }
  const found: Strike[] = []
  for (const [index, scenario] of set.scenarios.entries()) {
    if (scenario.environment !== undefined) continue
    const before = logOf(set, role).length
    await scenario.launch(await set.client(), `probe-${index}`)
    await set.quiet()
    const lines = logOf(set, role).slice(before)
    await set.settle()
    const called = role === 'agent' ? calledMethods(lines) : calledOperations(lines)
    const moments = role === 'agent' ? commandMoments : (['before', 'after'] as const)
    for (const what of called) for (const moment of moments) found.push({ index, moment: `${role}/${what}/${moment}` })
  }
  return found
}

function logOf(set: CloudStage, role: CloudRole): string {
  const { running } = set.cloud.get(`${role}-1`)
  return running === undefined ? '' : readFileSync(running.logFile, 'utf8')
}

function calledMethods(lines: string): ReadonlySet<string> {
  return new Set([...lines.matchAll(/"method":"([a-z-]+)","instanceId"/g)].map(([, method]) => method ?? ''))
}

/** Those that change something. */
function calledOperations(lines: string): ReadonlySet<string> {
  const changing = new Set(
    loadContract()
      .operations.filter(({ method }) => method !== 'GET' && method !== 'HEAD')
      .map(({ operationId }) => String(operationId)),
  )
  const seen = [...lines.matchAll(/"operation":"([A-Za-z]+)"/g)].map(([, operation]) => operation ?? '')
  return new Set(seen.filter((operation) => changing.has(operation) && operation !== 'issueToken'))
}
