/** How this host gets at the room of another: straight where it is on the same machine, else by sockets of our own that lead there. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { joinStreams } from '../../src/util/join-streams.ts'
import { tlsSettings } from './migration-listener.ts'
import {
  isRoomHere,
  makeWayFolder,
  removeRoomFolder,
  roomSocketPath,
  roomSockets,
  type Room,
  type RoomSocket,
  type WayOwner,
} from './migration-room.ts'

export interface RoomAddress extends Room {
  /** Below which all rooms of that service lie. */
  readonly root: string
  readonly address: string
  readonly port: number
}

export interface Way {
  readonly pathOf: (name: RoomSocket) => string
  close(): Promise<void>
}

const connectMs = 10_000
const keepAliveMs = 30_000

/** @throws Error when nobody answers there */
export async function openWay(there: RoomAddress, ours: WayOwner): Promise<Way> {
  const pathOf = (name: RoomSocket): string => roomSocketPath(there.root, there.id, name)
  if (await isRoomHere(there.root, there)) return { pathOf, close: () => Promise.resolve() }
  // Before anything is made here.
  const tried = await dial(there, 'libvirt')
  tried.destroy()
  const servers: Server[] = []
  const open = new Set<{ destroy(): unknown }>()
  const close = async (): Promise<void> => {
    for (const each of open) each.destroy()
    for (const server of servers) server.close()
    await removeRoomFolder(there.root, there.id)
  }
  try {
    await makeWayFolder(there, ours, async () => {
      for (const name of roomSockets) {
        const server = createServer({ pauseOnConnect: true }, (local) => {
          open.add(local)
          local.once('close', () => open.delete(local))
          dial(there, name).then(
            (remote) => {
              open.add(remote)
              remote.once('close', () => open.delete(remote))
              joinStreams(local, remote)
            },
            () => local.destroy(),
          )
        })
        servers.push(server)
        server.on('error', () => undefined) // of an accept: libvirt notices that nobody answers
        server.listen({ path: pathOf(name), writableAll: true })
        await once(server, 'listening')
      }
    })
  } catch (error) {
    await close()
    throw error
  }
  return { pathOf, close }
}

/** @param firstLine what is meant there. @throws Error when nobody answers */
export async function dial({ address, port, id, key }: RoomAddress, firstLine: string): Promise<TLSSocket> {
  const psk = Buffer.from(key, 'base64url')
  const socket = connect({
    ...tlsSettings,
    host: address,
    port,
    pskCallback: () => ({ psk, identity: id }),
    // Its key says who it is.
    checkServerIdentity: () => undefined,
  })
  socket.on('error', () => undefined)
  socket.setKeepAlive(true, keepAliveMs)
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(connectMs) })
  } catch (error) {
    socket.destroy()
    throw error
  }
  socket.write(`${firstLine}\n`)
  return socket
}
