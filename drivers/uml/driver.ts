/** The uml driver: the contract's methods, each in a file of its own, over one state folder. */
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Capabilities, Health, NodeInventory } from '../../src/driver/capabilities.ts'
import type {
  ConsoleAbility,
  Control,
  DisksAbility,
  Driver,
  DriverEvent,
  HostServices,
  NicsAbility,
  PauseAbility,
  PowerWant,
  RemoteConsoleAbility,
  RescueAbility,
  ResizeAbility,
  SnapshotAbility,
  StatsAbility,
} from '../../src/driver/driver.ts'
import type { DiskId, VmHandle, VmRef, VmSpec, VmState } from '../../src/driver/vm-spec.ts'
import { ImageCache } from '../local/image-cache.ts'
import { pruneImages } from '../local/prune-images.ts'
import { readMachine, readOrMakeNodeId } from '../local/machine.ts'
import { assertHandle, throwIfCancelled } from '../local/refusals.ts'
import { openSnapshotDir } from '../local/snapshot-stream.ts'
import { guarded } from '../local/storage-error.ts'
import { mostBooting } from './booting.ts'
import { ensurePresent } from './build-vm.ts'
import { capabilities, traits } from './capabilities.ts'
import type { UmlConfig } from './config.ts'
import { attachDisk, detachDisk } from './change-disks.ts'
import { attachNic, detachNic } from './change-nics.ts'
import { readConsoleLog } from './console-log.ts'
import { basesInUse, openBases } from './disk-bases.ts'
import { guestsIn, mainOf } from './guest-processes.ts'
import { watchHealth } from './health.ts'
import { firstUidOf } from './as-guest.ts'
import type { UmlHost } from './host.ts'
import { NativeCalls } from './native-calls.ts'
import { pause, settlePaused, unpause } from './pause.ts'
import { setPower } from './power.ts'
import { removeVm } from './remove-vm.ts'
import { openRemoteConsole, type SerialConsoles } from './remote-console.ts'
import { rescueVm, unrescueVm } from './rescue-vm.ts'
import { resizeVm } from './resize-vm.ts'
import { scanProcesses } from './scans.ts'
import { readSnapshot, snapshotFormats } from './snapshot.ts'
import { readStats } from './stats.ts'
import {
  handleOf,
  handleVersion,
  listRecords,
  readRecord,
  removeBareFolders,
  requireRecord,
  stateOf,
} from './vm-record.ts'
import { Turns } from './turns.ts'
import { Places } from '../../src/util/places.ts'
import { watchEvents } from './watch.ts'

export class UmlDriver implements Driver {
  readonly #host: UmlHost
  readonly #services: HostServices
  readonly #endPruning: () => void
  readonly #consoles: SerialConsoles = new Map()

