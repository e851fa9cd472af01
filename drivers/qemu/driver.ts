/** The qemu driver: the contract's methods, each in a file of its own, over one libvirt connection and one state folder. */
import { existsSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Capabilities, Health, NodeInventory } from '../../src/driver/capabilities.ts'
import type {
  AdminPasswordAbility,
  ConsoleAbility,
  Control,
  DisksAbility,
  Driver,
  DriverEvent,
  HostServices,
  MigrateAbility,
  NicsAbility,
  PauseAbility,
  PowerWant,
  RemoteConsoleAbility,
  RescueAbility,
  ResizeAbility,
  ScreenshotAbility,
  SnapshotAbility,
  StatsAbility,
  SuspendAbility,
} from '../../src/driver/driver.ts'
import type { DiskId, VmHandle, VmRef, VmSpec, VmState } from '../../src/driver/vm-spec.ts'
import { limitsFor } from '../libvirt/call-rules.ts'
import { LibvirtConnection } from '../libvirt/connection.ts'
import { chooseEndpoint } from '../libvirt/endpoint.ts'
import type { LibvirtEndpoint } from '../libvirt/endpoint.ts'
import { markNamespace } from '../libvirt/mark.ts'
import { missingPackagesMessage } from '../local/system-packages.ts'
import { setAdminPassword } from './admin-password.ts'
import { ensurePresent } from './build-vm.ts'
import { capabilitiesOf } from './capabilities.ts'
import type { QemuConfig } from './config.ts'
import { attachDisk, attachNic, detachDisk, detachNic } from './change-devices.ts'
import { readConsoleLog } from './console-log.ts'
import { watchEvents } from './events.ts'
import { imagesInUse } from './images-in-use.ts'
import { watchHealth } from './health.ts'
import type { QemuHost } from './host.ts'
import { ImageCache } from '../local/image-cache.ts'
import { pruneImages } from '../local/prune-images.ts'
import { readOrMakeNodeId } from '../local/machine.ts'
import { KvmProof } from './kvm-proof.ts'
import { QemuMigration } from './migrate.ts'
import { readInventory } from './node-inventory.ts'
import { pause, resumeFromDisk, setPower, suspendToDisk, unpause } from './power.ts'
import { openRemoteConsole, type SerialConsoles } from './remote-console.ts'
import { removeVm } from './remove-vm.ts'
import { rescueVm, unrescueVm } from './rescue-vm.ts'
import { resizeVm } from './resize-vm.ts'
import { SharedStorage } from './shared-storage.ts'
import { takeScreenshot } from './screenshot.ts'
import { Quiescence } from './quiesce.ts'
import { readSnapshot, snapshotFormats } from './snapshot.ts'
import { readStats } from './stats.ts'
import { assertHandle, throwIfCancelled } from '../local/refusals.ts'
import { openSnapshotDir } from '../local/snapshot-stream.ts'
import { guarded } from '../local/storage-error.ts'
import { neededPackages } from './system-packages.ts'
import { findVm, handleOf, handleVersion, isActive, recordOf, requireVm, stateOf } from './vm-record.ts'
import { findUefi } from './uefi.ts'

/** As many as the core has calls under way at once, all of which may wait; each is a process of some 30 MB (its share, PSS). */
const mostSessions = 8

export class QemuDriver implements Driver {
  readonly #host: QemuHost
  readonly #services: HostServices
  readonly #endPruning: () => void
  readonly #endpoint: LibvirtEndpoint
  readonly #serialConsoles: SerialConsoles = new Map()

