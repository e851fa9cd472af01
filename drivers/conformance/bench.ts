/**
 * What a check works on: the driver, its fixture, specs and controls. Owns the driver that is open right now and the list
 * of everything that the running check asked for, so that it can be removed afterwards.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  DriverError,
  type DiskId,
  type Driver,
  type DriverPlugin,
  type ImageRef,
  type ImageSource,
  type VmSpec,
} from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { makeControl, type ControlOptions, type RecordingControl } from './control.ts'
import type { Fixture, Observation, ObservedPower, SecondHost, TestImage } from './fixture.ts'

export class Bench {
  readonly plugin: DriverPlugin
  readonly fixture: Fixture
  readonly isFull: boolean
  readonly #images = new Map<string, TestImage>()
  readonly #made = new Map<string, VmSpec>()
  /** What was to come to the second host. */
  readonly #arrivals = new Map<string, VmSpec>()
  #driver: Driver | undefined
  #image: TestImage | undefined

  constructor(plugin: DriverPlugin, fixture: Fixture, options: { readonly full?: boolean } = {}) {
    this.plugin = plugin
    this.fixture = fixture
    this.isFull = options.full === true
  }

  async open(): Promise<void> {
    this.#driver = await this.fixture.open()
    this.#image = await this.newImage()
  }

  get driver(): Driver {
    if (this.#driver === undefined) throw new Error('the driver is not open')
    return this.#driver
  }

  /** kill -9 of the driver, and a new one. */
  async restart(): Promise<void> {
    this.#driver = await this.fixture.restart()
  }

  /** After a check closed the driver, or opened one in another way. */
  async reopen(open: () => Promise<Driver> = () => this.fixture.open()): Promise<Driver> {
    this.#driver = await open()
    return this.#driver
  }

  /** The image that most checks share. */
  get image(): TestImage {
    if (this.#image === undefined) throw new Error('the bench is not open')
    return this.#image
  }

  async newImage(): Promise<TestImage> {
    const image = await this.fixture.makeImage()
    this.knowImage(image)
    return image
  }

  knowImage(image: TestImage): void {
    this.#images.set(image.ref.imageId, image)
  }

  async spec(changes: Partial<VmSpec> = {}, image: ImageRef = this.image.ref): Promise<VmSpec> {
    const [node] = await this.driver.nodes()
    assert.ok(node, 'nodes() is empty')
    const { memoryBytes, diskBytes, imageProperties = {} } = this.fixture.guest
    const spec: VmSpec = {
      instanceId: randomUUID(),
      nodeId: node.id,
      name: 'conformance',
      vcpus: 1,
      memoryBytes,
      disks: [{ id: 'root', source: { kind: 'image', image }, sizeBytes: diskBytes, bootIndex: 0 }],
      nics: [],
      imageProperties,
      options: {},
      ...changes,
    }
    this.#made.set(spec.instanceId, spec)
    return spec
  }

  get destination(): SecondHost {
    const { destination } = this.fixture
    if (destination === undefined) throw new Error('the fixture has no second host')
    return destination
  }

  /** The same VM at the second host. */
  async arrivalOf(spec: VmSpec): Promise<VmSpec> {
    const arrival = { ...spec, nodeId: await this.destination.nodeId() }
    this.#arrivals.set(spec.instanceId, arrival)
    return arrival
  }

  control(options: ControlOptions = {}): RecordingControl {
    return makeControl(options, this.images)
  }

  /** Every image that the kit made, as a local file. */
  readonly images: ImageSource = {
    open: async (wanted) => ({ via: 'local-path', path: this.#pathOf(wanted) }),
  }

  /** The same as streams. */
  readonly streamedImages: ImageSource = {
    open: async (wanted) => ({ via: 'stream', stream: createReadStream(this.#pathOf(wanted)) }),
  }

  #pathOf(wanted: ImageRef): string {
    const image = this.#images.get(wanted.imageId)
    if (image === undefined) throw new DriverError('IMAGE_BAD', 'The image is gone.', { effect: 'none' })
    return image.path
  }

  /** A whole VM, powered off. */
  async present(changes: Partial<VmSpec> = {}): Promise<VmSpec> {
    const spec = await this.spec(changes)
    await this.driver.ensurePresent(spec, this.control())
    return spec
  }

  /** Its guest has written its line by the time this resolves, where that can be known. */
  async running(changes: Partial<VmSpec> = {}): Promise<VmSpec> {
    const spec = await this.present(changes)
    await this.driver.setPower(spec, 'on', {}, this.control())
    await (this.fixture.guest.mayEndInBoot === true ? this.#bootedInTheEnd(spec) : this.booted(spec, 1))
    return spec
  }

  /** The same with an agent in it that answers. */
  async runningWithAgent(): Promise<VmSpec> {
    const { agentGuest } = this.fixture
    if (agentGuest === undefined || agentGuest === null) return await this.running()
    const image = await agentGuest.makeImage()
    this.knowImage(image)
    const { changes, diskBytes, bootTimeoutMs = 60_000 } = agentGuest
    const disk = {
      id: 'root',
      source: { kind: 'image', image: image.ref },
      sizeBytes: diskBytes,
      bootIndex: 0,
    } as const
    const spec = await this.present({ ...changes, disks: [disk] })
    await this.driver.setPower(spec, 'on', {}, this.control())
    const answers = async (): Promise<true | undefined> =>
      (await agentGuest.answers(spec.instanceId)) ? true : undefined
    await waitUntil('the agent in the guest', answers, { timeoutMs: bootTimeoutMs, everyMs: 250 })
    return spec
  }

  /** A guest that runs, and lets go of such devices. */
  async runningThatLetsGoOf(kind: 'disks' | 'nics'): Promise<VmSpec> {
    const { letsGo, imageProperties } = this.fixture.guest
    const guest = letsGo?.[kind] ?? {}
    return guest === 'agentGuest'
      ? await this.runningWithAgent()
      : await this.running({ imageProperties: { ...imageProperties, ...guest } })
  }

  /** Waits until the guest has booted that often; at once where nobody can know. @throws Error with what it is and said instead */
  async booted(spec: VmSpec, times: number, driver: Driver = this.driver): Promise<void> {
    const { bootMarker } = this.fixture.guest
    if (bootMarker === undefined || driver.console === undefined) return
    const hasBooted = async (): Promise<boolean> => (await this.boots(spec, driver)) >= times
    await this.#untilBooted(spec, driver, `boot ${times} of the guest`, hasBooted)
  }

  /** Its first boot; where guests may end in one, another after that. */
  async #bootedInTheEnd(spec: VmSpec): Promise<void> {
    let isAgain = false
    await this.#untilBooted(spec, this.driver, 'the boot of the guest', async () => {
      if ((await this.boots(spec)) > 0) return true
      if (isAgain || (await this.driver.get(spec))?.power !== 'off') return false
      isAgain = true
      await this.driver.setPower(spec, 'on', {}, this.control())
      return false
    })
  }

  async #untilBooted(spec: VmSpec, driver: Driver, what: string, hasBooted: () => Promise<boolean>): Promise<void> {
    const { bootTimeoutMs = 60_000 } = this.fixture.guest
    try {
      await waitUntil(what, async () => (await hasBooted()) || undefined, { timeoutMs: bootTimeoutMs })
    } catch (cause) {
      const power = (await driver.get(spec))?.power
      const said = String(await driver.console?.readLog(spec, { maxBytes: 300 }))
      throw new Error(`${String(cause)}; it is ${power}, and its console ends so: ${said}`, { cause })
    }
  }

  /** How often the guest's console shows its boot line. */
  async boots(spec: VmSpec, driver: Driver = this.driver): Promise<number> {
    const log = await driver.console?.readLog(spec, { maxBytes: 1024 * 1024 })
    return (log?.toString() ?? '').split(this.fixture.guest.bootMarker ?? '\0').length - 1
  }

  observe(spec: { readonly instanceId: string }): Promise<Observation> {
    return this.fixture.observe(spec.instanceId)
  }

  /**
   * The observer and the driver agree: exactly one guest in that state, with exactly its disks; or, for null, nothing at all.
   * @param adds disks beside those of the spec
   */
  async expect(spec: VmSpec, power: ObservedPower | null, adds: readonly DiskId[] = []): Promise<void> {
    const disks = power === null ? [] : [...spec.disks.map(({ id }) => id), ...adds].sort()
    const seen = await this.observe(spec)
    assert.deepEqual(seen, { guests: power === null ? 0 : 1, power, disks }, 'what the observer sees')
    if (this.driver.nics !== undefined && this.fixture.observeNics !== undefined && power !== null) {
      const macs = spec.nics.map(({ macAddress }) => macAddress).sort()
      assert.deepEqual(await this.fixture.observeNics(spec.instanceId), macs, 'the NICs that the observer sees')
    }
    const listed = (await this.driver.list()).filter(({ instanceId }) => instanceId === spec.instanceId)
    const told = await this.driver.get(spec)
    assert.equal(told?.power ?? null, power, 'what get() says')
    assert.deepEqual(
      listed.map((state) => state.power),
      power === null ? [] : [power],
      'what list() says',
    )
  }

  /** The moments of a sweep to try: all of them with --full, else a spread of them. */
  sample<T>(moments: readonly T[]): readonly T[] {
    const most = this.isFull ? moments.length : (this.fixture.sample ?? moments.length)
    if (moments.length <= most) return moments
    return Array.from({ length: most }, (_, index) => moments[Math.floor((index * moments.length) / most)] as T)
  }

  /** The k after that one: 1, 2, 3, … with --full or where the fixture samples nothing; 1, 4, 16, … otherwise. */
  next(k: number): number {
    return this.isFull || this.fixture.sample === undefined ? k + 1 : k * 4
  }

  /** Removes what the check made. @throws AssertionError naming what it left behind */
  async cleanUp(): Promise<void> {
    const made = [...this.#made.values()]
    this.#made.clear()
    const arrivals = [...this.#arrivals.values()]
    this.#arrivals.clear()
    for (const spec of arrivals) await (await this.destination.open()).ensureAbsent(spec, {}, this.control())
    for (const spec of made) await this.driver.ensureAbsent(spec, {}, this.control())
    assert.deepEqual(await this.fixture.leakCheck(), [], 'left behind')
  }

  /** After a failure: makes the next check independent of this one. */
  async recover(): Promise<void> {
    this.#made.clear()
    this.#arrivals.clear()
    await this.fixture.purge()
    await this.restart()
    await this.fixture.destination?.restart()
  }
}
