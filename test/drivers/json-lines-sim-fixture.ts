/** The simulated driver behind the JSON-lines transport, for the kit; its files are the observer's. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  makeRawImage,
  type ConformanceTarget,
  type Fixture,
  type Observation,
  type ProgramPlugin,
} from '../../drivers/conformance/index.ts'
import { JsonLinesDriver } from '../../drivers/json-lines/driver.ts'
import { readImage } from '../../drivers/sim/conformance-fixture.ts'
import { simPlugin } from '../../drivers/sim/index.ts'
import { silentLogger } from '../../src/util/logger.ts'

const program = fileURLToPath(new URL('./json-lines-sim.ts', import.meta.url))
const command = [process.execPath, '--disable-warning=ExperimentalWarning', program]
const plugin: ProgramPlugin = {
  manifest: { ...simPlugin.manifest, id: 'sim-over-json-lines' },
  open: (config, host) => JsonLinesDriver.open({ command, folder: '/', config, host }),
}

export const conformance: ConformanceTarget = { plugin, makeFixture }

async function makeFixture(): Promise<Fixture> {
  const dir = await mkdtemp(join(tmpdir(), 'polyvisor-json-lines-sim-'))
  const stateDir = join(dir, 'state')
  await mkdir(stateDir)
  let current: JsonLinesDriver | undefined
  const open = async (): Promise<JsonLinesDriver> => {
    await current?.kill()
    current = await plugin.open({}, { log: silentLogger, stateDir, hostName: 'conformance' })
    return current
  }
  const files = (kind: string): readonly string[] =>
    existsSync(join(stateDir, kind)) ? readdirSync(join(stateDir, kind)) : []
  const leftovers = (): readonly string[] =>
    ['vms', 'disks', 'snapshots', '.polyvisor/images', '.polyvisor/snapshots'].flatMap((kind) =>
      files(kind).map((name) => `${kind}/${name}`),
    )
  const observe = (instanceId: string): Observation => {
    const guests = files('vms').filter((name) => name.startsWith(instanceId))
    const powers = guests.map(
      (name) => (JSON.parse(readFileSync(join(stateDir, 'vms', name), 'utf8')) as Observation).power,
    )
    const disks = files('disks').flatMap((name) => (name.startsWith(instanceId) ? (name.split('.')[2] ?? []) : []))
    return { guests: guests.length, power: powers[0] ?? null, disks: disks.sort() }
  }
  return {
    config: {},
    guest: { memoryBytes: 64 * 1024 ** 2, diskBytes: 1024 ** 2, bootMarker: 'POLYVISOR-SIM-UP', bootTimeoutMs: 1_000 },
    sample: 1,
    makeImage: () => makeRawImage(dir, Buffer.from('an image'), 512),
    readImage,
    open,
    restart: open,
    observe: async (instanceId) => observe(instanceId),
    leakCheck: async () => leftovers(),
    purge: async () => leftovers().forEach((left) => rmSync(join(stateDir, left))),
    dispose: async () => {
      await current?.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
