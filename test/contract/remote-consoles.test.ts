import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { readAdminPassword } from '../../src/cli/service-file.ts'
import { startInProcess, type InProcessService } from '../support/start-in-process.ts'
import { ConsoleClient, readDesktopName } from '../support/console-client.ts'
import { createFlavor, createServer, waitForHosts, waitUntilSettled } from '../support/servers.ts'
import { executeInDatabaseOf } from '../support/test-database.ts'

interface Console {
  readonly protocol: string
  readonly type: string
  readonly url: string
}

describe('remote consoles', () => {
  let service: InProcessService
  let server: string
  let token: string
  before(async () => {
    service = await startInProcess()
    await waitForHosts(service.client)
    token = await adminToken(service)
    const words = { name: 'i', disk_format: 'raw', container_format: 'bare' }
    const made = await service.client.send('POST', '/image/v2/images', { body: words })
    const { id: image } = (await made.json()) as { id: string }
    await service.client.send('PUT', `/image/v2/images/${image}/file`, { body: new Uint8Array(4096) })
    server = await createServer(service.client, image, await createFlavor(service.client, 'small'), 'guest')
    await waitUntilSettled(service.client, server)
  })
  after(() => service.stop())

  const send = async (path: string, body: object | undefined, microversion: string, status = 200) => {
    const response = await fetch(`${service.url}/compute/v2.1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'x-auth-token': token,
        'openstack-api-version': `compute ${microversion}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    assert.equal(response.status, status, text)
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
  }
  const ask = async (protocol: string, type: string, microversion = '2.93', status = 200): Promise<Console> => {
    const body = { remote_console: { protocol, type } }
    return (await send(`/servers/${server}/remote-consoles`, body, microversion, status))['remote_console'] as Console
  }
  const act = (action: object, microversion = '2.5', status = 200) =>
    send(`/servers/${server}/action`, action, microversion, status)
  const tokenOf = (url: string): string => /token(?:=|%3D)([^&%]+)/.exec(url)?.[1] ?? ''

  test('a screen: the page of noVNC, and behind it an RFB server', async () => {
    const { protocol, type, url } = await ask('vnc', 'novnc')
    assert.deepEqual([protocol, type], ['vnc', 'novnc'])
    assert.match(url, new RegExp(`^${service.url}/novnc/vnc_auto\\.html\\?path=v1%2Fconsoles%3Ftoken%3D`))
    const viewer = await ConsoleClient.open(url)
    assert.equal(viewer.socket.protocol, 'binary')
    assert.equal(await readDesktopName(viewer), 'Polyvisor sim')
    await viewer.close()
  })

  test('a serial port: what is typed arrives, and its answer comes back; the newest viewer has it', async () => {
    const { url } = await ask('serial', 'serial', '2.6')
    assert.match(url, /^ws:/)
    const first = await ConsoleClient.open(url)
    first.send('hello\r')
    await first.sees('POLYVISOR-SIM-HEARD hello')
    const second = await ConsoleClient.open(url)
    await first.ended
    second.send('again\r')
    await second.sees('POLYVISOR-SIM-HEARD again')
    await second.close()
    const log = (await act({ 'os-getConsoleOutput': {} }))['output']
    assert.match(String(log), /HEARD hello[^]*HEARD again/)
  })

  test('a token that is wrong, used up or expired opens nothing', async () => {
    const { url } = await ask('vnc', 'novnc')
    const wrong = url.replace('token%3D', 'token%3Dbad')
    await assert.rejects(ConsoleClient.open(wrong), /Unexpected server response: 403/)
    for (let use = 0; use < 10; use += 1) await (await ConsoleClient.open(url)).close()
    await assert.rejects(ConsoleClient.open(url), /403/)
    const late = (await ask('vnc', 'novnc')).url
    await executeInDatabaseOf(service.dataDir, 'update console_tokens set expires_at = 1')
    await assert.rejects(ConsoleClient.open(late), /403/)
  })

  test('the old actions end with 2.5, and what no hypervisor here has is refused', async () => {
    const { console } = (await act({ 'os-getVNCConsole': { type: 'novnc' } })) as unknown as { console: Console }
    assert.deepEqual(Object.keys(console).sort(), ['type', 'url'])
    await (await ConsoleClient.open(console.url)).close()
    await act({ 'os-getSerialConsole': { type: 'serial' } }, '2.1')
    await act({ 'os-getVNCConsole': { type: 'xvpvnc' } }, '2.5', 400)
    await act({ 'os-getSPICEConsole': { type: 'spice-html5' } }, '2.5', 400)
    await act({ 'os-getRDPConsole': { type: 'rdp-html5' } }, '2.5', 400)
    await act({ 'os-getVNCConsole': { type: 'novnc' } }, '2.6', 404)
    await ask('serial', 'serial', '2.5', 404)
    await ask('mks', 'webmks', '2.7', 400)
    await ask('mks', 'webmks', '2.8', 400)
    await ask('vnc', 'serial', '2.93', 400)
  })

  test('admins see where a token leads', async () => {
    const { url } = await ask('serial', 'serial')
    const path = `/os-console-auth-tokens/${tokenOf(url)}`
    const { host, port } = { host: '127.0.0.1', port: Number(new URL(service.url).port) }
    const wanted = { instance_uuid: server, host, port, internal_access_path: `/v1/consoles?token=${tokenOf(url)}` }
    assert.deepEqual(await send(path, undefined, '2.31'), { console: wanted })
    await send(path, undefined, '2.30', 401)
    await send('/os-console-auth-tokens/unknown', undefined, '2.31', 404)
  })

  test('it ends with its guest, and a guest that is off has none', async () => {
    const { url } = await ask('vnc', 'novnc')
    const viewer = await ConsoleClient.open(url)
    await act({ 'os-stop': null }, '2.1', 202)
    await viewer.ended
    await waitUntilSettled(service.client, server)
    await assert.rejects(ConsoleClient.open(url), /409/)
  })

  test('an upgrade to something else is no business of ours', async () => {
    const headers = { connection: 'Upgrade', upgrade: 'h2c' }
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${service.url}/healthz`, { headers }, resolve).once('error', reject)
    })
    response.resume()
    assert.equal(response.statusCode, 200)
  })
})

async function adminToken({ url, dataDir }: InProcessService): Promise<string> {
  const user = { name: 'admin', domain: { id: 'default' }, password: await readAdminPassword(dataDir) }
  const scope = { project: { name: 'admin', domain: { id: 'default' } } }
  const auth = { identity: { methods: ['password'], password: { user } }, scope }
  const response = await fetch(`${url}/identity/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth }),
  })
  await response.text()
  return response.headers.get('x-subject-token') ?? ''
}