  readonly console: ConsoleAbility = {
    readLog: (ref, { maxBytes }) => guarded(() => readConsoleLog(this.#host, ref.instanceId, maxBytes)),
  }
  readonly pause: PauseAbility = {
    pause: (ref, control) => this.#inTurn(ref, () => pause(this.#host, ref.instanceId, control)),
    unpause: (ref, control) => this.#inTurn(ref, () => unpause(this.#host, ref.instanceId, control)),
  }
  readonly remoteConsole: RemoteConsoleAbility = {
    kinds: ['serial'],
    open: (ref, kind) => guarded(() => openRemoteConsole(this.#host, this.#consoles, ref.instanceId, kind)),
  }
  readonly stats: StatsAbility = { read: (ref) => guarded(() => readStats(this.#host, ref.instanceId)) }

  readonly resize: ResizeAbility = {
    resize: (spec, control) => this.#inTurn(spec, () => resizeVm(this.#host, spec, control)),
  }

  readonly disks: DisksAbility = {
    attach: (spec, diskId, control) => this.#inTurn(spec, () => attachDisk(this.#host, spec, diskId, control)),
    detach: (spec, diskId, control) => this.#inTurn(spec, () => detachDisk(this.#host, spec, diskId, control)),
  }

  readonly nics: NicsAbility = {
    attach: (spec, nicId, control) => this.#inTurn(spec, () => attachNic(this.#host, spec, nicId, control)),
    detach: (spec, nicId, control) => this.#inTurn(spec, () => detachNic(this.#host, spec, nicId, control)),
  }

  readonly rescue: RescueAbility = {
    rescue: (spec, image, control) => this.#inTurn(spec, () => rescueVm(this.#host, spec, image, control)),
    unrescue: (spec, control) => this.#inTurn(spec, () => unrescueVm(this.#host, spec, control)),
  }

  readonly snapshot: SnapshotAbility = {
    formats: snapshotFormats,
    read: (ref, wanted, control) => readSnapshot(this.#host, ref, wanted, control),
  }

  private constructor(host: UmlHost, services: HostServices) {
    this.#host = host
    this.#services = services
    this.#endPruning = pruneImages(host.config.imageCache, host.log, async (unusedMs) => [
      await host.bases.removeUnused(await basesInUse(host), unusedMs),
      // Nothing stands on these; they are what the next base is made of.
      await host.cache.removeUnused(new Set(), unusedMs),
    ])
  }

  static async open(config: UmlConfig, services: HostServices): Promise<UmlDriver> {
    const { stateDir, log } = services
    await chmod(stateDir, 0o711) // guests' users go through it to their disks, and see no names
    const folder = async (name: string): Promise<string> => {
      const path = join(stateDir, name)
      await mkdir(path, { recursive: true, mode: 0o711 })
      return path
    }
    const nodeId = await readOrMakeNodeId(stateDir)
    const basesDir = await folder('bases')
    const host: UmlHost = {
      config,
      nodeId,
      firstUid: config.firstUid ?? firstUidOf(nodeId),
      instancesDir: await folder('instances'),
      basesDir,
      bases: await openBases(basesDir),
      snapshotsDir: join(stateDir, 'snapshots'),
      cache: await ImageCache.open(join(stateDir, 'cache')),
      native: new NativeCalls(config.fault),
      turns: new Turns(),
      questions: new Turns(),
      owed: new Set(),
      booting: new Places(mostBooting),
      log,
    }
    await openSnapshotDir(host.snapshotsDir, 0o700)
    await removeBareFolders(host)
    await settlePaused(host)
    return new UmlDriver(host, services)
  }

  capabilities(): Capabilities {
    return capabilities
  }

  fingerprint(signal: AbortSignal): AsyncIterable<Health> {
    return watchHealth(this.#host, signal)
  }

  async nodes(): Promise<readonly NodeInventory[]> {
    const { stateDir, hostName } = this.#services
    // Drivers of one machine are hosts of their own, and nobody shall mistake one for the other.
    return [{ id: this.#host.nodeId, name: `${hostName}-uml`, ...(await readMachine(stateDir)), traits }]
  }

  async list(): Promise<readonly VmState[]> {
    return await guarded(async () => {
      const records = await listRecords(this.#host)
      const guests = await guestsIn(this.#host, await scanProcesses())
      return await Promise.all(
        records.map((record) => stateOf(this.#host, record, guests.get(record.instanceId)?.main)),
      )
    })
  }

  async get({ instanceId }: VmRef): Promise<VmState | null> {
    return await guarded(async () => {
      const record = await readRecord(this.#host, instanceId)
      if (record === undefined) return null
      return await stateOf(this.#host, record, await mainOf(this.#host, instanceId))
    })
  }

  async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
    return await guarded(() => ensurePresent(this.#host, spec, control))
  }

  async ensureAbsent(ref: VmRef, options: { readonly keepDisks?: readonly DiskId[] }, control: Control): Promise<void> {
    await this.#inTurn(ref, async () => {
      control.progress({ phase: 'remove' })
      await control.checkpoint({ step: 'remove' })
      throwIfCancelled(control)
      await removeVm(this.#host, ref.instanceId, options.keepDisks)
    })
  }

  async setPower(ref: VmRef, want: PowerWant, options: { readonly graceMs?: number }, control: Control): Promise<void> {
    await this.#inTurn(ref, () => setPower(this.#host, ref.instanceId, want, options, control))
  }

  async recover(ref: VmRef & { readonly handle: VmHandle }): Promise<VmHandle> {
    return await guarded(async () => {
      assertHandle(ref.handle, handleVersion)
      await requireRecord(this.#host, ref.instanceId)
      return handleOf(ref.instanceId)
    })
  }

  events(signal: AbortSignal): AsyncIterable<DriverEvent> {
    return watchEvents(this.#host, signal)
  }

  /** Guests are processes of their own and go on. */
  async close(): Promise<void> {
    this.#endPruning()
    for (const stream of this.#consoles.values()) stream.destroy()
  }

  /** What the watch must not do something beside. */
  async #inTurn<T>({ instanceId }: Pick<VmRef, 'instanceId'>, work: () => Promise<T>): Promise<T> {
    return await guarded(() => this.#host.turns.take(instanceId, work))
  }
}
