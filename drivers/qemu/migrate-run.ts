/**
 * At the source: our libvirtd takes the guest to the other by itself, so that it also goes on when we die. There it stands still until
 * it is off here: then it is told to go on, so that it never runs on both. Whoever comes after a death looks at both sides first.
 */
import { isIP } from 'node:net'
import { basename, isAbsolute, join } from 'node:path'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import { delay } from '../../src/util/delay.ts'
import type { Json, JsonObject } from '../../src/util/json.ts'
import { jobType, migrateFlag, xmlFlag } from '../libvirt/constants.ts'
import { LibvirtConnection } from '../libvirt/connection.ts'
import type { DomainJob } from '../libvirt/protocol.ts'
import { markNamespace, type ArrivalPower, type Mark } from '../libvirt/mark.ts'
import { cancelled, conflict, refusal, throwIfCancelled, withEffect, wrongState } from '../local/refusals.ts'
import { anyDriverError } from '../local/storage-error.ts'
import { claimDrives, driveSetOf, giveDrives } from './drive-set.ts'
import { isAdminUser } from './guest-agent.ts'
import { instanceDir, type QemuHost } from './host.ts'
import { ignoreCodes } from './ignore-codes.ts'
import { offerSet, sendDrives } from './migration-drives.ts'
import { isRoomId, roomsRootPattern } from './migration-room.ts'
import { dial, openWay, type RoomAddress, type Way } from './migration-way.ts'
import { relocatedXml } from './migration-xml.ts'
import { isActive, powerOf, recordOf, requireVm, writeMark, type VmRecord } from './vm-record.ts'

/** What `forceComplete` says to a run under way. */
export interface MigrationRun {
  isForced: boolean
}

export interface RunParts {
  readonly host: QemuHost
  /** Of our migrations. */
  readonly recordsDir: string
  readonly openSession: () => LibvirtConnection
  readonly run: MigrationRun
  readonly control: Control
}

interface Destination {
  readonly room: RoomAddress
  readonly instancesDir: string
  readonly mark: Mark
  /** Whether drives there lie in a folder that hosts share, perhaps ours. */
  readonly sharedDisks: boolean
}

const pollMs = 100
/** How long the destination may take to end what came half way. */
const endMs = 10_000
/** A guest that gets nowhere for so long stays. */
const stallMs = 120_000

const flags =
  migrateFlag.live |
  migrateFlag.peerToPeer |
  migrateFlag.persistDestination |
  migrateFlag.paused |
  migrateFlag.abortOnError
/** `unsafe`: libvirt knows file systems by their kind alone; here both hosts have seen that they share this one. */
const diskFlags = (inPlace: boolean): number => (inPlace ? migrateFlag.unsafe : migrateFlag.nonSharedDisk)

export async function runMigration(parts: RunParts, uuid: string, answer: Json): Promise<void> {
  const { host, control, recordsDir } = parts
  const destination = readDestination(answer, uuid)
  // Of a run that died; it ends when this one is cancelled.
  if (!(await awaitJob(parts, uuid))) throwIfCancelled(control)
  const { mark } = await requireVm(host, uuid)
  if (mark.state !== 'ready') throw wrongState('building')
  const way = await openWay(destination.room, { user: host.guestUser, recordsDir }).catch((error: unknown) => {
    throw unreached(error)
  })
  const connectUri = `qemu+unix:///session?socket=${way.pathOf('libvirt')}`
  const there = new LibvirtConnection({ prepare: async () => ({ uri: connectUri }), log: host.log })
  try {
    if (await isDone(host, there, uuid, destination)) return
    await untilFree(there, uuid, destination, control)
    const { domain } = await requireVm(host, uuid)
    const now = powerOf(domain)
    if (now !== 'on' && now !== 'paused') throw wrongState(now)
    const power = powerBefore(control) ?? now
    await control.checkpoint({ step: 'migrate', power })
    if (control.signal.aborted) await stayHere(host, uuid, power)
    throwIfCancelled(control)
    await sendDrives(host, uuid, (firstLine) => dial(destination.room, firstLine)).catch((error: unknown) => {
      throw unreached(error)
    })
    // It came from another host itself, and somebody else told it to go on.
    if (mark.arrivesAs !== undefined) await writeMark(host, withoutArrival(mark))
    await claimDrives(host, uuid)
    const inPlace = await staysInPlace(host, uuid, destination)
    const failure = await move(parts, uuid, { way, connectUri, destination, power, inPlace }).then(
      () => undefined,
      (error: unknown) => ({ error: anyDriverError(error) }),
    )
    if (failure !== undefined) await awaitJob(parts, uuid) // which may go on although we were not told
    const isThere = await isDone(host, there, uuid, destination).catch(async (error: unknown) => {
      // Nobody has told it to go on there.
      await stayHere(host, uuid, power)
      throw withEffect(anyDriverError(error), 'unknown') // it may have switched over, and then lost its way back
    })
    if (isThere) return
    await stayHere(host, uuid, power)
    if (control.signal.aborted) throw cancelled()
    throw failure === undefined ? unchanged() : await asRefusal(host, uuid, failure.error)
  } finally {
    await there.close()
    await way.close()
  }
}

