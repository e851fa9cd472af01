import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TestContext } from 'node:test'
import { LibvirtConnection } from '../../drivers/libvirt/connection.ts'
import type { ConnectionOptions } from '../../drivers/libvirt/connection.ts'
import { statsType } from '../../drivers/libvirt/constants.ts'
import { loadNative } from '../../drivers/libvirt/native.ts'
import { toDriverError } from '../../drivers/libvirt/errors.ts'
import type { DomainEvent } from '../../drivers/libvirt/protocol.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

// libvirt's own test hypervisor: it lives inside the child process, so a new child starts with a new world.
const skip = hasLibrary() ? false : 'SKIPPED: libvirt.so.0 is missing; run: apt-get install -y libvirt0'
const uri = 'test:///default'
const metadataUri = 'urn:polyvisor:test'
const absent = '11111111-2222-3333-4444-555555555555'

function hasLibrary(): boolean {
  try {
    loadNative()
    return true
  } catch {
    return false
  }
}

function open(context: TestContext, options: Partial<ConnectionOptions> = {}): LibvirtConnection {
  const connection = new LibvirtConnection({ prepare: () => Promise.resolve({ uri }), log: silentLogger, ...options })
  context.after(() => connection.close())
  return connection
}

async function anyUuid(connection: LibvirtConnection): Promise<string> {
  const [domain] = await connection.call('listDomains', { metadataUri, onlyMarked: false })
  assert.ok(domain)
  return domain.uuid
}

function hasCode(code: string, effect?: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof DriverError && error.code === code && (effect === undefined || error.effect === effect)
}

