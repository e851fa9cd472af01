/** One driver process at a time; whatever the driver started outlives it. */
import type { Driver } from '../../../src/driver/index.ts'
import type { JsonObject } from '../../../src/util/json.ts'
import { startDriverProcess, type DriverProcess, type DriverProcessOptions } from './driver-process.ts'

export class DriverProcesses {
  readonly #options: DriverProcessOptions
  #current: DriverProcess | undefined

  constructor(options: DriverProcessOptions) {
    this.#options = options
  }

  /** kill -9 of the one before. @param more settings beside the usual ones */
  async open(more: JsonObject = {}): Promise<Driver> {
    await this.#current?.kill9()
    const { config } = this.#options
    this.#current = await startDriverProcess({ ...this.#options, config: { ...config, ...more } })
    return this.#current.driver
  }

  get isOpen(): boolean {
    return this.#current !== undefined
  }

  /** The one that is open, or one that is opened now. */
  async current(): Promise<Driver> {
    return this.#current?.driver ?? this.open()
  }

  /** In good order. */
  async close(): Promise<void> {
    await this.#current?.driver.close().catch(() => undefined)
    await this.#current?.kill9()
  }
}