/** Whom a run that died made stand still is to go on. */
function powerBefore({ resume }: Control): ArrivalPower | undefined {
  const { power } = objectOf(resume)
  return power === 'on' || power === 'paused' ? power : undefined
}

interface Journey {
  readonly way: Way
  readonly connectUri: string
  readonly destination: Destination
  readonly power: ArrivalPower
  /** Its drives do not go over. */
  readonly inPlace: boolean
}

/** @throws DriverError INCOMPATIBLE */
async function staysInPlace(host: QemuHost, uuid: string, { room, mark, sharedDisks }: Destination): Promise<boolean> {
  const folder = sharedDisks ? await driveSetOf(host, uuid) : undefined
  if (folder === undefined) return false
  return await offerSet(host, folder, mark.nodeId, (firstLine) => dial(room, firstLine)).catch((error: unknown) => {
    throw unreached(error)
  })
}

async function move(parts: RunParts, uuid: string, journey: Journey): Promise<void> {
  const { way, connectUri, destination, power, inPlace } = journey
  const { host, openSession } = parts
  const relocation = {
    fromDir: instanceDir(host, uuid),
    toDir: join(destination.instancesDir, uuid),
    mark: destination.mark,
    isShared: destination.sharedDisks,
  }
  const source = await host.connection.call('xml', { uuid, flags: xmlFlag.migratable | xmlFlag.secure })
  const session = openSession()
  try {
    const call = session.call('migrate', {
      uuid,
      connectUri,
      memoryUri: `unix://${way.pathOf('memory')}`,
      ...(inPlace ? {} : { disksUri: `unix://${way.pathOf('disks')}` }),
      xml: relocatedXml(source, { ...relocation, mark: { ...relocation.mark, arrivesAs: power } }),
      persistentXml: relocatedXml(source, relocation),
      flags: flags | diskFlags(inPlace),
    })
    let isOver = false
    const over = call.finally(() => (isOver = true))
    over.catch(() => undefined)
    await watch(parts, uuid, async () => isOver)
    await over
  } finally {
    await session.close()
  }
}

/** Tells how far it is, and hands on what is asked meanwhile, until it is over. */
async function watch({ host, run, control }: RunParts, uuid: string, isOver: () => Promise<boolean>): Promise<void> {
  let most = 0
  let movedAt = performance.now()
  let last = -1
  let isHurried = false
  while (!(await isOver())) {
    const job = await jobOf(host, uuid)
    if (job !== undefined) {
      if (job.doneBytes !== last) movedAt = performance.now()
      last = job.doneBytes
      most = Math.max(most, job.doneBytes)
      control.progress({ phase: 'migrate', doneBytes: most, totalBytes: Math.max(most, job.totalBytes) })
      if (run.isForced && !isHurried) isHurried = await hurry(host, uuid)
    }
    // WRONG_STATE: it has just ended, or not begun.
    if (control.signal.aborted || performance.now() - movedAt > stallMs)
      await ignoreCodes(['WRONG_STATE'], () => host.connection.call('abortJob', { uuid }))
    // Told to end, it did not: libvirtd or its emulator hangs.
    if (performance.now() - movedAt > 2 * stallMs)
      throw new DriverError('TIMEOUT', 'The migration neither moves nor ends.', { effect: 'unknown' })
    await delay(pollMs)
  }
}