  readonly console: ConsoleAbility = {
    readLog: (ref, { maxBytes }) => guarded(() => readConsoleLog(this.#host, ref.instanceId, maxBytes)),
  }
  readonly pause: PauseAbility = {
    pause: (ref, control) => guarded(() => pause(this.#host, ref.instanceId, control)),
    unpause: (ref, control) => guarded(() => unpause(this.#host, ref.instanceId, control)),
  }
  readonly suspend: SuspendAbility = {
    suspend: (ref, control) => guarded(() => suspendToDisk(this.#host, ref.instanceId, control)),
    resume: (ref, control) => guarded(() => resumeFromDisk(this.#host, ref.instanceId, control)),
  }
  readonly remoteConsole: RemoteConsoleAbility = {
    kinds: ['vnc', 'serial'],
    open: (ref, kind) => guarded(() => openRemoteConsole(this.#host, this.#serialConsoles, ref.instanceId, kind)),
  }
  readonly screenshot: ScreenshotAbility = {
    take: (ref) => guarded(() => takeScreenshot(this.#host, ref.instanceId)),
  }
  readonly stats: StatsAbility = { read: (ref) => guarded(() => readStats(this.#host, ref.instanceId)) }

  readonly resize: ResizeAbility = { resize: (spec, control) => guarded(() => resizeVm(this.#host, spec, control)) }

  readonly disks: DisksAbility = {
    attach: (spec, diskId, control) => guarded(() => attachDisk(this.#host, spec, diskId, control)),
    detach: (spec, diskId, control) => guarded(() => detachDisk(this.#host, spec, diskId, control)),
  }

  readonly nics: NicsAbility = {
    attach: (spec, nicId, control) => guarded(() => attachNic(this.#host, spec, nicId, control)),
    detach: (spec, nicId, control) => guarded(() => detachNic(this.#host, spec, nicId, control)),
  }

  readonly rescue: RescueAbility = {
    rescue: (spec, image, control) => guarded(() => rescueVm(this.#host, spec, image, control)),
    unrescue: (spec, control) => guarded(() => unrescueVm(this.#host, spec, control)),
  }

  readonly setAdminPassword: AdminPasswordAbility = {
    set: (ref, adminPassword, control) =>
      guarded(() =>
        setAdminPassword({ host: this.#host, openSession: this.#openSession }, ref.instanceId, adminPassword, control),
      ),
  }

  readonly snapshot: SnapshotAbility = {
    formats: snapshotFormats,
    read: (ref, wanted, control) =>
      readSnapshot({ host: this.#host, quiescence: this.#quiescence }, ref, wanted, control),
  }

  /** Between libvirtds of our own: those of others have an operator who says how they are reached. */
  readonly migrate?: MigrateAbility
  readonly #migration: QemuMigration | undefined
  readonly #openSession: () => LibvirtConnection
  readonly #quiescence: Quiescence

  private constructor(
    host: QemuHost,
    services: HostServices,
    endpoint: LibvirtEndpoint,
    openSession: () => LibvirtConnection,
    migration: QemuMigration | undefined,
  ) {
    this.#host = host
    this.#services = services
    this.#endpoint = endpoint
    this.#endPruning = pruneImages(host.config.imageCache, host.log, async (unusedMs) => [
      await host.cache.removeUnused(await imagesInUse(host), unusedMs),
    ])
    this.#openSession = openSession
    this.#quiescence = new Quiescence(host, openSession)
    this.#migration = migration
    if (migration !== undefined) this.migrate = migration
  }

  /** Returns at once; the connection comes up behind it, and `fingerprint` says how that goes. */
  static async open(config: QemuConfig, services: HostServices): Promise<QemuDriver> {
    const { stateDir, log } = services
    await chmod(stateDir, 0o711) // guests' user goes through it to its disks, and sees no names
    const nodeId = await readOrMakeNodeId(stateDir)
    const instancesDir = join(stateDir, 'instances')
    await mkdir(instancesDir, { recursive: true, mode: 0o711 })
    const snapshotsDir = join(stateDir, 'snapshots')
    await openSnapshotDir(snapshotsDir, 0o711)
    const cache = await ImageCache.open(join(stateDir, 'cache'))
    const { uri, user, daemon, fault } = config
    const endpoint = await chooseEndpoint({
      stateDir,
      hostUuid: nodeId,
      log,
      daemon,
      ...(uri === undefined ? {} : { uri }),
      ...(user === undefined ? {} : { user }),
    })
    const prepare = async (signal: AbortSignal): Promise<{ readonly uri: string }> => {
      const missing = missingPackagesMessage(neededPackages(endpoint.guestUser !== undefined))
      if (missing !== undefined) throw new Error(missing)
      return await endpoint.prepare(signal)
    }
    const limits = limitsFor(config.answerMs)
    const connection = new LibvirtConnection({
      ...{ prepare, log, limits, mostSessions },
      ...(fault === undefined ? {} : 'lieWhile' in fault ? { isLying: () => existsSync(fault.lieWhile) } : { fault }),
    })
    const { guestUser } = endpoint
    const kvm = new KvmProof({ stateDir, imagePath: config.kvm?.probeImage, user: guestUser, log })
    const ours = new Set<string>()
    const removeTraces = (domainName: string): Promise<void> => endpoint.removeTraces(domainName)
    const host = {
      connection,
      config,
      nodeId,
      guestUser,
      instancesDir,
      snapshotsDir,
      removeTraces,
      cache,
      log,
      ours,
      kvm,
      shared: config.sharedDisks === undefined ? undefined : new SharedStorage(config.sharedDisks),
      uefi: findUefi(config),
      hasControlGroups: endpoint.hasControlGroups,
    }
    const { socketPath } = endpoint
    const openSession = (): LibvirtConnection => new LibvirtConnection({ prepare, log, limits })
    const migration =
      socketPath === undefined
        ? undefined
        : await QemuMigration.open({ host, stateDir, openSession, libvirtSocket: socketPath })
    return new QemuDriver(host, services, endpoint, openSession, migration)
  }

  capabilities(): Capabilities {
    const { config, kvm, uefi, hasControlGroups } = this.#host
    return capabilitiesOf(config, kvm.finding, { hasUefi: uefi !== undefined, hasControlGroups })
  }

  fingerprint(signal: AbortSignal): AsyncIterable<Health> {
    return watchHealth(this.#host, this.#endpoint.description, signal)
  }

  async nodes(): Promise<readonly NodeInventory[]> {
    const { stateDir, hostName } = this.#services
    const hasKvm = this.#host.kvm.finding.present
    return [await readInventory({ id: this.#host.nodeId, name: hostName, stateDir, hasKvm })]
  }

  async list(): Promise<readonly VmState[]> {
    return await guarded(async () => {
      const request = { metadataUri: markNamespace, onlyMarked: true }
      const domains = await this.#host.connection.call('listDomains', request)
      const records = domains.flatMap((domain) => recordOf(domain, this.#host.nodeId) ?? [])
      for (const { domain } of records) this.#host.ours.add(domain.uuid)
      return records.map(stateOf)
    })
  }

  async get(ref: VmRef): Promise<VmState | null> {
    return await guarded(async () => {
      // Before its state, which is final then.
      const isMigrating = (await this.#migration?.isUnderWay(ref.instanceId)) === true
      const found = await findVm(this.#host, ref.instanceId)
      if (found.kind !== 'ours') return null
      return { ...stateOf(found), ...(isMigrating ? { isMigrating } : {}) }
    })
  }

  async ensurePresent(spec: VmSpec, control: Control): Promise<VmHandle> {
    return await guarded(() => ensurePresent(this.#host, spec, control))
  }

  async ensureAbsent(ref: VmRef, options: { readonly keepDisks?: readonly DiskId[] }, control: Control): Promise<void> {
    await guarded(async () => {
      control.progress({ phase: 'remove' })
      await control.checkpoint({ step: 'remove' })
      throwIfCancelled(control)
      await removeVm(this.#host, ref.instanceId, options.keepDisks)
      await this.#migration?.forget(ref.instanceId)
    })
  }

  async setPower(ref: VmRef, want: PowerWant, options: { readonly graceMs?: number }, control: Control): Promise<void> {
    await guarded(() => setPower(this.#host, ref.instanceId, want, options, control))
  }

  async recover(ref: VmRef & { readonly handle: VmHandle }): Promise<VmHandle> {
    return await guarded(async () => {
      assertHandle(ref.handle, handleVersion)
      await requireVm(this.#host, ref.instanceId)
      await this.#quiescence.recover(ref.instanceId)
      return handleOf(ref.instanceId)
    })
  }

  events(signal: AbortSignal): AsyncIterable<DriverEvent> {
    return watchEvents(this.#host, signal)
  }

  /**
   * Guests are never touched. A libvirtd of our own is ended when no guest runs, so that nothing is left over;
   * with `stopDaemon` the caller decides.
   */
  async close(options: { readonly stopDaemon?: boolean } = {}): Promise<void> {
    this.#endPruning()
    this.#host.shared?.close()
    await this.#host.kvm.close()
    await this.#migration?.close()
    await this.#quiescence.close()
    const stopDaemon = options.stopDaemon ?? (await this.#isIdle())
    await this.#host.connection.close()
    if (stopDaemon) await this.#endpoint.stop()
  }

  async #isIdle(): Promise<boolean> {
    if (this.#host.connection.status.state !== 'connected') return false
    try {
      const request = { metadataUri: markNamespace, onlyMarked: false }
      const domains = await this.#host.connection.call('listDomains', request)
      return !domains.some((domain) => isActive(domain))
    } catch {
      return false
    }
  }
}
