/** A console's stream from a driver's process: it connects to a socket that we name, which is gone once it has. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { DriverError } from '../../src/driver/index.ts'
import { delay } from '../../src/util/delay.ts'

const patienceMs = 5_000

/**
 * @param ask makes the process connect; it has done so when it answers
 * @throws what `ask` throws; DriverError BUG when nobody has connected
 */
export async function takeConsole(ask: (socketPath: string) => Promise<unknown>): Promise<Duplex> {
  // Only we and our processes get in; and a path to a socket has at most 107 bytes, which state folders exceed.
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-'))
  const server = createServer()
  server.maxConnections = 1
  const connected = Promise.withResolvers<Socket>()
  server.once('connection', (socket) => {
    // Whoever reads it is told by its end.
    socket.on('error', () => undefined)
    connected.resolve(socket)
  })
  try {
    const path = join(folder, 'console')
    server.listen(path)
    await once(server, 'listening')
    await ask(path)
    const socket = await Promise.race([connected.promise, delay(patienceMs)])
    if (socket === undefined) throw unconnected()
    return socket
  } catch (error) {
    void connected.promise.then((socket) => socket.destroy())
    throw error
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function unconnected(): DriverError {
  const native = 'remoteConsole.open was answered, and nobody connected to its socket'
  return new DriverError('BUG', 'The driver of this host answered what nobody understands.', { effect: 'none', native })
}