/** A guest that stands still changes nothing more; libvirt lets it go on there. */
async function hurry(host: QemuHost, uuid: string): Promise<true> {
  const { domain } = await requireVm(host, uuid)
  if (powerOf(domain) === 'on') await ignoreCodes(['WRONG_STATE'], () => host.connection.call('suspend', { uuid }))
  return true
}

/** @returns whether there was one */
async function awaitJob(parts: RunParts, uuid: string): Promise<boolean> {
  const isIdle = async (): Promise<boolean> => (await jobOf(parts.host, uuid)) === undefined
  if (await isIdle()) return false
  await watch(parts, uuid, isIdle)
  return true
}

const withoutJob: readonly string[] = ['WRONG_STATE', 'UNSUPPORTED', 'NOT_FOUND']

/** What is under way of a guest that runs. libvirt tells nothing of one that is coming (UNSUPPORTED). */
export async function jobOf({ connection }: QemuHost, uuid: string): Promise<DomainJob | undefined> {
  try {
    const job = await connection.call('job', { uuid })
    return job.type === jobType.none ? undefined : job
  } catch (error) {
    if (error instanceof DriverError && withoutJob.includes(error.code)) return undefined
    throw error
  }
}

/**
 * Whether the guest is there. Then it is off here: where libvirtd died between the two, it is still held here; and goes on there.
 * Drives that stay in place become those of the host there before, so that from then on nothing makes it run here.
 * @throws DriverError INCOMPATIBLE when nothing is prepared there, or nobody answers; CONFLICT when it is there as well, and stays here
 */
async function isDone(host: QemuHost, there: LibvirtConnection, uuid: string, to: Destination): Promise<boolean> {
  const arrival = await arrivalOf(there, uuid, to.mark)
  if (arrival?.mark.state === 'removing' || arrival === undefined) throw unreached('nothing is prepared there')
  if (arrival.mark.state !== 'ready') return false
  const { domain } = await requireVm(host, uuid)
  if (isActive(domain) && powerOf(domain) !== 'paused')
    throw new DriverError('CONFLICT', 'The virtual machine is at the destination as well, and goes on here.')
  const give = (): Promise<boolean> => giveDrives(host, uuid, to.mark.nodeId)
  // What came in place, and was taken back here meanwhile, is offered anew.
  if (!(await give()) && (await staysInPlace(host, uuid, to)) && !(await give()))
    throw conflict('The destination lets go of the virtual machine.')
  if (isActive(domain)) await ignoreCodes(['WRONG_STATE'], () => host.connection.call('destroy', { uuid }))
  await letGoOn(there, arrival.mark)
  return true
}

/** The destination's libvirtd ends by itself what came half way; until then nothing else comes. @throws DriverError BUSY */
async function untilFree(
  there: LibvirtConnection,
  uuid: string,
  { mark }: Destination,
  control: Control,
): Promise<void> {
  const deadline = performance.now() + endMs
  for (;;) {
    const arrival = await arrivalOf(there, uuid, mark)
    if (arrival === undefined || !isActive(arrival.domain)) return
    if (performance.now() > deadline)
      throw new DriverError('BUSY', 'The destination still ends an earlier migration of the virtual machine.', {
        retry: 'later',
        effect: 'none',
      })
    await delay(pollMs, control.signal)
    throwIfCancelled(control)
  }
}

/** There, once it is off here. Whoever dies in between does it anew; by then it may also be off. */
async function letGoOn(there: LibvirtConnection, mark: Mark): Promise<void> {
  if (mark.arrivesAs === undefined) return
  if (mark.arrivesAs === 'on') await ignoreCodes(['WRONG_STATE'], () => there.call('resume', { uuid: mark.instanceId }))
  await writeMark({ connection: there }, withoutArrival(mark))
}

