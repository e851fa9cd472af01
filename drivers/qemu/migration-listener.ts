/**
 * The way into this host's rooms from other machines: TLS with the room's key as pre-shared key. The first line names a socket
 * of the room, to which bytes go through from then on, or a drive that comes, or stays where both hosts see it. Without a room nobody gets in.
 */
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import type { Logger } from '../../src/util/logger.ts'
import { joinStreams } from '../../src/util/join-streams.ts'
import { roomSockets, type MigrationRooms } from './migration-room.ts'

export interface ListenAddress {
  readonly address: string
  /** 0: any that is free. */
  readonly port: number
}

/** @param words what stands in the first line after its name */
type Take = (instanceId: string, words: readonly string[], socket: Duplex) => Promise<void>

/** What comes beside the bytes for a room's sockets: a config drive, or word of drives that stay in place. */
export type Takers = Readonly<Record<'drive' | 'set', Take>>

/** For both ends: keys of one migration, forgotten after the handshake. */
export const tlsSettings = {
  ciphers: 'ECDHE-PSK-CHACHA20-POLY1305',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
} as const

const firstLineMs = 10_000
const keepAliveMs = 30_000
const longestLine = 128
/** Each guest that comes has three or four. */
const mostConnections = 128

export class MigrationListener {
  readonly #server: Server
  /** With the rooms whose keys they have shown. */
  readonly #open = new Map<TLSSocket, string>()
  /** All that were accepted, those that still shake hands included: while one is open the server does not close. */
  readonly #accepted = new Set<Socket>()

  private constructor(rooms: MigrationRooms, takers: Takers, log: Logger) {
    const ids = new WeakMap<TLSSocket, string>()
    const pskCallback = (socket: TLSSocket, id: string): Buffer | null => {
      ids.set(socket, id)
      return rooms.keyOf(id) ?? null
    }
    const settings = { ...tlsSettings, allowHalfOpen: true, handshakeTimeout: firstLineMs }
    this.#server = createServer({ ...settings, pskCallback: pskCallback as never })
    this.#server.maxConnections = mostConnections
    // A failed accept, as without file descriptors, ends nothing.
    this.#server.on('error', (error) => log.warn({ err: error }, 'a migration could not be taken'))
    this.#server.on('connection', (socket: Socket) => {
      this.#accepted.add(socket)
      socket.once('close', () => this.#accepted.delete(socket))
    })
    this.#server.on('tlsClientError', (error) => log.debug({ err: error }, 'a migration was refused'))
    this.#server.on('secureConnection', (socket) => {
      const id = ids.get(socket) ?? ''
      this.#open.set(socket, id)
      socket.once('close', () => this.#open.delete(socket))
      socket.on('error', () => undefined)
      // The other machine may be gone without a word.
      socket.setKeepAlive(true, keepAliveMs)
      serve(socket, { rooms, takers, id }).catch((error: unknown) => {
        log.info({ err: error }, 'a migration was not let through')
        socket.destroy()
      })
    })
  }

  /** @throws Error when the address cannot be listened at */
  static async open(
    { address, port }: ListenAddress,
    rooms: MigrationRooms,
    takers: Takers,
    log: Logger,
  ): Promise<MigrationListener> {
    const listener = new MigrationListener(rooms, takers, log)
    listener.#server.listen(port, address)
    await once(listener.#server, 'listening') // or throws its error
    return listener
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Ends what is under way into a room that is no more. */
  leave(id: string): void {
    for (const [socket, room] of this.#open) if (room === id) socket.destroy()
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const socket of [...this.#open.keys(), ...this.#accepted]) socket.destroy()
    await closed
  }
}

interface Caller {
  readonly rooms: MigrationRooms
  readonly takers: Takers
  /** The room whose key it has shown. */
  readonly id: string
}

async function serve(socket: TLSSocket, { rooms, takers, id }: Caller): Promise<void> {
  const [name, ...rest] = (await firstLine(socket)).split(' ')
  if (name === 'drive' || name === 'set') return takers[name](rooms.guestOf(id) ?? '', rest, socket)
  const known = roomSockets.find((each) => each === name)
  if (known === undefined) throw new Error('it names no socket of a room')
  joinStreams(socket, await rooms.connect(id, known))
}

/** Without a byte of what follows. */
async function firstLine(socket: TLSSocket): Promise<string> {
  const line: number[] = []
  const tooLate = setTimeout(() => socket.destroy(new Error('it did not say which socket it wants')), firstLineMs)
  try {
    while (line.length < longestLine) {
      const byte = socket.read(1) as Buffer | null
      if (byte === null) await once(socket, 'readable')
      else if (byte[0] === 0x0a) return Buffer.from(line).toString('latin1')
      else line.push(byte[0] as number)
    }
  } finally {
    clearTimeout(tooLate)
  }
  throw new Error('its first line is too long')
}
