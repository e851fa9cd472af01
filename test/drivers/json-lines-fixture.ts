/** The driver in Python for the conformance kit; its hypervisor keeps guests as the template's does, so that one observer knows both. */
import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadManifest, makeRawImage, type ConformanceTarget, type Fixture } from '../../drivers/conformance/index.ts'
import type { JsonLinesDriver } from '../../drivers/json-lines/driver.ts'
import { Observer } from '../../drivers/template/conformance-fixture.ts'
import { silentLogger } from '../../src/util/logger.ts'

export const manifestFile = fileURLToPath(new URL('../../drivers/json-lines/example/driver.json', import.meta.url))
export const pythonMissing =
  spawnSync('python3', ['--version']).status === 0 ? false : 'python3 is missing; run: apt-get install -y python3'

const plugin = await loadManifest(manifestFile)
const config = {}

export const conformance: ConformanceTarget = { plugin, skipReason: pythonMissing, makeFixture }

async function makeFixture(): Promise<Fixture> {
  const dir = await mkdtemp(join(tmpdir(), 'polyvisor-json-lines-'))
  const stateDir = join(dir, 'state')
  await mkdir(stateDir)
  const hypervisor = new Observer(join(stateDir, 'guests'))
  let current: JsonLinesDriver | undefined
  const open = async (): Promise<JsonLinesDriver> => {
    await current?.kill()
    current = await plugin.open(config, { log: silentLogger, stateDir, hostName: 'conformance' })
    return current
  }
  return {
    config,
    guest: { memoryBytes: 64 * 1024 ** 2, diskBytes: 1024 ** 2, bootMarker: 'FILES-GUEST-UP', bootTimeoutMs: 1_000 },
    sample: 2,
    manyVms: 100,
    makeImage: () => makeRawImage(dir, Buffer.from('an image'), 512),
    open,
    restart: open,
    observe: async (instanceId) => hypervisor.observe(instanceId),
    leakCheck: async () => hypervisor.leftovers(),
    purge: async () => hypervisor.purge(),
    foreign: {
      make: async () => hypervisor.makeForeign(),
      isUntouched: async (id) => hypervisor.isForeignUntouched(id),
      remove: async (id) => hypervisor.remove(id),
    },
    meddle: {
      switchOff: async (id) => hypervisor.switchOff(id),
      remove: async (id) => hypervisor.removeGuestFile(id),
    },
    dispose: async () => {
      await current?.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
