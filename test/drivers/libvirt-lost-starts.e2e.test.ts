/** libvirtd of our own is started once, and its successor finds nothing of a start that it died in. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { LibvirtDaemon } from '../../drivers/libvirt/daemon.ts'
import { chooseGuestUser } from '../../drivers/libvirt/guest-user.ts'
import type { QemuDriver } from '../../drivers/qemu/driver.ts'
import { bootSectorMarker, makeBootSector } from '../../scripts/make-boot-sector.ts'
import type { VmSpec } from '../../src/driver/index.ts'
import { silentLogger } from '../../src/util/logger.ts'
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

describe('starts that libvirtd died in', { skip: skipReason, timeout: 120_000 }, () => {
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

  const emulators = (): string[] => processesNaming(machine.stateDir).filter((line) => line.includes('qemu-system'))

  /** A guest that runs, while nobody is connected to libvirtd. @returns its status file */
  async function alone(): Promise<{ spec: VmSpec; status: string }> {
    const spec = await makeSpec(driver, image, { memoryBytes: 32 * 1024 ** 2 })
    await driver.ensurePresent(spec, makeControl([image]))
    await driver.setPower(spec, 'on', {}, makeControl())
    await waitForConsole(driver, spec, bootSectorMarker)
    await driver.close({ stopDaemon: false })
    const folder = join(machine.stateDir, 'libvirt/r/libvirt/qemu/run')
    const name = readdirSync(folder).find((each) => each.endsWith(`${spec.instanceId}.xml`))
    return { spec, status: join(folder, name ?? assert.fail('the guest has no status')) }
  }

  for (const [what, spoil] of [
    // Of one that was coming in a migration: libvirtd neither ends it nor forgets it.
    ['has a status without a process', (status: string) => writeFile(status, withoutProcess(status))],
    ['has no status', (status: string) => rm(status)],
  ] as const)
    test(`a guest that ${what} is off, runs nowhere, and can be started`, async () => {
      const { spec, status } = await alone()
      await machine.killDaemon()
      await spoil(status)
      driver = await machine.open()
      assert.equal((await driver.get(spec))?.power, 'off')
      assert.deepEqual(emulators(), [])
      await driver.setPower(spec, 'on', {}, makeControl())
      await waitForConsole(driver, spec, bootSectorMarker, 2)
      await driver.ensureAbsent(spec, {}, makeControl())
    })

  const openDaemon = async (): Promise<LibvirtDaemon> => {
    const { stateDir } = machine
    const user = await chooseGuestUser(undefined)
    return new LibvirtDaemon({ stateDir, user, hostUuid: crypto.randomUUID(), log: silentLogger })
  }
  const { signal } = new AbortController()

  test('connections that all miss libvirtd start one', async () => {
    await driver.close({ stopDaemon: false })
    await machine.killDaemon()
    const log = join(machine.stateDir, 'libvirtd.log')
    const from = readFileSync(log).length
    const daemon = await openDaemon()
    await Promise.all(Array.from({ length: 5 }, () => daemon.ensureRunning(signal)))
    assert.doesNotMatch(readFileSync(log).subarray(from).toString(), /pid file/)
    driver = await machine.open()
  })

  test('a libvirtd that lives and does not answer keeps its guests', async () => {
    const { spec, status } = await alone()
    const socket = join(machine.stateDir, 'libvirt/r/libvirt/libvirt-sock')
    const daemon = await openDaemon()
    const kept = `${status}-kept`
    await rename(socket, `${socket}-away`)
    await rename(status, kept) // as between the emulator's start and libvirtd's first word of it
    await assert.rejects(daemon.ensureRunning(signal), /libvirtd ended with 1/)
    assert.equal(emulators().length, 1)
    await rename(kept, status)
    await rename(`${socket}-away`, socket)
    driver = await machine.open()
    assert.equal((await driver.get(spec))?.power, 'on')
    await driver.ensureAbsent(spec, {}, makeControl())
  })
})

/** As libvirt writes it between the beginning of an incoming migration and QEMU's first sign of life. */
function withoutProcess(path: string): string {
  const job = "<job type='none' async='migration in' phase='prepare' flags='0x22b'/>"
  const status = readFileSync(path, 'utf8')
  const changed = status
    .replace(/<domstatus [^>]*>/, "<domstatus state='paused' reason='starting up' pid='0'>")
    .replace('<libDir', `${job}<libDir`)
  assert.ok(changed.includes("pid='0'") && changed.includes(job))
  return changed
}
