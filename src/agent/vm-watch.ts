/** Looks at VMs: at one when its driver speaks of it, at all of them when that was asked for. What it sees goes to the registry. */
import { smokeTestId } from '../model/smoke-test.ts'
import { delay } from '../util/delay.ts'
import type { DriverEvent } from '../driver/driver.ts'
import type { Logger } from '../util/logger.ts'
import type { DriverSet, OpenDriver } from './driver-set.ts'
import { lookAtVm } from './look-at-vm.ts'
import type { VmRegistry } from './vm-registry.ts'

export interface VmWatchParts {
  readonly log: Logger
  readonly drivers: DriverSet
  readonly registry: VmRegistry
  /** How long a look at everything waits for a driver. */
  readonly lookPatienceMs: number
  /** Something may have changed. */
  readonly onSeen: () => void
}

const takeUpAgainMs = 1_000

export class VmWatch {
  readonly #parts: VmWatchParts
  readonly #looks = new Map<OpenDriver, Promise<void>>()

  constructor(parts: VmWatchParts) {
    this.#parts = parts
  }

  /** Waits for no driver for long: what it does not tell in time stays as it was known, and is told when it comes. */
  async lookAtAll(signal: AbortSignal): Promise<void> {
    const over = new AbortController()
    const looks = this.#parts.drivers.all().map((open) => this.#looks.get(open) ?? this.lookAtAllOf(open))
    await Promise.race([Promise.all(looks), delay(this.#parts.lookPatienceMs, AbortSignal.any([signal, over.signal]))])
    over.abort()
  }

  /** After the look at it that is under way, which began before whatever this one is for. */
  async lookAtAllOf(open: OpenDriver): Promise<void> {
    const look = (this.#looks.get(open) ?? Promise.resolve()).then(() => this.#look(open))
    this.#looks.set(open, look)
    await look
    if (this.#looks.get(open) === look) this.#looks.delete(open)
  }

  async #look(open: OpenDriver): Promise<void> {
    if (open.health.status !== 'healthy') return
    const { registry, log } = this.#parts
    const mark = registry.mark
    try {
      const states = (await open.driver.list()).filter((state) => state.instanceId !== smokeTestId(state.nodeId))
      registry.reconcile(new Set(open.nodes.map((node) => node.id)), states, mark)
    } catch (error) {
      // Not knowing is not the same as missing: what was known stays.
      log.warn({ driver: open.plugin.manifest.id, err: error }, 'the VMs could not be listed')
    }
  }

  async followEvents(open: OpenDriver, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const event of open.driver.events?.(signal) ?? []) await this.#lookAt(open, event)
      } catch (error) {
        this.#parts.log.warn(
          { driver: open.plugin.manifest.id, err: error },
          'driver events stopped; they are taken up again',
        )
      }
      await delay(takeUpAgainMs, signal)
      if (!signal.aborted) await this.lookAtAllOf(open)
    }
  }

  async #lookAt(open: OpenDriver, { instanceId, nodeId = open.nodes[0]?.id }: DriverEvent): Promise<void> {
    const { registry, log, onSeen } = this.#parts
    // Our own test's VM is nobody's instance.
    if (nodeId === undefined || open.nodes.some((node) => smokeTestId(node.id) === instanceId)) return
    try {
      const place = { instanceId, hostId: nodeId }
      const { state, mark } = await lookAtVm(registry, place, () => open.driver.get({ instanceId, nodeId }))
      if (registry.wasForgottenAfter(place, mark)) return
      if (state === null) registry.observeMissing(place)
      else registry.observe(state.nodeId, state)
    } catch (error) {
      // The events go on; what this one was about is seen when the driver is back, or at the next full report.
      log.warn({ instanceId, err: error }, 'a VM could not be looked at after an event')
    }
    onSeen()
  }
}
