/**
 * kill -9 of the service at one checkpoint of one saga, then a restart on the same data: soon the API tells the truth, and
 * once the server is deleted nothing is left anywhere. The checkpoints come from the sagas' tables.
 */
import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import type { ApiClient } from '../../src/cli/api-client.ts'
import type { Saga } from '../../src/operations/engine/saga.ts'
import type { SagaParts } from '../../src/operations/saga-parts.ts'
import { allSagas } from '../../src/operations/sagas.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { findLeftovers, findOpenOperations } from './leftovers.ts'
import type { ServerView } from './servers.ts'
import { listServers, waitForHosts } from './servers.ts'
import type { SpawnedService, StartOptions } from './start-service.ts'
import { startService } from './start-service.ts'

export interface KillScenario {
  /** The saga that is struck. */
  readonly kind: string
  /** Whether the saga fails and is undone: its undo moments are struck then, else those of its steps. */
  readonly isUndone: boolean
  /** The server's status when all went as asked; `gone` when there is to be none. */
  readonly asked: ServerView['status'] | 'gone'
  /** For the doomed service only. */
  readonly environment?: Readonly<Record<string, string>>
  /** Brings the saga about for a server of that name. The service dies under it: errors mean nothing. */
  launch(client: ApiClient, name: string): Promise<unknown>
}

export interface KillTarget {
  readonly dataDir: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** What an observer that is not ours says of a VM: `on`, `off`, `paused`, `suspended`, `gone`. */
  readonly observe: (instanceId: string) => Promise<string>
}

export interface Aftermath {
  readonly checkpoint: string
  readonly ended: string
  /** From the restarted service's readiness to the truth. */
  readonly truthMs: number
}

/** The report says how long it took (the goal is ten seconds); a machine that is busy with other things fails no test. */
const patienceMs = 60_000

/** Only the sagas' tables are read; no step of them runs in this process. */
export function sagaTables(): readonly Saga[] {
  return allSagas({} as SagaParts, { stopGraceMs: 0 })
}

/** `saga/step/moment` for every moment that the scenario passes. */
export function checkpointsOf({ kind, isUndone }: KillScenario): readonly string[] {
  const steps = sagaTables().find((saga) => saga.kind === kind)?.steps ?? []
  const moments = isUndone
    ? steps
        .filter(({ undo }) => undo !== undefined)
        .flatMap(({ name }) => [`${name}/before-undo`, `${name}/after-undo`])
    : steps.flatMap(({ name }) => ['before-run', 'begun', 'after-run'].map((moment) => `${name}/${moment}`))
  return [...moments, '/before-close'].map((moment) => `${kind}/${moment}`)
}

/** @throws Error for a saga, or an undo, that no scenario brings about: new operations cannot be forgotten */
export function assertAllCovered(scenarios: readonly KillScenario[]): void {
  for (const { kind, steps } of sagaTables()) {
    const ofKind = scenarios.filter((scenario) => scenario.kind === kind)
    assert.ok(
      ofKind.some(({ isUndone }) => !isUndone),
      `no scenario brings ${kind} about: add one`,
    )
    if (steps.some(({ undo }) => undo !== undefined))
      assert.ok(
        ofKind.some(({ isUndone }) => isUndone),
        `no scenario has ${kind} undone: add one`,
      )
  }
}

/**
 * Strikes one service at one moment after the other. The service that was started to look at what a death left behind is
 * the next one to die, because most of the time goes into starts.
 */
export class Killer {
  readonly #target: KillTarget
  /** Where the service reads at which moment it is to die. */
  readonly #dieAtFile: string
  #service: SpawnedService | undefined

  constructor(target: KillTarget) {
    this.#target = target
    this.#dieAtFile = `${target.dataDir}.die-at`
  }

