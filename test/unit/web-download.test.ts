// One database is enough: nothing here has one.
import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { addressRule } from '../../src/images/web-download/address-rules.ts'
import { addressesOf, readTarget } from '../../src/images/web-download/download-target.ts'
import { openDownload, type DownloadRules } from '../../src/images/web-download/open-download.ts'
import { startWebServer, type WebServer } from '../support/web-server.ts'

let web: WebServer
before(async () => {
  web = await startWebServer()
})
after(() => web.stop())

const rules = (more: Partial<DownloadRules> = {}): DownloadRules => ({
  isAllowed: addressRule(['127.0.0.1']),
  ports: [web.port],
  maxMs: 10_000,
  ...more,
})
const never = new AbortController().signal
const download = (path: string, more: Partial<DownloadRules> = {}, signal = never) =>
  openDownload(path.startsWith('http') ? path : `${web.url}${path}`, rules(more), signal)

test('public addresses only, and what the operator adds', () => {
  const isPublic = addressRule([])
  for (const address of ['1.1.1.1', '93.184.216.34', '2606:4700::1111', '2a00:1450::1'])
    assert.ok(isPublic(address), address)
  const inside = [
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '100.100.100.200',
      '127.0.0.1',
      '127.8.8.8',
      '169.254.169.254',
      '172.16.0.1',
    ],
    ...['172.31.255.255', '192.0.0.192', '192.168.1.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...[
      '168.63.129.16',
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:7f00:1::',
      '2001::1',
    ],
    ...['fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'fec0::1', 'ff02::1', '2001:db8::1', 'localhost', ''],
  ]
  for (const address of inside) assert.ok(!isPublic(address), address)
  const wider = addressRule(['10.0.0.0/8', '::1'])
  assert.ok(wider('10.1.2.3') && wider('::1') && !wider('127.0.0.1') && wider('1.1.1.1'))
})

test('this machine’s own addresses are not public, whatever they are, unless the operator adds them', () => {
  const own = ['203.0.114.7', '2606:4700::1111']
  const isPublic = addressRule([], () => own)
  for (const address of [...own, '2606:4700:0:0::1111']) assert.ok(!isPublic(address), address)
  assert.ok(isPublic('203.0.114.8'))
  assert.ok(addressRule(['203.0.114.7'], () => own)('203.0.114.7'))
  const listening = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses)
  assert.ok(listening.length > 0)
  const asItIs = addressRule([])
  for (const { address } of listening) assert.ok(!asItIs(address), address)
})

test('addresses in disguise are read as what they are', () => {
  const strict = { isAllowed: addressRule([]), ports: [80, 443] }
  for (const uri of [
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::ffff:7f00:1]/',
  ]) {
    assert.throws(() => readTarget(uri, strict), /not public/, uri)
  }
  for (const uri of [
    'ftp://example.org/',
    'gopher://example.org/',
    'http://',
    'http://example.org:22/',
    '//example.org',
  ]) {
    assert.throws(() => readTarget(uri, strict), /does not pass filtering/, uri)
  }
  assert.equal(readTarget('https://example.org/a?b#c', strict).pathname, '/a')
})

test('one inner address among those of a name speaks against it', async () => {
  const strict = { isAllowed: addressRule([]), ports: [80] }
  const leadingTo = (addresses: readonly string[]) => ({ ...strict, resolve: async () => addresses })
  const url = new URL('http://mirror.example/')
  await assert.rejects(addressesOf(url, leadingTo(['1.1.1.1', '10.0.0.1'])), /not public/)
  await assert.rejects(addressesOf(url, leadingTo([])), /no address/)
  assert.deepEqual(await addressesOf(url, leadingTo(['1.1.1.1'])), ['1.1.1.1'])
})

test('a name is asked for once, and its answer is what is connected to', async () => {
  web.answers.set('/named', (request, response) => response.end(request.headers.host))
  let asked = 0
  // A second answer would be another one: whoever owns a name may change it between two questions.
  const resolve = async () => (++asked === 1 ? ['127.0.0.1'] : ['10.0.0.1'])
  const { body } = await download(`http://rebound.example:${web.port}/named`, { resolve })
  assert.equal(String(await buffer(body)), `rebound.example:${web.port}`)
  assert.equal(asked, 1)
})

test('the next address is tried when one does not answer', async () => {
  web.answers.set('/second', (_request, response) => response.end('x'))
  const isAllowed = addressRule(['127.0.0.0/8'])
  // Nobody listens at the first.
  const resolve = async () => ['127.0.0.2', '127.0.0.1']
  const { body } = await download(`http://two.example:${web.port}/second`, { resolve, isAllowed })
  assert.equal(String(await buffer(body)), 'x')
})

test('each redirect is judged anew', async () => {
  const sendTo = (path: string, location: string): void =>
    void web.answers.set(path, (_request, response) => response.writeHead(302, { location }).end())
  sendTo('/a', '/b')
  sendTo('/b', `${web.url}/c`)
  web.answers.set('/c', (_request, response) => response.end('there'))
  assert.equal(String(await buffer((await download('/a')).body)), 'there')
  sendTo('/inside', 'http://127.0.0.3/')
  await assert.rejects(download('/inside'), /does not pass filtering/)
  sendTo('/file', 'file:///etc/passwd')
  await assert.rejects(download('/file'), /does not pass filtering/)
  sendTo('/named-inside', `http://inside.example:${web.port}/`)
  await assert.rejects(download('/named-inside', { resolve: async () => ['192.168.0.1'] }), /not public/)
  sendTo('/loop', '/loop')
  await assert.rejects(download('/loop'), /more than 5 times/)
  web.answers.set('/nowhere', (_request, response) => response.writeHead(302).end())
  await assert.rejects(download('/nowhere'), /nowhere/)
})

test('what is no plain answer is refused', async () => {
  await assert.rejects(download('/missing'), /answered 404/)
  web.answers.set('/packed', (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'))
  await assert.rejects(download('/packed'), /packed/)
  web.answers.set('/cut', (request) => request.socket.destroy())
  await assert.rejects(download('/cut'), /cannot be reached, or broke off/)
})

test('it takes no longer than it may: before the answer, and after', async () => {
  web.answers.set('/silent', () => undefined)
  await assert.rejects(download('/silent', { maxMs: 50 }), /within 1 s/)
  await assert.rejects(download('/silent', { answerMs: 50 }), /cannot be reached/)
  web.answers.set('/endless', (_request, response) => response.writeHead(200).write('x'))
  const { body } = await download('/endless', { maxMs: 200 })
  const [error] = (await once(body.resume(), 'error')) as [Error]
  assert.match(error.message, /within 1 s/)
})

test('a signal ends it', async () => {
  const abort = new AbortController()
  web.answers.set('/waits', () => abort.abort(new Error('deleted')))
  await assert.rejects(download('/waits', {}, abort.signal), /deleted/)
})
