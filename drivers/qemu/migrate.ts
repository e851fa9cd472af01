/** Live migration: a guest and its disks go to another host's libvirtd. What comes in from other machines comes in here. */
import { isIP } from 'node:net'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control, MigrateAbility } from '../../src/driver/driver.ts'
import type { VmRef, VmSpec } from '../../src/driver/vm-spec.ts'
import type { Json } from '../../src/util/json.ts'
import { jobOperation } from '../libvirt/constants.ts'
import type { LibvirtConnection } from '../libvirt/connection.ts'
import { guarded } from '../local/storage-error.ts'
import { conflict, wrongState } from '../local/refusals.ts'
import { driveSetOf } from './drive-set.ts'
import type { QemuHost } from './host.ts'
import { prepareArrival } from './migrate-prepare.ts'
import { jobOf, runMigration, type MigrationRun } from './migrate-run.ts'
import { takeDrive, takeSet } from './migration-drives.ts'
import { MigrationListener } from './migration-listener.ts'
import { MigrationRooms } from './migration-room.ts'
import { findVm, powerOf, requireVm } from './vm-record.ts'

export interface MigrationParts {
  readonly host: QemuHost
  readonly stateDir: string
  /** Another connection to our own libvirtd, for a call that takes long. */
  readonly openSession: () => LibvirtConnection
  /** Where our libvirtd listens. */
  readonly libvirtSocket: () => Promise<string>
}

/** How long a host may still ask for a guest that is here. */
const roomLifeMs = 60 * 60_000
const sweepMs = 10 * 60_000

export class QemuMigration implements MigrateAbility {
  readonly #parts: MigrationParts
  readonly #rooms: MigrationRooms
  readonly #runs = new Map<string, MigrationRun>()
  readonly #sweeping: NodeJS.Timeout
  #listener: Promise<MigrationListener> | undefined

  private constructor(parts: MigrationParts, rooms: MigrationRooms) {
    this.#parts = parts
    this.#rooms = rooms
    const sweep = (): void => {
      this.#sweep().catch((error: unknown) => parts.host.log.warn({ err: error }, 'old rooms of migrations stay'))
    }
    this.#sweeping = setInterval(sweep, sweepMs).unref()
  }

  static async open(parts: MigrationParts): Promise<QemuMigration> {
    const { host, stateDir, libvirtSocket } = parts
    const rooms = await MigrationRooms.open(stateDir, host.guestUser, libvirtSocket)
    const migration = new QemuMigration(parts, rooms)
    // A guest may be about to leave for here.
    if (!rooms.isEmpty) await migration.#listening().catch(() => undefined)
    return migration
  }

  prepare(spec: VmSpec, control: Control): Promise<Json> {
    return guarded(async () => {
      const { host } = this.#parts
      const { port } = await this.#listening().catch((error: unknown) => {
        throw deafError(error)
      })
      await this.#refuseForeignArrival(spec.instanceId)
      const mark = await prepareArrival(host, spec, control)
      const { id, key } = await this.#rooms.roomFor(spec.instanceId)
      const { address } = host.config.migrationListen
      const { root } = this.#rooms
      const hasSet = (await driveSetOf(host, spec.instanceId)) !== undefined
      return {
        room: { id, key, root, address, port },
        instancesDir: host.instancesDir,
        mark: { ...mark },
        ...(hasSet ? { sharedDisks: true } : {}),
      }
    })
  }

  run(ref: VmRef, destination: Json, control: Control): Promise<void> {
    return guarded(async () => {
      const { host, openSession } = this.#parts
      const run: MigrationRun = { isForced: false }
      this.#runs.set(ref.instanceId, run)
      try {
        const { recordsDir } = this.#rooms
        await runMigration({ host, recordsDir, openSession, run, control }, ref.instanceId, destination)
        // By which it once came here: it proves no arrival any more.
        await this.forget(ref.instanceId)
      } finally {
        this.#runs.delete(ref.instanceId)
      }
    })
  }

  /** A virtual machine that no migration brought here is no guest that has arrived, though it may look like one: an older copy. */
  async #refuseForeignArrival(instanceId: string): Promise<void> {
    const found = await findVm(this.#parts.host, instanceId)
    if (found.kind === 'ours' && found.mark.state === 'ready' && !this.#rooms.has(instanceId))
      throw conflict('This host has the virtual machine already.')
  }

  /** Also of a guest that libvirtd takes away by itself, since who asked for it died. */
  async isUnderWay(instanceId: string): Promise<boolean> {
    if (this.#runs.has(instanceId)) return true
    return (await jobOf(this.#parts.host, instanceId))?.operation === jobOperation.migrationOut
  }

  forceComplete({ instanceId }: VmRef): Promise<void> {
    return guarded(async () => {
      const run = this.#runs.get(instanceId)
      if (run === undefined) throw wrongState(powerOf((await requireVm(this.#parts.host, instanceId)).domain))
      run.isForced = true
    })
  }

  /** At the destination, with the guest that was to come or has come. */
  async forget(instanceId: string): Promise<void> {
    const id = await this.#rooms.forget(instanceId)
    if (id !== undefined) await this.#listener?.then((listener) => listener.leave(id)).catch(() => undefined)
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping)
    await this.#listener?.then(
      (listener) => listener.close(),
      () => undefined,
    )
  }

  #listening(): Promise<MigrationListener> {
    this.#listener ??= this.#listen()
    this.#listener.catch(() => (this.#listener = undefined))
    return this.#listener
  }

  async #listen(): Promise<MigrationListener> {
    const { host } = this.#parts
    const { address, port } = host.config.migrationListen
    if (!isReachable(address))
      throw new Error('driverConfig.qemu.migrationListen.address is not the IP address of a machine')
    const open = (at: number): Promise<MigrationListener> =>
      MigrationListener.open(
        { address, port: at },
        this.#rooms,
        {
          drive: (...drive) => takeDrive(host, ...drive),
          set: (...set) => takeSet(host, ...set),
        },
        host.log,
      )
    if (port !== 0) return open(port)
    const listener = await open(await this.#rooms.lastPort()).catch(() => open(0))
    await this.#rooms.notePort(listener.port)
    return listener
  }

  /** What is here for long needs its way in no more. */
  async #sweep(): Promise<void> {
    for (const instanceId of await this.#rooms.olderThan(roomLifeMs)) {
      const found = await findVm(this.#parts.host, instanceId)
      if (found.kind !== 'ours' || found.mark.state === 'ready') await this.forget(instanceId)
    }
  }
}

/** Other hosts are told it as it stands. */
function isReachable(address: string): boolean {
  return isIP(address) !== 0 && !/^[0.]+$|^[0:]+$/.test(address)
}

function deafError(error: unknown): DriverError {
  const text =
    'The host cannot listen for migrations; set driverConfig.qemu.migrationListen to a free address of its own.'
  return new DriverError('INCOMPATIBLE', text, { effect: 'none', native: String(error), cause: error })
}