  async killAndLook(scenario: KillScenario, checkpoint: string): Promise<Aftermath> {
    const name = `kill9-${crypto.randomUUID().slice(0, 8)}`
    await this.#dieAt(scenario, checkpoint, name)
    const service = await this.#start()
    const client = await service.client()
    try {
      const readyAt = performance.now()
      const ended = await truthOf(client, this.#target, name)
      const truthMs = Math.round(performance.now() - readyAt)
      assert.ok(ended === scenario.asked || ended === 'ERROR', `${checkpoint}: asked ${scenario.asked}, got ${ended}`)
      await expectClean(client, this.#target.dataDir, name)
      return { checkpoint, ended, truthMs }
    } catch (error) {
      // The next moments shall not fail for this one.
      await expectClean(client, this.#target.dataDir, name).catch(() => undefined)
      await this.close()
      throw error
    }
  }

  /** Nothing is under way then; what the service started goes on for the next one. */
  async close(): Promise<void> {
    const service = this.#service
    this.#service = undefined
    await service?.kill9()
    await rm(this.#dieAtFile, { force: true })
  }

  async #dieAt(scenario: KillScenario, checkpoint: string, name: string): Promise<void> {
    // Settings of its own want a service of its own.
    if (scenario.environment !== undefined) await this.close()
    const doomed = this.#service ?? (await this.#start(scenario.environment))
    this.#service = undefined
    let hasEnded = false
    void doomed.exited.then(() => (hasEnded = true))
    try {
      const client = await doomed.client()
      await waitForHosts(client)
      await writeFile(this.#dieAtFile, checkpoint)
      const launched = scenario.launch(client, name).catch(async (error: unknown) => {
        if (!(await endsSoon(doomed))) throw error
      })
      await launched
      await waitUntil(`the crash at ${checkpoint}`, () => (hasEnded ? true : undefined), { timeoutMs: patienceMs })
      assert.equal(await doomed.exited, null, 'it was killed')
    } finally {
      await doomed.kill9()
    }
  }

  async #start(environment: StartOptions['environment'] = {}): Promise<SpawnedService> {
    const { dataDir, args } = this.#target
    await writeFile(this.#dieAtFile, '')
    this.#service = await startService({
      dataDir,
      args,
      environment: { ...this.#target.environment, ...environment, POLYVISOR_TEST_DIE_AT_FILE: this.#dieAtFile },
    })
    return this.#service
  }
}

/** A connection breaks a moment before its process is seen to be gone. */
async function endsSoon(service: SpawnedService): Promise<boolean> {
  const patience = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 2_000).unref())
  return Promise.race([service.exited.then(() => true), patience])
}

const powerOfStatus: Readonly<Record<string, string>> = {
  ACTIVE: 'on',
  SHUTOFF: 'off',
  PAUSED: 'paused',
  SUSPENDED: 'suspended',
  VERIFY_RESIZE: 'on',
  RESCUE: 'on',
  SHELVED: 'off',
  SHELVED_OFFLOADED: 'gone',
}

/** Waits until nothing is under way and what the API says of the server is what the hypervisor says. @returns its status, or `gone` */
export async function truthOf(
  client: ApiClient,
  { dataDir, observe }: Pick<KillTarget, 'dataDir' | 'observe'>,
  name: string,
): Promise<string> {
  let last = 'nothing yet'
  const probe = async (): Promise<string | undefined> => {
    const open = await findOpenOperations(dataDir)
    const server = await findServer(client, name)
    const said = server?.status ?? 'gone'
    last = `${said}, open operations: ${open.join(', ') || 'none'}`
    if (open.length > 0 || (server?.['OS-EXT-STS:task_state'] ?? null) !== null) return undefined
    if (server === undefined) return 'gone'
    if (server.status === 'ERROR') {
      assert.ok((server.fault?.message ?? '').length > 10, 'an ERROR server says why')
      return 'ERROR'
    }
    const power = await observe(server.id)
    last += `, the hypervisor says ${power}`
    return powerOfStatus[server.status] === power ? server.status : undefined
  }
  try {
    return await waitUntil('the truth', probe, { timeoutMs: patienceMs, everyMs: 50 })
  } catch (cause) {
    throw new Error(`the API did not come to tell the truth of ${name}; it says: ${last}`, { cause })
  }
}

export async function findServer(client: ApiClient, name: string): Promise<ServerView | undefined> {
  return (await listServers(client)).find((server) => server.name === name)
}

/** What failed one test already: the tests after it are not about it. */
const reported = new Set<string>()

/**
 * Deletes the server, if it is there; then nothing may be left.
 * @param isKnown of a line of what is left, whether it may
 */
export async function expectClean(
  client: ApiClient,
  dataDir: string,
  name: string,
  isKnown: (line: string) => boolean = () => false,
): Promise<void> {
  const server = await findServer(client, name)
  if (server !== undefined) await client.send('DELETE', `/compute/v2.1/servers/${server.id}`)
  let left: readonly string[] = []
  const probe = async (): Promise<true | undefined> => {
    // virsh is silent while libvirtd starts again.
    const look = (): Promise<readonly string[]> => findLeftovers(dataDir).catch((error: unknown) => [String(error)])
    const found = (await findServer(client, name)) === undefined ? await look() : [`server ${name}`]
    left = found.filter((line) => !isKnown(line) && !reported.has(line))
    return left.length === 0 ? true : undefined
  }
  try {
    await waitUntil('nothing to be left', probe, { timeoutMs: patienceMs, everyMs: 100 })
  } catch (cause) {
    for (const line of left) reported.add(line)
    throw new Error(`left over:\n${left.join('\n')}`, { cause })
  }
}
