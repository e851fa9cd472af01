// One database is enough: none plays a part.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Duplex, PassThrough } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import { remoteConsoles } from '../../src/agent/remote-consoles.ts'
import { ConsoleSockets } from '../../src/api/console-sockets.ts'
import { ConsoleRelay } from '../../src/console/console-relay.ts'
import type { AgentId } from '../../src/model/ids.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { ConsoleClient } from '../support/console-client.ts'

const agentId = 'agent' as AgentId
const token = (): string => 'its token'

/** A console that says back what it hears, in capitals. */
function shoutingConsole(): Duplex {
  const out = new PassThrough()
  out.write('here\n')
  const write = new PassThrough()
  write.on('data', (bytes: Buffer) => out.write(bytes.toString().toUpperCase()))
  write.on('end', () => out.end())
  return Duplex.from({ readable: out, writable: write })
}

describe('consoles of an agent in another process', () => {
  const relay = new ConsoleRelay()
  let server: Server
  let url: string
  /** Of the viewer that came last. */
  let console: Duplex
  before(async () => {
    const agents = { authenticate: async (given: string) => (given === token() ? agentId : undefined) } as never
    const consoles = {
      open: async () => {
        const expected = relay.expect(agentId)
        console = shoutingConsole()
        await remoteConsoles({ url, token }).bring(expected.key, console, undefined)
        return expected.arrived
      },
    }
    const sockets = new ConsoleSockets({ consoles, relay, agents, log: silentLogger })
    server = createServer()
    server.on('upgrade', (request, socket, head) => {
      assert.ok(sockets.wants(request))
      sockets.handle(request, socket, head)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => server.close())

  test('the agent dials, and the two ends meet; when the viewer leaves, the console is closed', async () => {
    const viewer = await ConsoleClient.open(`${url.replace('http', 'ws')}/v1/consoles?token=any`)
    await viewer.sees('here')
    viewer.send('loud')
    await viewer.sees('LOUD')
    const closed = once(console, 'close')
    await viewer.close()
    await closed
  })

  test('a long stream arrives whole and in order', async () => {
    const viewer = await ConsoleClient.open(`${url.replace('http', 'ws')}/v1/consoles?token=any`)
    const sent = Buffer.alloc(300_000, 'abcdefghij')
    await viewer.take(5)
    for (let at = 0; at < sent.length; at += 50_000) viewer.send(sent.subarray(at, at + 50_000))
    assert.equal((await viewer.take(sent.length)).toString(), sent.toString().toUpperCase())
    await viewer.close()
  })

  test('a key is good once, and for the agent that was asked', async () => {
    const expected = relay.expect('somebody else' as AgentId)
    const stranger = remoteConsoles({ url, token })
    await assert.rejects(stranger.bring(expected.key, shoutingConsole(), undefined), /404/)
    await assert.rejects(stranger.bring('guessed', shoutingConsole(), undefined), /404/)
    const unknown = remoteConsoles({ url, token: () => 'another' })
    await assert.rejects(unknown.bring(expected.key, shoutingConsole(), undefined), /401/)
    const own = relay.expect(agentId)
    await stranger.bring(own.key, shoutingConsole(), undefined)
    await assert.rejects(stranger.bring(own.key, shoutingConsole(), undefined), /404/)
    ;(await own.arrived).destroy()
  })

  test('where the API names an address of its own, that one is dialled', async () => {
    const expected = relay.expect(agentId)
    await remoteConsoles({ url: 'http://127.0.0.1:1', token }).bring(expected.key, shoutingConsole(), url)
    const stream = await expected.arrived
    stream.destroy()
  })
})
