import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { QemuDriver } from '../../drivers/qemu/driver.ts'
import { bootSectorMarker, makeBootSector } from '../../scripts/make-boot-sector.ts'
import { DriverError } from '../../src/driver/index.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import type { CrashRequest } from './qemu-crash-child.ts'
import type { Machine, TestImage } from './qemu-fixture.ts'
import {
  makeBytesImage,
  makeControl,
  makeMachine,
  makeSpec,
  processesNaming,
  skipReason,
  waitForConsole,
} from './qemu-fixture.ts'

const program = fileURLToPath(new URL('./qemu-crash-child.ts', import.meta.url))
/** More than ensurePresent makes; calls beyond its last one kill nobody. */
const mostNativeCalls = 12

function start(request: CrashRequest): ChildProcess {
  const flags = ['--disable-warning=ExperimentalWarning', program, JSON.stringify(request)]
  return spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** As the core does: once more when the hypervisor was out of reach. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DriverError && error.code === 'UNREACHABLE')) throw error
    return await work()
  }
}

describe('the qemu driver after a crash', { skip: skipReason, timeout: 240_000 }, () => {
  let machine: Machine
  let driver: QemuDriver
  let image: TestImage

  before(async () => {
    machine = await makeMachine()
    driver = await machine.open()
    image = await makeBytesImage(machine.dir, makeBootSector())
    await driver.list()
  })
  after(() => machine.dispose(driver))

  /** The service dies in ensurePresent, a new one calls it again: one whole guest. */
  async function resumeAfter(crash: (request: CrashRequest) => Promise<void>, config: JsonObject): Promise<void> {
    await driver.close({ stopDaemon: false })
    const { stateDir } = machine
    const spec = await makeSpec(driver, image, { memoryBytes: 32 * 1024 ** 2 })
    await crash({ stateDir, config: { daemon: 'own', ...config }, spec, imagePath: image.path })
    driver = await machine.open()
    const halves = readdirSync(join(stateDir, 'cache')).filter((name) => name.endsWith('.part'))
    assert.deepEqual(halves, [])
    const handle = await driver.ensurePresent(spec, makeControl([image]))
    assert.deepEqual(
      (await driver.list()).map(({ instanceId, power }) => [instanceId, power]),
      [[spec.instanceId, 'off']],
    )
    assert.deepEqual(await driver.recover({ ...spec, handle }), handle)
    assert.deepEqual(readdirSync(join(stateDir, 'instances')), [spec.instanceId])
    await driver.ensureAbsent(spec, {}, makeControl())
    assert.equal(await machine.virsh('list', '--all', '--name'), '')
  }

  for (let call = 1; call <= mostNativeCalls; call++) {
    test(`goes on when the service died after native call ${call}`, async () => {
      const fault = { dieAfterNativeCall: call, victim: 'service' }
      await resumeAfter(
        async (request) => {
          await once(start(request), 'exit')
        },
        { fault },
      )
    })
  }

  test('goes on when the service died in the middle of an image, and lists the half-built guest', async () => {
    image = await makeBytesImage(machine.dir, Buffer.concat([makeBootSector(), Buffer.alloc(4 * 1024 ** 2, 7)]))
    await resumeAfter(async (request) => {
      const child = start({ ...request, stallAfterBytes: 1024 ** 2 })
      assert.ok(child.stdout)
      await once(child.stdout, 'data')
      child.kill('SIGKILL')
      await once(child, 'exit')
      driver = await machine.open()
      assert.deepEqual(
        (await driver.list()).map(({ power }) => power),
        ['building'],
      )
      await driver.close({ stopDaemon: false })
    }, {})
  })

  for (let call = 1; call <= 2 * mostNativeCalls; call++) {
    test(`goes on when the libvirt child died after native call ${call}`, async () => {
      await driver.close({ stopDaemon: false })
      driver = await machine.open({ fault: { dieAfterNativeCall: call, victim: 'child' } })
      const spec = await makeSpec(driver, image, { memoryBytes: 32 * 1024 ** 2 })
      await again(() => driver.ensurePresent(spec, makeControl([image])))
      assert.equal((await again(() => driver.list())).length, 1)
      await again(() => driver.ensureAbsent(spec, {}, makeControl()))
      assert.deepEqual(await driver.list(), [])
    })
  }

  test('guests outlive the service and the daemon', async () => {
    const spec = await makeSpec(driver, image, { memoryBytes: 32 * 1024 ** 2 })
    const handle = await driver.ensurePresent(spec, makeControl([image]))
    await driver.setPower(spec, 'on', {}, makeControl())
    await waitForConsole(driver, spec, bootSectorMarker)
    await driver.close()
    assert.ok(
      processesNaming(machine.stateDir).some((line) => line.includes('libvirtd')),
      'the daemon stays while guests run',
    )
    driver = await machine.open()
    assert.deepEqual(await driver.recover({ ...spec, handle }), handle)
    await driver.close({ stopDaemon: true })
    assert.ok(processesNaming(machine.stateDir).some((line) => line.includes('qemu-system')))
    driver = await machine.open()
    assert.equal((await driver.get(spec))?.power, 'on')
    // libvirtd killed under us: the connection finds a new one.
    const before = processesNaming(machine.stateDir).length
    await machine.killDaemon()
    await waitUntil(
      'libvirt again',
      async () => ((await driver.list().catch(() => [])).length === 1 ? true : undefined),
      { timeoutMs: 30_000 },
    )
    assert.equal(processesNaming(machine.stateDir).length, before)
    assert.equal((await driver.get(spec))?.power, 'on')
    await driver.ensureAbsent(spec, {}, makeControl())
  })
})
