/**
 * Where a guest arrives: a folder with three sockets, whose path is the same at both ends (libvirt asks for that), and the key
 * by which the source's host gets at them from afar. Owns `<stateDir>/migrations`, a record per guest, and those folders.
 */
import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { constants } from 'node:fs'
import { chown, lstat, mkdir, open, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createConnection, type Socket } from 'node:net'
import { join } from 'node:path'
import type { GuestUser } from '../libvirt/guest-user.ts'
import { removeTree } from '../local/remove-tree.ts'
import { writeWhole } from '../local/whole-file.ts'
import { needsHandOver } from './disk-files.ts'

/** What a guest's arrival is found by. */
export interface Room {
  readonly id: string
  /** Base64url. */
  readonly key: string
}

/** The sockets of a room, by their names in its folder. */
export const roomSockets = ['libvirt', 'memory', 'disks'] as const
export type RoomSocket = (typeof roomSockets)[number]

const keyBytes = 32
/** O_PATH of Linux, which Node does not name: the file itself, opened for nothing. */
const openPath = 0o10000000
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Holds the key: whoever reads the same there is on the same machine. */
const keyFile = 'key'
/** Holds whose way to another machine it is: the path of our records. */
const wayFile = 'way-of'

export function isRoomId(id: unknown): id is string {
  return typeof id === 'string' && idPattern.test(id)
}

/** Short, since a Unix socket's path has at most 107 bytes. */
export function roomSocketPath(root: string, id: string, name: RoomSocket): string {
  return join(root, id, 's', name)
}

/** Of all rooms of this machine, at one path on all machines for one kind of service: root's, or that user's. */
export function roomsRoot(uid: number = process.getuid?.() ?? 0): string {
  return uid === 0 ? '/run/polyvisor-migrations' : `/tmp/polyvisor-migrations-${uid}`
}

/** What an answer from another host may name. */
export const roomsRootPattern = /^(\/run\/polyvisor-migrations|\/tmp\/polyvisor-migrations-\d+)$/

