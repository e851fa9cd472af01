/** The sim driver as the registry sees it. */
import { createHash } from 'node:crypto'
import type { DriverPlugin, HostServices, NodeInventory } from '../../src/driver/index.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { DiskContents } from './disk-contents.ts'
import { Faults } from './faults.ts'
import { manifest, type SimConfig } from './manifest.ts'
import { SimDriver, type SimParts } from './sim-driver.ts'
import { VmStore } from './vm-store.ts'

const defaults: SimConfig = {
  nodes: 1,
  vcpus: 32,
  memoryMb: 131_072,
  diskGb: 2_000,
  persistent: true,
  latencyMs: 0,
  migrationMs: 0,
  readImages: true,
  faults: [],
}

export const simPlugin: DriverPlugin = {
  manifest,
  open: async (config, host) => new SimDriver(makeParts(config, host)),
}

/** @param store another hypervisor than that of the settings; for tests that reach behind the driver */
export function makeParts(config: JsonObject, host: HostServices, store?: VmStore): SimParts {
  const settings = { ...defaults, ...(config as Partial<SimConfig>) }
  // Simulated machines are switched on by whoever simulates them.
  const bootedAtMs = Date.now()
  const hypervisor = store ?? new VmStore(settings.persistent ? host.stateDir : undefined)
  return {
    config: settings,
    nodes: Array.from({ length: settings.nodes }, (_, index) => toNode(settings, host, index, bootedAtMs)),
    store: hypervisor,
    contents: new DiskContents(host.stateDir, hypervisor.usedContents()),
    faults: new Faults(settings.faults),
  }
}

function toNode(
  { vcpus, memoryMb, diskGb }: SimConfig,
  { hostName, stateDir }: HostServices,
  index: number,
  bootedAtMs: number,
): NodeInventory {
  const id = stableUuid(`${hostName}/${stateDir}/sim/${index}`)
  const name = `${hostName}-sim-${index + 1}`
  return { id, name, vcpus, memoryMb, diskGb, traits: ['CUSTOM_SIMULATED'], bootedAtMs }
}

/** The same text gives the same UUID after a restart. */
function stableUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = ((parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
