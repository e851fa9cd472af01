/** What is said when the broker cannot be used, and TLS. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openSharedBus } from '../../src/bus/shared-bus.ts'
import type { Bus } from '../../src/bus/bus.ts'
import { AmqpBus } from '../../src/bus/amqp/amqp-bus.ts'
import { parseAmqpUrl } from '../../src/bus/amqp/address.ts'
import type { Json } from '../../src/util/json.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { makeTlsFiles, rabbitmqMissing, RabbitmqServer } from '../support/rabbitmq-server.ts'
import { seen } from './bus-rules.ts'

const skip = rabbitmqMissing
let folder: string
let server: RabbitmqServer
let caFile: string

before(async () => {
  if (skip !== false) return
  folder = await mkdtemp(join(tmpdir(), 'polyvisor-tls-'))
  const tls = makeTlsFiles(folder)
  caFile = tls.caFile
  server = await RabbitmqServer.start({ tls })
})
after(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(url: string, more: { passwordFile?: string; caFile?: string } = {}): Promise<Bus> {
  const tls = { caFile: more.caFile, certFile: undefined, keyFile: undefined }
  const { passwordFile } = more
  const config = { url, passwordFile, managementUrl: server.managementUrl, agentUrl: undefined, tls, prefetch: 10 }
  return (await openSharedBus(config, silentLogger)).bus
}

const control = (password: string, vhost = '%2F'): string =>
  `amqp://control:${password}@127.0.0.1:${server.port}/${vhost}`

test('a wrong password is said at once, with everything but the password', { skip }, async () => {
  await assert.rejects(open(control('hush')), ({ message }: Error) => {
    assert.match(message, /^RabbitMQ at 127\.0\.0\.1:\d+, vhost "\/", user "control" cannot be used: .*ACCESS.REFUSED/)
    assert.doesNotMatch(message, /hush/)
    return true
  })
})

test('an unknown vhost is said', { skip }, async () => {
  const address = parseAmqpUrl(control(server.password, 'nowhere'))
  await assert.rejects(
    AmqpBus.open({ address, patienceMs: 0 }, silentLogger),
    /vhost "nowhere", user "control" cannot be used: there is no such vhost/,
  )
})

test('a broker that is not there is waited for, then named', { skip }, async () => {
  const address = parseAmqpUrl('amqp://u:hush@127.0.0.1:1/')
  await assert.rejects(
    AmqpBus.open({ address, patienceMs: 300 }, silentLogger),
    /RabbitMQ at 127\.0\.0\.1:1, .* cannot be used: .*ECONNREFUSED/,
  )
})

test('the password may lie in a file, which is named when it cannot be read', { skip }, async () => {
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, `${server.password}\n`)
  const url = `amqp://control@127.0.0.1:${server.port}/`
  const bus = await open(url, { passwordFile })
  await bus.close()
  await assert.rejects(
    open(url, { passwordFile: join(folder, 'nothing') }),
    /bus\.passwordFile .*nothing cannot be read/,
  )
})

test('a queue of our name with other arguments is named', { skip }, async () => {
  const vhost = await server.makeVhost()
  await server.manage('PUT', `/api/queues/${vhost}/polyvisor.conductor`, { durable: true, arguments: {} })
  const bus = await open(server.url(vhost))
  await assert.rejects(
    bus.consume('conductor', async () => {}),
    /the queue polyvisor\.conductor exists at the broker with other arguments than ours; delete it there/,
  )
  await bus.close()
})

test('an exchange of our name of another type is named', { skip }, async () => {
  const vhost = await server.makeVhost()
  await server.manage('PUT', `/api/exchanges/${vhost}/polyvisor.events`, { type: 'fanout', durable: true })
  await assert.rejects(open(server.url(vhost)), /declaring polyvisor\.events .* other arguments than ours/)
})

test('bytes that are no JSON are parked, and what comes after them is read', { skip }, async () => {
  const vhost = await server.makeVhost()
  const bus = await open(server.url(vhost))
  const got: Json[] = []
  await bus.consume('conductor', async (it) => void got.push(it))
  const foreign = { properties: {}, routing_key: 'polyvisor.conductor', payload: '{"half', payload_encoding: 'string' }
  await server.manage('POST', `/api/exchanges/${vhost}/amq.default/publish`, foreign)
  await bus.send('conductor', 'after')
  await seen(got, 1)
  const request = { count: 1, ackmode: 'ack_requeue_false', encoding: 'auto' }
  const path = `/api/queues/${vhost}/polyvisor.parked/get`
  const [parked] = (await server.manage('POST', path, request)) as readonly {
    payload: string
    properties: { headers: Record<string, string> }
  }[]
  assert.equal(parked?.payload, '{"half')
  assert.equal(parked.properties.headers['x-first-death-reason'], 'rejected')
  assert.equal(parked.properties.headers['x-first-death-queue'], 'polyvisor.conductor')
  assert.deepEqual(got, ['after'])
  await bus.close()
})

test('over TLS, checked against our own authority', { skip }, async () => {
  const bus = await open(`amqps://control:${server.password}@localhost:${server.tlsPort}/`, { caFile })
  await bus.send('conductor', 1)
  assert.equal(bus.health().ok, true)
  await bus.close()
})

test('a certificate of an unknown authority, or for another name, is refused', { skip }, async () => {
  const address = parseAmqpUrl(`amqps://control:${server.password}@localhost:${server.tlsPort}/`)
  await assert.rejects(
    AmqpBus.open({ address, patienceMs: 0 }, silentLogger),
    /\(TLS\).* cannot be used: .*certificate/,
  )
  await assert.rejects(
    open(address.host.replace('localhost', control(server.password)), { caFile: join(folder, 'no') }),
    /TLS file .* cannot be read/,
  )
})