/** @throws Error when the folder is somebody else's */
async function makeRoot(root: string): Promise<void> {
  await mkdir(root, { mode: 0o711 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const found = await lstat(root)
  if (!found.isDirectory() || found.uid !== process.getuid?.()) throw new Error(`${root} is not a folder of ours`)
}

/**
 * A room's folder, which stays ours, and in it that of the sockets, which becomes the guests' user's once `furnish` has put in
 * what is ours: nobody can lead our pen elsewhere.
 */
async function makeRoomFolder(
  root: string,
  id: string,
  user: GuestUser | undefined,
  furnish: () => Promise<void>,
): Promise<void> {
  await makeRoot(root)
  await removeRoomFolder(root, id)
  const folder = join(root, id)
  await mkdir(folder, { mode: 0o711 })
  const sockets = join(folder, 's')
  await mkdir(sockets, { mode: 0o700 })
  await furnish()
  if (needsHandOver(user)) await chown(sockets, user.uid, user.gid)
}

export async function removeRoomFolder(root: string, id: string): Promise<void> {
  await removeTree(join(root, id))
}

/** Removes what a service that died left of its ways to other machines. @param recordsDir its own */
async function removeDeadWays(root: string, recordsDir: string): Promise<void> {
  for (const id of await readdir(root).catch(() => [])) {
    const whose = isRoomId(id) ? await readFile(join(root, id, wayFile), 'utf8').catch(() => undefined) : undefined
    if (whose === recordsDir) await removeRoomFolder(root, id)
  }
}

export interface WayOwner {
  readonly user: GuestUser | undefined
  readonly recordsDir: string
}

/** A room at another machine, at the same path here. */
export async function makeWayFolder(
  { root, id }: { readonly root: string; readonly id: string },
  { user, recordsDir }: WayOwner,
  furnish: () => Promise<void>,
): Promise<void> {
  await makeRoomFolder(root, id, user, async () => {
    await writeFile(join(root, id, wayFile), recordsDir, { mode: 0o600, flag: 'wx' })
    await furnish()
  })
}

/** Whether that room is on this machine, of a service that runs as we do. */
export async function isRoomHere(root: string, { id, key }: Room): Promise<boolean> {
  const found = await readFile(join(root, id, keyFile)).catch(() => Buffer.alloc(0))
  const wanted = Buffer.from(key)
  return found.length === wanted.length && timingSafeEqual(found, wanted)
}

export class MigrationRooms {
  readonly root = roomsRoot()
  readonly recordsDir: string
  readonly #user: GuestUser | undefined
  readonly #libvirtSocket: () => Promise<string>
  readonly #rooms = new Map<string, Room>()

  private constructor(recordsDir: string, user: GuestUser | undefined, libvirtSocket: () => Promise<string>) {
    this.recordsDir = recordsDir
    this.#user = user
    this.#libvirtSocket = libvirtSocket
  }

  /** @param libvirtSocket where our libvirtd listens */
  static async open(
    stateDir: string,
    user: GuestUser | undefined,
    libvirtSocket: () => Promise<string>,
  ): Promise<MigrationRooms> {
    const recordsDir = join(stateDir, 'migrations')
    await mkdir(recordsDir, { recursive: true, mode: 0o700 })
    const rooms = new MigrationRooms(recordsDir, user, libvirtSocket)
    await removeDeadWays(rooms.root, recordsDir)
    for (const name of await readdir(recordsDir)) {
      const [instanceId] = name.split('.')
      if (instanceId === undefined || !name.endsWith('.json')) continue
      rooms.#rooms.set(instanceId, JSON.parse(await readFile(join(recordsDir, name), 'utf8')) as Room)
    }
    return rooms
  }

  /** At which we listened last, where any free one will do: a guest may be about to leave for it. */
  async lastPort(): Promise<number> {
    return Number(await readFile(join(this.recordsDir, 'port'), 'utf8').catch(() => '0'))
  }

  async notePort(port: number): Promise<void> {
    await writeWhole(join(this.recordsDir, 'port'), String(port), { mode: 0o600 })
  }

  get isEmpty(): boolean {
    return this.#rooms.size === 0
  }

  has(instanceId: string): boolean {
    return this.#rooms.has(instanceId)
  }

  /** The same for the same guest, until it is forgotten. */
  async roomFor(instanceId: string): Promise<Room> {
    const known = this.#rooms.get(instanceId)
    const room = known ?? { id: randomUUID(), key: randomBytes(keyBytes).toString('base64url') }
    if (known === undefined) {
      await writeWhole(this.#recordFile(instanceId), JSON.stringify(room), { mode: 0o600 })
      this.#rooms.set(instanceId, room)
    }
    // A machine that was started anew has lost the folder.
    if (!(await isRoomHere(this.root, room))) await this.#furnish(room)
    return room
  }

  async #furnish({ id, key }: Room): Promise<void> {
    const libvirtSocket = await this.#libvirtSocket()
    await makeRoomFolder(this.root, id, this.#user, async () => {
      await symlink(libvirtSocket, roomSocketPath(this.root, id, 'libvirt'))
      await writeFile(join(this.root, id, keyFile), key, { mode: 0o600, flag: 'wx' })
    })
  }

  /** By what the other side calls itself. */
  keyOf(id: string): Buffer | undefined {
    const room = this.#rooms.get(this.guestOf(id) ?? '')
    return room === undefined ? undefined : Buffer.from(room.key, 'base64url')
  }

  /** Whom a room is for. */
  guestOf(id: string): string | undefined {
    return [...this.#rooms.keys()].find((instanceId) => this.#rooms.get(instanceId)?.id === id)
  }

  /**
   * Into a room, for somebody from afar. The folder is the guests' user's, and we connect as whom we are: so a link of theirs, or
   * somebody else's socket, is refused. @throws Error
   */
  async connect(id: string, name: RoomSocket): Promise<Socket> {
    if (name === 'libvirt') return await connected(await this.#libvirtSocket())
    await using file = await open(roomSocketPath(this.root, id, name), openPath | constants.O_NOFOLLOW)
    const found = await file.stat()
    if (!found.isSocket() || (needsHandOver(this.#user) && found.uid !== this.#user.uid))
      throw new Error(`the room's ${name} is no socket of the guests' user`)
    return await connected(`/proc/self/fd/${file.fd}`)
  }

  /** Nobody gets in any more. @returns the id of the room that was */
  async forget(instanceId: string): Promise<string | undefined> {
    const room = this.#rooms.get(instanceId)
    if (room === undefined) return undefined
    this.#rooms.delete(instanceId)
    await removeRoomFolder(this.root, room.id)
    await rm(this.#recordFile(instanceId), { force: true })
    return room.id
  }

  /** The guests whose rooms are older than that. */
  async olderThan(ageMs: number): Promise<readonly string[]> {
    const old: string[] = []
    for (const instanceId of this.#rooms.keys()) {
      const made = await stat(this.#recordFile(instanceId)).catch(() => undefined)
      if (made !== undefined && made.mtimeMs < Date.now() - ageMs) old.push(instanceId)
    }
    return old
  }

  #recordFile(instanceId: string): string {
    return join(this.recordsDir, `${instanceId}.json`)
  }
}

async function connected(path: string): Promise<Socket> {
  const socket = createConnection(path)
  await once(socket, 'connect') // or throws its error
  return socket
}
