/** The agent's drivers: opens them, follows their health, and knows which driver speaks for which host. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { HostReport } from '../bus/messages/messages.ts'
import { abilitiesOf } from '../driver/abilities.ts'
import type { Health, NodeInventory } from '../driver/capabilities.ts'
import type { Driver, DriverPlugin } from '../driver/driver.ts'
import { delay } from '../util/delay.ts'
import type { Json, JsonObject } from '../util/json.ts'
import type { Logger } from '../util/logger.ts'
import { DriverSlots } from './driver-slots.ts'

export interface DriverChoice {
  readonly plugin: DriverPlugin
  readonly config: JsonObject
  /** The operator named it: its hosts show up even while they are unhealthy. Otherwise only once they were healthy. */
  readonly explicit: boolean
}

export interface OpenDriver {
  readonly plugin: DriverPlugin
  readonly driver: Driver
  readonly slots: DriverSlots
  nodes: readonly NodeInventory[]
  health: Health
  announced: boolean
}

/** A hypervisor that takes longer to start joins when it is ready; the agent does not wait for it any more. */
const startPatienceMs = 20_000

export class DriverSet {
  readonly #open: OpenDriver[] = []
  readonly #byHost = new Map<string, OpenDriver>()
  readonly #abort = new AbortController()
  readonly #loops: Promise<void>[] = []
  readonly #log: Logger
  readonly #onChange: (open: OpenDriver, isBack: boolean) => void

  /** @param onChange told of every word on a driver's health; `isBack` when it is healthy after it was not */
  constructor(log: Logger, onChange: (open: OpenDriver, isBack: boolean) => void) {
    this.#log = log
    this.#onChange = onChange
  }

  /** Resolves when each driver has said whether it is well, or takes too long to. */
  async open(choices: readonly DriverChoice[], stateDir: string, hostName: string): Promise<void> {
    await Promise.all(
      choices.map(async (choice) => {
        const { id } = choice.plugin.manifest
        try {
          await this.#openOne(choice, join(stateDir, id), hostName)
        } catch (error) {
          this.#log.error({ driver: id, err: error }, 'the driver could not be opened; its hosts are not offered')
          if (choice.explicit) throw error
        }
      }),
    )
  }

  driverOf(hostId: string): OpenDriver | undefined {
    return this.#byHost.get(hostId)
  }

  all(): readonly OpenDriver[] {
    return this.#open
  }

  hosts(): readonly HostReport[] {
    return this.#open
      .filter((open) => open.announced)
      .flatMap((open) => open.nodes.map((node) => toHostReport(open, node)))
  }

  /** The signal of everything that follows the drivers; aborts at close. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  async close(): Promise<void> {
    this.#abort.abort()
    // Together: a loop may wait for a driver that answers no more, until that is closed.
    await Promise.allSettled([...this.#loops, ...this.#open.map(({ driver }) => driver.close())])
  }

  async #openOne(choice: DriverChoice, stateDir: string, hostName: string): Promise<void> {
    const { plugin, config, explicit } = choice
    await mkdir(stateDir, { recursive: true })
    const log = this.#log.child({ driver: plugin.manifest.id })
    const driver = await plugin.open(config, { log, stateDir, hostName })
    const open: OpenDriver = {
      plugin,
      driver,
      slots: new DriverSlots(driver.capabilities().limits.parallelOperations),
      nodes: [],
      health: { status: 'unhealthy', message: 'not looked at yet' },
      announced: explicit,
    }
    this.#open.push(open)
    const started = Promise.withResolvers<void>()
    this.#loops.push(this.#follow(open, log, started.resolve))
    await Promise.race([started.promise, delay(startPatienceMs, this.#abort.signal)])
  }

  async #follow(open: OpenDriver, log: Logger, onStarted: () => void): Promise<void> {
    try {
      for await (const health of open.driver.fingerprint(this.#abort.signal)) {
        const level = health.status === 'unhealthy' ? 'warn' : 'info'
        if (health.message !== open.health.message) log[level]({ health }, 'driver health')
        const isBack = health.status === 'healthy' && open.health.status !== 'healthy'
        open.health = health
        await this.#readNodes(open, log)
        if (health.status !== 'starting') onStarted()
        this.#onChange(open, isBack)
      }
    } catch (error) {
      log.error({ err: error }, 'the driver stopped reporting its health')
      open.health = {
        status: 'unhealthy',
        message: 'The driver stopped reporting its health; see the log of its agent.',
      }
      this.#onChange(open, false)
    } finally {
      onStarted()
    }
  }

  async #readNodes(open: OpenDriver, log: Logger): Promise<void> {
    try {
      open.nodes = await open.driver.nodes()
    } catch (error) {
      log.warn({ err: error }, 'the driver could not list its hosts')
    }
    for (const node of open.nodes) this.#byHost.set(node.id, open)
    if (open.health.status === 'healthy') open.announced = true
  }
}

function toHostReport(open: OpenDriver, node: NodeInventory): HostReport {
  const { manifest } = open.plugin
  const { remoteConsole } = open.driver
  const {
    architectures,
    hypervisorTypes,
    vmModes,
    disk,
    power,
    accelerators,
    networks,
    agentProperty,
    firmwares,
    limitable,
    rescueDevices,
  } = open.driver.capabilities()
  return {
    id: node.id,
    driverId: manifest.id,
    name: node.name,
    hypervisorType: manifest.hypervisorType,
    hypervisorVersion: open.health.hypervisorVersion ?? '',
    healthy: open.health.status === 'healthy',
    healthMessage: open.health.message,
    vcpus: node.vcpus,
    memoryMb: node.memoryMb,
    diskGb: node.diskGb,
    traits: node.traits,
    capabilities: {
      architectures,
      hypervisorTypes,
      vmModes,
      diskFormats: disk.map((offer) => offer.format),
      power,
      abilities: abilitiesOf(open.driver),
      cpuModel: node.cpuModel ?? null,
      bootedAtMs: node.bootedAtMs ?? null,
      ...(remoteConsole === undefined ? {} : { consoles: remoteConsole.kinds }),
      ...(networks === undefined ? {} : { networks }),
      ...(agentProperty === undefined ? {} : { agentProperty }),
      ...(firmwares === undefined ? {} : { firmwares }),
      ...(limitable === undefined ? {} : { limitable }),
      ...(rescueDevices === undefined ? {} : { rescueDevices }),
      ...(accelerators === undefined ? {} : { accelerators }),
    } as { [name: string]: Json },
  }
}