function withoutArrival({ arrivesAs: _, ...mark }: Mark): Mark {
  return mark
}

/**
 * What stood still to get there, and did not, or libvirt left standing. One that is off may have left: its drives go with it.
 * @param power what it was before. @throws DriverError CONFLICT when its drives are the other host's by now
 */
async function stayHere(host: QemuHost, uuid: string, power: ArrivalPower): Promise<void> {
  const { domain } = await requireVm(host, uuid)
  if (!isActive(domain)) return
  await claimDrives(host, uuid)
  if (power === 'on' && powerOf(domain) === 'paused')
    await ignoreCodes(['WRONG_STATE'], () => host.connection.call('resume', { uuid }))
}

async function arrivalOf(there: LibvirtConnection, uuid: string, mark: Mark): Promise<VmRecord | undefined> {
  const domain = await there.call('lookup', { uuid, metadataUri: markNamespace }).catch((error: unknown) => {
    throw unreached(error)
  })
  const record = domain === null ? undefined : recordOf(domain, mark.nodeId)
  return record?.mark.specHash === mark.specHash ? record : undefined
}

/** Why it stayed: what the destination's libvirtd refuses is nothing that this host could do. */
async function asRefusal(host: QemuHost, uuid: string, error: DriverError): Promise<DriverError> {
  const { native } = error
  const words = native === undefined ? {} : { native }
  const power = powerOf((await requireVm(host, uuid)).domain)
  if (power !== 'on' && power !== 'paused')
    return new DriverError('WRONG_STATE', 'The virtual machine ended while it was on its way.', {
      effect: 'none',
      ...words,
    })
  if (['UNSUPPORTED', 'INVALID_SPEC', 'INCOMPATIBLE'].includes(error.code))
    return new DriverError('INCOMPATIBLE', 'The destination cannot run this virtual machine.', {
      effect: 'none',
      ...words,
    })
  return new DriverError(error.code, error.publicMessage, { retry: error.retry, effect: 'none', ...words })
}

function unreached(cause: unknown): DriverError {
  const text =
    'The destination is not reached from here, or has nothing prepared. Set driverConfig.qemu.migrationListen there to an address that this host reaches.'
  const native = cause instanceof DriverError ? cause.native : String(cause)
  return new DriverError('INCOMPATIBLE', text, { effect: 'none', ...(native === undefined ? {} : { native }) })
}

function unchanged(): DriverError {
  return new DriverError('HYPERVISOR', 'The hypervisor answered success and changed nothing.', { effect: 'unknown' })
}

/** @throws DriverError INCOMPATIBLE for what is not `prepare`'s answer */
function readDestination(answer: Json, uuid: string): Destination {
  const { room, instancesDir, mark, sharedDisks } = objectOf(answer)
  const { id, key, root, address, port } = objectOf(room)
  const { nodeId, name, specHash, handleVersion, instanceId, adminUser, requiresQuiesce } = objectOf(mark)
  const isSound =
    isRoomId(id) &&
    typeof key === 'string' &&
    typeof root === 'string' &&
    roomsRootPattern.test(root) &&
    typeof address === 'string' &&
    isIP(address) !== 0 &&
    typeof port === 'number' &&
    typeof instancesDir === 'string' &&
    isAbsolute(instancesDir) &&
    basename(instancesDir) === 'instances' &&
    typeof nodeId === 'string' &&
    typeof name === 'string' &&
    typeof specHash === 'string' &&
    typeof handleVersion === 'number' &&
    instanceId === uuid &&
    (adminUser === undefined || isAdminUser(adminUser))
  if (!isSound) throw refusal('INCOMPATIBLE', 'The destination is a host of another kind.')
  return {
    room: { id, key, root, address, port },
    instancesDir,
    sharedDisks: sharedDisks === true,
    mark: {
      ...{ instanceId, nodeId, name, specHash, handleVersion, state: 'ready' },
      ...(adminUser === undefined ? {} : { adminUser }),
      ...(requiresQuiesce === true ? { requiresQuiesce } : {}),
    },
  }
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}
