/** What an image and the operator say about the virtual hardware, with libvirt's own word on what there is. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { QemuDriver } from '../../drivers/qemu/driver.ts'
import { DriverError, type VmSpec } from '../../src/driver/index.ts'
import { makeBytesImage, makeControl, makeMachine, makeSpec, skipReason } from './qemu-fixture.ts'
import type { Machine, TestImage } from './qemu-fixture.ts'

const run = promisify(execFile)
const bootSectorScript = fileURLToPath(new URL('../../scripts/make-boot-sector.ts', import.meta.url))

describe('the hardware of QEMU guests', { skip: skipReason, timeout: 300_000 }, () => {
  let machine: Machine
  let driver: QemuDriver
  let image: TestImage

  before(async () => {
    machine = await makeMachine({ accel: 'tcg' })
    driver = await machine.open()
    await driver.list() // its libvirtd is there for virsh too
    const path = join(machine.dir, 'boot.raw')
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', bootSectorScript, path])
    image = await makeBytesImage(machine.dir, await readFile(path))
  })
  afterEach(async () => {
    for (const vm of await driver.list()) await driver.ensureAbsent(vm, {}, makeControl())
  })
  after(() => machine.dispose(driver))

  const started = async (changes: Partial<VmSpec>): Promise<{ readonly spec: VmSpec; readonly xml: string }> => {
    const spec = await makeSpec(driver, image, { memoryBytes: 32 * 1024 ** 2, ...changes })
    await driver.ensurePresent(spec, makeControl([image]))
    await driver.setPower(spec, 'on', {}, makeControl())
    return { spec, xml: await machine.virsh('dumpxml', spec.instanceId) }
  }
  const refused = async (changes: Partial<VmSpec>): Promise<DriverError> => {
    const spec = await makeSpec(driver, image, changes)
    const error = await driver.ensurePresent(spec, makeControl([image])).then(
      () => assert.fail('it was made'),
      (reason: unknown) => reason,
    )
    assert.ok(error instanceof DriverError)
    assert.equal(error.effect, 'none')
    assert.equal(await driver.get(spec), null)
    return error
  }

  for (const hw_machine_type of ['pc', 'q35'])
    for (const hw_video_model of ['vga', 'virtio', 'qxl', 'cirrus', 'bochs'])
      test(`${hw_machine_type} with ${hw_video_model}: it has it, and a screen, or a refusal lists what there is`, async () => {
        const spec = { imageProperties: { hw_machine_type, hw_video_model } }
        const models = await machine.virsh('domcapabilities', '--arch', 'x86_64', '--machine', hw_machine_type)
        if (!new RegExp(`modelType[^]*?<value>${hw_video_model}<[^]*?</enum>`).test(models)) {
          const error = await refused(spec)
          assert.equal(error.code, 'UNSUPPORTED')
          assert.match(error.publicMessage, new RegExp(`no video model ${hw_video_model}; it has .*vga`))
          return
        }
        const { spec: vm, xml } = await started(spec)
        assert.match(xml, new RegExp(`<video>\\s*<model type='${hw_video_model}'`))
        assert.ok((await driver.screenshot.take(vm)).length > 0)
      })

  test('without video there is neither a screen nor a picture of one', async () => {
    const { spec, xml } = await started({ imageProperties: { hw_video_model: 'none' } })
    assert.doesNotMatch(xml, /<graphics/)
    await assert.rejects(driver.screenshot.take(spec), { code: 'UNSUPPORTED', effect: 'none' })
    await assert.rejects(driver.remoteConsole.open(spec, 'vnc'), { code: 'UNSUPPORTED', effect: 'none' })
    ;(await driver.remoteConsole.open(spec, 'serial')).destroy()
  })

  test('limits of disks are kept: the guest’s own QEMU has them; of CPU time they are refused where nobody keeps them', async () => {
    const disk = { readBytes: 1_048_576, writeBytes: 2_097_152, totalRequests: 100 }
    const nics = [{ id: 'nic-0', macAddress: '52:54:00:6f:76:39', network: { kind: 'none' } }]
    const nic = { inbound: { average: 1000, burst: 2000 } }
    assert.deepEqual(driver.capabilities().limitable, ['disk', 'nic'])
    const { spec, xml } = await started({ limits: { disk, nic }, nics })
    assert.match(xml, /<bandwidth>\s*<inbound average='1000' burst='2000'\/>/)
    const says = async (target: string): Promise<readonly number[]> => {
      const told = await machine.virsh('blkdeviotune', spec.instanceId, target)
      return ['read_bytes_sec', 'write_bytes_sec', 'total_iops_sec', 'total_bytes_sec'].map((name) =>
        Number(new RegExp(`^${name}\\s*: (\\d+)`, 'm').exec(told)?.[1]),
      )
    }
    assert.deepEqual(await says('vda'), [1_048_576, 2_097_152, 100, 0])
    const blank = { id: 'blank-0', source: { kind: 'blank' }, sizeBytes: 1024 ** 2 } as const
    await driver.disks.attach({ ...spec, disks: [...spec.disks, blank] }, blank.id, makeControl([image]))
    assert.deepEqual(await says('vdb'), [1_048_576, 2_097_152, 100, 0])
    const cpu = await refused({ limits: { cpu: { shares: 5 } } })
    assert.deepEqual([cpu.code, /control groups/.test(cpu.publicMessage)], ['UNSUPPORTED', true])
    const user = [{ ...nics[0], id: 'nic-0', macAddress: '52:54:00:6f:76:39', network: { kind: 'user' } }]
    assert.equal((await refused({ limits: { nic }, nics: user })).code, 'UNSUPPORTED')
  })

  test('what the host has not is refused with what it has', async () => {
    const video = await refused({ imageProperties: { hw_video_model: 'voodoo' } })
    assert.deepEqual([video.code, /voodoo.*vga, virtio/.test(video.publicMessage)], ['UNSUPPORTED', true])
    const type = await refused({ imageProperties: { hw_machine_type: 'pc-i440fx-99' } })
    assert.equal(type.code, 'UNSUPPORTED')
    assert.match(type.publicMessage, /no machine type pc-i440fx-99; it has .*\bpc, .*\bq35\b/)
    assert.equal((await refused({ imageProperties: { hw_machine_type: '<pc>' } })).code, 'INVALID_SPEC')
  })

  test('the operator chooses the CPU: that of the host, or the first of a list that guests can have', async () => {
    const cpuWith = async (config: object): Promise<string> => {
      await driver.close({ stopDaemon: false })
      driver = await machine.open({ ...config })
      const { spec } = await started({})
      const xml = await machine.virsh('dumpxml', '--inactive', spec.instanceId)
      return /<cpu [^]*?(?:\/>|<\/cpu>)/.exec(xml)?.[0] ?? ''
    }
    assert.match(await cpuWith({}), /mode='maximum'/)
    assert.match(await cpuWith({ cpuMode: 'host-passthrough' }), /mode='maximum'/)
    assert.match(await cpuWith({ cpuMode: 'host-model' }), /mode='host-model'/)
    const custom = await cpuWith({ cpuMode: 'custom', cpuModels: ['NoSuchModel', 'Nehalem', 'qemu64'] })
    assert.match(custom, /mode='custom'[^]*<model fallback='forbid'>Nehalem</)
    await driver.close({ stopDaemon: false })
    driver = await machine.open({ cpuMode: 'custom', cpuModels: ['NoSuchModel'] })
    const error = await refused({})
    assert.equal(error.code, 'UNSUPPORTED')
    assert.match(error.publicMessage, /none of the CPU models NoSuchModel; it can give .*Nehalem/)
    await driver.close({ stopDaemon: false })
    driver = await machine.open()
  })
})
