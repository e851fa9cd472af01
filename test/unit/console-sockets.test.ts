// One database is enough: there is none in it.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { ConsoleSockets } from '../../src/api/console-sockets.ts'
import { ConsoleRelay } from '../../src/console/console-relay.ts'
import type { Services } from '../../src/api/services.ts'
import { listenHttp } from '../../src/process/http-server.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

/** A server that knows one console, as the process has it; asks it by a raw connection. */
async function ask(request: string, console = new PassThrough()): Promise<string> {
  const sockets = new ConsoleSockets({
    consoles: { open: async (token) => (token === 't' ? console : Promise.reject(new Error('unknown'))) },
    relay: new ConsoleRelay(),
    agents: {} as Services['agents'],
    log: silentLogger,
  })
  const server = await listenHttp({ host: '127.0.0.1', port: 0 })
  server.serve((_request, response) => response.end('as HTTP'), {
    wants: (asked) => sockets.wants(asked),
    handle: (asked, socket, head) => sockets.handle(asked, socket, head),
  })
  // It leaves its half open, as a client may that wants to keep the other's resources.
  const client = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
  let answer = ''
  client.on('data', (bytes: Buffer) => (answer += bytes.toString('latin1')))
  client.write(`GET ${request} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`)
  client.on('error', () => undefined)
  await once(client, 'end')
  // Refused by a server that has let go of it; taken for ever by one that has not.
  await waitUntil('the connection to be gone', () => (client.write('more'), client.destroyed || undefined))
  await server.stop(0)
  return answer
}

test('a console whose client cannot shake hands is closed again', async () => {
  const console = new PassThrough()
  const closed = once(console, 'close')
  assert.match(await ask('/v1/consoles?token=t', console), /^HTTP\/1\.1 400 /)
  await closed
})

test('a refused client is let go of, also when it keeps its half open', async () => {
  assert.match(await ask('/v1/consoles?token=another'), /^HTTP\/1\.1 500 /)
})

for (const target of ['http://a:99999/', '//', '/%', 'http://[', '*', '/v1/other?%'])
  test(`an upgrade of ${target} is answered as HTTP has it`, async () => {
    assert.match(await ask(target), /^HTTP\/1\.1 200 .*as HTTP/s)
  })