describe('a libvirt connection in a child process', { skip }, () => {
  test('answers what libvirt knows', async (context) => {
    const connection = open(context)
    assert.match((await connection.call('versions', {})).libvirt, /^\d+\.\d+\.\d+$/)
    assert.ok((await connection.call('nodeInfo', {})).cpus > 0)
    assert.match(await connection.call('capabilities', {}), /<capabilities>/)
    const uuid = await anyUuid(connection)
    assert.match(await connection.call('xml', { uuid }), new RegExp(uuid))
    assert.equal((await connection.call('info', { uuid })).state, 1)
    assert.equal((await connection.call('stats', { uuid, types: statsType.state }))['state.state'], 1)
    const picture = await connection.call('screenshot', { uuid, maxBytes: 1024 ** 2 })
    assert.ok(picture !== null)
    assert.equal(await connection.call('screenshot', { uuid, maxBytes: 100 }), null)
    assert.equal(picture.mimeType, 'image/png')
    assert.ok(Buffer.from(picture.base64, 'base64').subarray(1, 4).equals(Buffer.from('PNG')))
  })

  test('finds domains by the metadata that they carry', async (context) => {
    const connection = open(context)
    const uuid = await anyUuid(connection)
    assert.deepEqual(await connection.call('listDomains', { metadataUri, onlyMarked: true }), [])
    await connection.call('setMetadata', { uuid, uri: metadataUri, prefix: 'p', xml: '<mark a="1"/>' })
    const [marked] = await connection.call('listDomains', { metadataUri, onlyMarked: true })
    assert.equal(marked?.uuid, uuid)
    assert.equal(await connection.call('getMetadata', { uuid, uri: metadataUri }), '<mark a="1"/>')
    await connection.call('setMetadata', { uuid, uri: metadataUri, prefix: 'p', xml: null })
    assert.equal(await connection.call('getMetadata', { uuid, uri: metadataUri }), null)
  })

  test('leads a domain through its life and hears of it', async (context) => {
    const connection = open(context)
    const events: DomainEvent[] = []
    connection.onEvent((event) => events.push(event))
    const xml = `<domain type='test'><name>a</name><uuid>${absent}</uuid><memory>1024</memory><os><type>hvm</type></os></domain>`
    assert.equal(await connection.call('define', { xml }), absent)
    const uuid = absent
    await connection.call('create', { uuid })
    await connection.call('suspend', { uuid })
    await connection.call('resume', { uuid })
    await connection.call('destroy', { uuid })
    assert.equal((await connection.call('lookup', { uuid, metadataUri }))?.state, 5)
    await connection.call('undefine', { uuid, flags: 0 })
    assert.equal(await connection.call('lookup', { uuid, metadataUri }), null)
    const kinds = ['defined', 'started', 'suspended', 'resumed', 'stopped', 'undefined']
    await waitUntil('all events', () => (events.length >= kinds.length ? true : undefined))
    assert.deepEqual(
      events.map((event) => event.kind),
      kinds,
    )
    assert.ok(events.every((event) => event.uuid === uuid))
  })

  test('gives each failure its exact code', async (context) => {
    const connection = open(context)
    const uuid = await anyUuid(connection)
    const results = await Promise.allSettled([
      connection.call('create', { uuid: absent }),
      connection.call('suspend', { uuid }),
      connection.call('define', { xml: '<domain' }),
      connection.call('create', { uuid: absent }),
    ])
    const codes = results.map((result) => (result.status === 'rejected' ? (result.reason as DriverError).code : 'ok'))
    assert.deepEqual(codes, ['NOT_FOUND', 'ok', 'INVALID_SPEC', 'NOT_FOUND'])
  })

  test('rejects calls in flight when the child dies, and starts a new one', async (context) => {
    const connection = open(context)
    await connection.call('versions', {})
    const first = connection.childPid
    assert.ok(first !== undefined)
    const call = connection.call('versions', {})
    process.kill(first, 'SIGKILL')
    await assert.rejects(call, hasCode('UNREACHABLE', 'unknown'))
    await connection.call('versions', {})
    assert.notEqual(connection.childPid, first)
  })

  test('dies after its k-th native call when told to, once', async (context) => {
    const connection = open(context, { fault: { dieAfterNativeCall: 3, victim: 'child' } })
    await connection.call('capabilities', {})
    await connection.call('capabilities', {})
    await assert.rejects(connection.call('capabilities', {}), hasCode('UNREACHABLE', 'unknown'))
    for (let call = 0; call < 4; call++) await connection.call('capabilities', {})
  })

  test('says why there is no connection, and does not wait for ever', async (context) => {
    const connection = open(context, {
      prepare: () => Promise.resolve({ uri: 'nosuch:///driver' }),
      waitForConnectionMs: 300,
    })
    await assert.rejects(connection.call('versions', {}), hasCode('UNREACHABLE', 'none'))
    const status = await waitUntil('a reason', () =>
      connection.status.state === 'down' ? connection.status : undefined,
    )
    assert.match(status.message, /libvirt-sock|nosuch/)
  })

  test('leaves no process behind when it is closed', async (context) => {
    const connection = open(context)
    await connection.call('versions', {})
    const pid = connection.childPid
    assert.ok(pid !== undefined)
    await connection.close()
    assert.throws(() => process.kill(pid, 0), /ESRCH/)
    await assert.rejects(connection.call('versions', {}), hasCode('UNREACHABLE', 'none'))
  })
})

describe('libvirt error numbers', () => {
  const base = { domain: 10, message: 'words', int1: 0, call: 'virX', isDisconnected: false }
  const cases: [number, number, string][] = [
    [42, 0, 'NOT_FOUND'],
    [55, 0, 'WRONG_STATE'],
    [38, 28, 'STORAGE_FULL'],
    [38, 13, 'DENIED'],
    [38, 5, 'HYPERVISOR'],
    [1, 0, 'HYPERVISOR'],
    [67, 0, 'UNSUPPORTED'],
    [87, 0, 'BUSY'],
  ]
  for (const [code, int1, expected] of cases) {
    test(`${code} with ${int1} is ${expected}`, () => {
      assert.equal(toDriverError({ ...base, code, int1 }).code, expected)
    })
  }
  test('anything on a lost connection is UNREACHABLE', () => {
    assert.equal(toDriverError({ ...base, code: 1, isDisconnected: true }).code, 'UNREACHABLE')
  })
})
