// One database is enough: there is none in it.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { ConsoleSockets } from '../../src/api/console-sockets.ts'
import { ConsoleRelay } from '../../src/console/console-relay.ts'
import type { Services } from '../../src/api/services.ts'
import { silentLogger } from '../../src/util/logger.ts'

test('a console whose client cannot shake hands is closed again', async () => {
  const console = new PassThrough()
  const closed = once(console, 'close')
  const sockets = new ConsoleSockets({
    consoles: { open: async () => console },
    relay: new ConsoleRelay(),
    agents: {} as Services['agents'],
    log: silentLogger,
  })
  const server = createServer().on('upgrade', (request, socket, head) => sockets.handle(request, socket, head))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.write('GET /v1/consoles?token=t HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  const [answer] = (await once(client, 'data')) as [Buffer]
  assert.match(answer.toString(), /^HTTP\/1\.1 400 /)
  await closed
  client.destroy()
  server.close()
})
