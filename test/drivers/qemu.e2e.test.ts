import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { QemuDriver } from '../../drivers/qemu/driver.ts'
import { bootSectorMarker, makeBootSector } from '../../scripts/make-boot-sector.ts'
import { DriverError } from '../../src/driver/index.ts'
import type { DriverEvent, Health } from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import type { Machine, TestImage } from './qemu-fixture.ts'
import { makeBytesImage, makeControl, makeGuestImage, makeMachine, makeSpec } from './qemu-fixture.ts'
import { skipReason, toQcow2, waitForConsole } from './qemu-fixture.ts'

const up = 'POLYVISOR-GUEST-UP'

function isError(code: string, effect?: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof DriverError, String(error))
    assert.equal(error.code, code, String(error))
    if (effect !== undefined) assert.equal(error.effect, effect)
    return true
  }
}

describe('the qemu driver with real guests', { skip: skipReason, timeout: 600_000 }, () => {
  let machine: Machine
  let driver: QemuDriver
  let raw: TestImage
  let bootSector: TestImage

  before(async () => {
    machine = await makeMachine()
    driver = await machine.open()
    raw = await makeGuestImage(machine.dir)
    bootSector = await makeBytesImage(machine.dir, makeBootSector())
  })
  after(() => machine.dispose(driver))

  test('reports its health until libvirt is there', async (t) => {
    const stop = new AbortController()
    const seen: Health[] = []
    const startedAt = performance.now()
    for await (const health of driver.fingerprint(stop.signal)) {
      if (seen.push(health) === 1) t.diagnostic(`after ${Math.round(performance.now() - startedAt)} ms`)
      if (health.status === 'healthy') stop.abort()
    }
    assert.match(seen.at(-1)?.hypervisorVersion ?? '', /^\d+\.\d+\.\d+$/)
  })

  test('has one node with a stable id and physical totals', async () => {
    const [node, ...others] = await driver.nodes()
    assert.ok(node)
    assert.deepEqual(others, [])
    assert.ok(node.vcpus > 0 && node.memoryMb > 0 && node.diskGb > 0)
    assert.equal((await driver.nodes())[0]?.id, node.id)
  })

  for (const format of ['raw', 'qcow2'] as const) {
    test(`leads a guest from a ${format} image through its whole life`, async () => {
      const image = format === 'raw' ? raw : await toQcow2(raw)
      const spec = await makeSpec(driver, image)
      const control = makeControl([image])
      const handle = await driver.ensurePresent(spec, control)
      assert.deepEqual(await driver.ensurePresent({ ...spec, name: 'renamed' }, makeControl([image])), handle)
      assert.ok(control.checkpoints.length > 0)
      assert.equal((await driver.get(spec))?.power, 'off')
      assert.equal((await driver.list()).find(({ instanceId }) => instanceId === spec.instanceId)?.name, spec.name)
      assert.equal(await machine.virsh('domstate', spec.instanceId), 'shut off')
      assert.equal((await driver.console.readLog(spec, { maxBytes: 1000 })).length, 0)

      await driver.setPower(spec, 'on', {}, makeControl())
      await driver.setPower(spec, 'on', {}, makeControl())
      assert.equal(await machine.virsh('domstate', spec.instanceId), 'running')
      const log = await waitForConsole(driver, spec, 'POLYVISOR-GUEST-UUID')
      assert.match(log, new RegExp(`${up} uptime=`))
      await waitForConsole(driver, spec, `POLYVISOR-GUEST-UUID ${spec.instanceId}`)

      await driver.setPower(spec, 'off', {}, makeControl())
      assert.equal(await machine.virsh('domstate', spec.instanceId), 'shut off')
      await driver.setPower(spec, 'on', {}, makeControl())
      await waitForConsole(driver, spec, up, 2)
      await driver.setPower(spec, 'reset', {}, makeControl())
      await waitForConsole(driver, spec, up, 3)
      assert.equal((await driver.get(spec))?.power, 'on')

      await driver.ensureAbsent(spec, {}, makeControl())
      await driver.ensureAbsent(spec, {}, makeControl())
      assert.equal(await driver.get(spec), null)
      assert.equal(await machine.virsh('list', '--all', '--name'), '')
    })
  }

  test('switches off softly when the guest hears the power button, and tells of it', async () => {
    const spec = await makeSpec(driver, raw)
    const stop = new AbortController()
    const events: DriverEvent[] = []
    const watching = (async () => {
      for await (const event of driver.events(stop.signal)) events.push(event)
    })()
    await driver.ensurePresent(spec, makeControl([raw]))
    await driver.setPower(spec, 'on', {}, makeControl())
    await waitForConsole(driver, spec, up)
    const stats = await driver.stats.read(spec)
    assert.ok(stats.cpuTimeNs > 0 && stats.disks[0]?.id === 'root' && stats.disks[0].readBytes > 0)
    await driver.setPower(spec, 'soft-off', { graceMs: 60_000 }, makeControl())
    assert.match((await driver.console.readLog(spec, { maxBytes: 65_536 })).toString(), /POLYVISOR-GUEST-POWER-BUTTON/)
    assert.equal((await driver.get(spec))?.power, 'off')
    await driver.ensureAbsent(spec, {}, makeControl())
    const kinds = ['defined', 'started', 'stopped', 'undefined'] as const
    await waitUntil('the events', () => (kinds.every((kind) => events.some((e) => e.kind === kind)) ? true : undefined))
    assert.ok(events.every(({ instanceId }) => instanceId === spec.instanceId))
    stop.abort()
    await watching
  })

  test('tells what a running guest consumes, and the figures grow', async () => {
    const spec = await makeSpec(driver, raw)
    await driver.ensurePresent(spec, makeControl([raw]))
    await driver.setPower(spec, 'on', {}, makeControl())
    const first = await driver.stats.read(spec)
    await waitForConsole(driver, spec, up)
    const later = await driver.stats.read(spec)
    assert.ok(later.cpuTimeNs > first.cpuTimeNs, `${later.cpuTimeNs} ns of CPU time after ${first.cpuTimeNs}`)
    assert.ok((later.disks[0]?.readBytes ?? 0) > 4 * 1024 ** 2, 'it read its kernel')
    assert.ok(later.memoryBytes > 16 * 1024 ** 2)
    const [blank = ''] = (await machine.virsh('domstats', '--block', spec.instanceId)).match(/rd\.bytes=\d+/) ?? []
    assert.equal(blank, `rd.bytes=${(await driver.stats.read(spec)).disks[0]?.readBytes}`, 'virsh says the same')
    await driver.ensureAbsent(spec, {}, makeControl())
  })

  test('tells of the end of a guest that it knew only from its list', async () => {
    const spec = await makeSpec(driver, bootSector, { memoryBytes: 32 * 1024 ** 2 })
    await driver.ensurePresent(spec, makeControl([bootSector]))
    await driver.close({ stopDaemon: false })
    driver = await machine.open()
    assert.equal((await driver.list()).length, 1)
    const stop = new AbortController()
    const ended = (async () => {
      for await (const { instanceId, kind } of driver.events(stop.signal)) {
        if (instanceId === spec.instanceId && kind === 'undefined') return
      }
    })()
    await machine.virsh('undefine', spec.instanceId)
    await ended
    stop.abort()
    await driver.ensureAbsent(spec, {}, makeControl())
  })

  test('pauses, suspends to disk and goes on', async () => {
    const spec = await makeSpec(driver, bootSector, { memoryBytes: 64 * 1024 ** 2 })
    await driver.ensurePresent(spec, makeControl([bootSector]))
    await driver.setPower(spec, 'on', {}, makeControl())
    await waitForConsole(driver, spec, bootSectorMarker)
    await driver.pause.pause(spec, makeControl())
    assert.equal(await machine.virsh('domstate', spec.instanceId), 'paused')
    await driver.pause.unpause(spec, makeControl())
    await driver.suspend.suspend(spec, makeControl())
    assert.equal((await driver.get(spec))?.power, 'suspended')
    await driver.suspend.resume(spec, makeControl())
    assert.equal(await machine.virsh('domstate', spec.instanceId), 'running')
    // A deaf guest: the soft way becomes the hard way after its grace.
    await driver.setPower(spec, 'soft-reset', { graceMs: 300 }, makeControl())
    await waitForConsole(driver, spec, bootSectorMarker, 2)
    await driver.setPower(spec, 'soft-off', { graceMs: 300 }, makeControl())
    assert.equal((await driver.get(spec))?.power, 'off')
    await assert.rejects(driver.pause.pause(spec, makeControl()), isError('WRONG_STATE', 'none'))
    await driver.ensureAbsent(spec, {}, makeControl())
  })

  test('gives a guest blank disks, and the bus that its image asks for', async () => {
    for (const bus of ['ide', 'scsi', 'sata', 'usb']) {
      const base = await makeSpec(driver, bootSector, {
        imageProperties: { hw_disk_bus: bus },
        memoryBytes: 64 * 1024 ** 2,
      })
      const blank = { id: 'blank-0', source: { kind: 'blank' }, sizeBytes: 1024 ** 2 } as const
      const spec = { ...base, disks: [...base.disks, blank] }
      await driver.ensurePresent(spec, makeControl([bootSector]))
      await driver.setPower(spec, 'on', {}, makeControl())
      assert.match(await machine.virsh('domblklist', spec.instanceId), /blank-0\.qcow2/)
      assert.match(await machine.virsh('dumpxml', spec.instanceId), new RegExp(`bus='${bus}'`))
      if (bus !== 'usb') await waitForConsole(driver, spec, bootSectorMarker)
      await driver.ensureAbsent(spec, {}, makeControl())
    }
  })

  test('gives a guest its config drive as a CD-ROM, which stays over a resize and goes with it', async () => {
    const base = await makeSpec(driver, bootSector)
    const files = [{ paths: ['openstack/latest/user_data'], base64: Buffer.from('a secret').toString('base64') }]
    const source = { kind: 'config-drive', volumeId: 'config-2', files } as const
    const config = { id: 'config', source, sizeBytes: 1024 ** 2, readOnly: true }
    const spec = { ...base, disks: [...base.disks, config] }
    await driver.ensurePresent(spec, makeControl([bootSector]))
    const iso = join(machine.stateDir, 'instances', spec.instanceId, 'config.iso')
    assert.equal(statSync(iso).mode & 0o777, 0o600)
    const made = readFileSync(iso)
    assert.ok(made.includes('a secret'))
    await driver.setPower(spec, 'on', {}, makeControl())
    await waitForConsole(driver, spec, bootSectorMarker)
    const xml = await machine.virsh('dumpxml', spec.instanceId)
    assert.match(xml, /device='cdrom'[^]*config\.iso[^]*bus='ide'[^]*<readonly\/>/)
    await driver.setPower(spec, 'off', {}, makeControl())
    const kept = { ...config, source: { ...source, files: [] } }
    await driver.resize?.resize({ ...spec, vcpus: 2, disks: [...base.disks, kept] }, makeControl())
    assert.deepEqual(readFileSync(iso), made)
    const huge = [{ paths: ['user_data'], base64: Buffer.alloc(2 * 1024 ** 2).toString('base64') }]
    for (const wrong of [huge, [{ paths: ['../user_data'], base64: '' }]]) {
      const other = { ...spec, instanceId: randomUUID(), disks: [{ ...config, source: { ...source, files: wrong } }] }
      await assert.rejects(driver.ensurePresent(other, makeControl()), isError('INVALID_SPEC', 'none'))
    }
    await driver.ensureAbsent(spec, {}, makeControl())
    assert.ok(!existsSync(iso))
  })

  test('refuses another specification for the same identity, and what it cannot do', async () => {
    const spec = await makeSpec(driver, bootSector)
    await driver.ensurePresent(spec, makeControl([bootSector]))
    await assert.rejects(driver.ensurePresent({ ...spec, vcpus: 2 }, makeControl()), isError('CONFLICT', 'none'))
    await driver.ensureAbsent(spec, {}, makeControl())
    const small = { ...spec, disks: spec.disks.map((disk) => ({ ...disk, sizeBytes: 256 })) }
    await assert.rejects(driver.ensurePresent(small, makeControl()), isError('INVALID_SPEC', 'none'))
    for (const imageProperties of [{ hw_firmware_type: 'openfirmware' }, { os_secure_boot: 'required' }]) {
      const other = { ...spec, imageProperties }
      await assert.rejects(driver.ensurePresent(other, makeControl()), isError('UNSUPPORTED', 'none'))
    }
    await assert.rejects(driver.setPower(spec, 'on', {}, makeControl()), isError('NOT_FOUND', 'none'))
    await assert.rejects(driver.recover({ ...spec, handle: { version: 1, data: null } }), isError('NOT_FOUND'))
  })

  test('leaves nothing behind of an image with another hash', async () => {
    const liar = { ...bootSector, ref: { ...bootSector.ref, imageId: randomUUID(), sha256: '0'.repeat(64) } }
    const spec = await makeSpec(driver, liar)
    await assert.rejects(driver.ensurePresent(spec, makeControl([liar])), isError('IMAGE_BAD', 'none'))
    assert.equal(await driver.get(spec), null)
    assert.equal(await machine.virsh('list', '--all', '--name'), '')
    assert.ok(!readdirSync(join(machine.stateDir, 'cache')).some((name) => name.startsWith('0000')))
    assert.ok(!existsSync(join(machine.stateDir, 'instances', spec.instanceId)))
  })

  test('leaves nothing behind when it is cancelled half way', { timeout: 60_000 }, async () => {
    const stop = new AbortController()
    const spec = await makeSpec(driver, bootSector)
    const control = makeControl([bootSector], stop.signal)
    const images = { open: () => new Promise<never>(() => setTimeout(() => stop.abort(), 50)) }
    const fresh = { ...bootSector.ref, imageId: randomUUID(), sha256: '1'.repeat(64) }
    const disks = [{ id: 'root', source: { kind: 'image', image: fresh }, sizeBytes: 1024 ** 2 }] as const
    await assert.rejects(driver.ensurePresent({ ...spec, disks }, { ...control, images }), isError('CANCELLED', 'none'))
    assert.equal(await driver.get(spec), null)
  })

  test('takes the pid file with it that libvirtd leaves when it dies while it starts a guest', async () => {
    const spec = await makeSpec(driver, bootSector)
    await driver.ensurePresent(spec, makeControl([bootSector]))
    const file = join(machine.stateDir, 'libvirt/r/libvirt/qemu/run', `polyvisor-${spec.instanceId}.pid`)
    await writeFile(file, '999999')
    await driver.ensureAbsent(spec, {}, makeControl())
    assert.ok(!existsSync(file))
  })

  test('neither lists nor touches a domain that is not ours', async () => {
    const uuid = randomUUID()
    const xml = `<domain type='qemu'><name>foreign</name><uuid>${uuid}</uuid><memory>65536</memory><os><type arch='x86_64'>hvm</type></os></domain>`
    const file = join(machine.dir, 'foreign.xml')
    await writeFile(file, xml)
    await machine.virsh('define', file)
    const spec = await makeSpec(driver, bootSector, { instanceId: uuid })
    assert.deepEqual(await driver.list(), [])
    assert.equal(await driver.get(spec), null)
    await assert.rejects(driver.ensurePresent(spec, makeControl([bootSector])), isError('CONFLICT', 'none'))
    await assert.rejects(driver.setPower(spec, 'on', {}, makeControl()), isError('NOT_FOUND', 'none'))
    await driver.ensureAbsent(spec, {}, makeControl())
    assert.equal(await machine.virsh('domstate', uuid), 'shut off')
    await machine.virsh('undefine', uuid)
  })

  test('makes several guests at once from one copy of the image', async () => {
    const image = await makeBytesImage(machine.dir, Buffer.concat([makeBootSector('PARALLEL'), Buffer.alloc(512)]))
    let opened = 0
    const control = makeControl([image])
    const counting = {
      ...control,
      images: { open: (...args: Parameters<typeof control.images.open>) => (opened++, control.images.open(...args)) },
    }
    const specs = await Promise.all(
      Array.from({ length: 4 }, () => makeSpec(driver, image, { memoryBytes: 32 * 1024 ** 2 })),
    )
    await Promise.all(specs.map((spec) => driver.ensurePresent(spec, counting)))
    assert.equal(opened, 1)
    await Promise.all(specs.map((spec) => driver.setPower(spec, 'on', {}, makeControl())))
    assert.equal((await driver.list()).filter(({ power }) => power === 'on').length, 4)
    await Promise.all(specs.map((spec) => driver.ensureAbsent(spec, {}, makeControl())))
  })
})
