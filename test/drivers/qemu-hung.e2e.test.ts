/** One guest's QEMU hangs (SIGSTOP): all others are shown and changed as ever, and the one that hangs can be removed. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { QemuDriver } from '../../drivers/qemu/driver.ts'
import { makeBootSector } from '../../scripts/make-boot-sector.ts'
import { DriverError, type VmSpec } from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import type { Machine, TestImage } from './qemu-fixture.ts'
import { makeBytesImage, makeControl, makeMachine, makeSpec, skipReason } from './qemu-fixture.ts'

const answerMs = 3_000

function hasCode(...codes: readonly string[]): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof DriverError, String(error))
    assert.ok(codes.includes(error.code), String(error))
    return true
  }
}

describe('a guest whose QEMU hangs', { skip: skipReason, timeout: 300_000 }, () => {
  let machine: Machine
  let driver: QemuDriver
  let image: TestImage
  let other: VmSpec

  before(async () => {
    machine = await makeMachine({ answerMs })
    driver = await machine.open()
    image = await makeBytesImage(machine.dir, makeBootSector())
    other = await start()
  })
  after(async () => {
    await driver.ensureAbsent(other, {}, makeControl())
    await machine.dispose(driver)
  })

  async function start(): Promise<VmSpec> {
    const spec = await makeSpec(driver, image, { memoryBytes: 32 * 1024 ** 2 })
    await driver.ensurePresent(spec, makeControl([image]))
    await driver.setPower(spec, 'on', {}, makeControl())
    return spec
  }

  async function startHung(): Promise<VmSpec> {
    const spec = await start()
    process.kill(pidOf(spec), 'SIGSTOP')
    return spec
  }

  /** Others, all while `waiting` goes on. */
  async function othersGoOn(waiting: Promise<unknown>): Promise<void> {
    let isOver = false
    const over = waiting.then(
      () => (isOver = true),
      () => (isOver = true),
    )
    assert.equal((await driver.get(other))?.power, 'on')
    assert.ok((await driver.stats.read(other)).memoryBytes > 0)
    await driver.pause.pause(other, makeControl())
    assert.equal((await driver.get(other))?.power, 'paused')
    await driver.pause.unpause(other, makeControl())
    assert.ok((await driver.list()).some(({ instanceId }) => instanceId === other.instanceId))
    assert.equal(isOver, false, 'the call was over before the others were')
    await over
  }

  test('answers BUSY to questions, is shown as it is, and holds up nobody; it goes on once it does not hang any more', async () => {
    const hung = await startHung()
    const first = driver.stats.read(hung)
    first.catch(() => undefined)
    await othersGoOn(first)
    await assert.rejects(first, hasCode('BUSY'))
    // Asked again and again, which takes libvirtd no further thread.
    await Promise.all(Array.from({ length: 20 }, () => assert.rejects(driver.stats.read(hung), hasCode('BUSY'))))
    await assert.rejects(driver.screenshot.take(hung), hasCode('BUSY'))
    await assert.rejects(driver.pause.pause(hung, makeControl()), hasCode('BUSY', 'TIMEOUT'))
    assert.equal((await driver.get(hung))?.power, 'on')
    process.kill(pidOf(hung), 'SIGCONT')
    await waitUntil('an answer', () => driver.stats.read(hung).catch(() => undefined))
    await driver.ensureAbsent(hung, {}, makeControl())
  })

  test('is switched off and on', async () => {
    const hung = await startHung()
    await assert.rejects(driver.stats.read(hung), hasCode('BUSY'))
    await driver.setPower(hung, 'off', {}, makeControl())
    await driver.setPower(hung, 'on', {}, makeControl())
    assert.ok((await driver.stats.read(hung)).memoryBytes > 0)
    await driver.ensureAbsent(hung, {}, makeControl())
  })

  test('is removed while a question waits for it, and holds up nobody', async () => {
    const hung = await startHung()
    const question = driver.stats.read(hung)
    question.catch(() => undefined)
    const removal = driver.ensureAbsent(hung, {}, makeControl())
    await othersAreShown()
    await removal
    await assert.rejects(question, hasCode('BUSY', 'HYPERVISOR', 'WRONG_STATE', 'NOT_FOUND'))
    assert.equal(await driver.get(hung), null)
  })

  test('a change of it says that it may have happened', async () => {
    const hung = await startHung()
    const change = driver.pause.pause(hung, makeControl())
    change.catch(() => undefined)
    await othersGoOn(change)
    await assert.rejects(
      change,
      (error) => error instanceof DriverError && error.code === 'TIMEOUT' && error.effect === 'unknown',
    )
    await driver.ensureAbsent(hung, {}, makeControl())
  })

  test('holds up nobody when it hangs while it is suspended to disk', async () => {
    const hung = await startHung()
    const suspend = driver.suspend.suspend(hung, makeControl())
    suspend.catch(() => undefined)
    await othersGoOn(suspend)
    await assert.rejects(suspend, hasCode('TIMEOUT'))
    await driver.ensureAbsent(hung, {}, makeControl())
  })

  async function othersAreShown(): Promise<void> {
    assert.equal((await driver.get(other))?.power, 'on')
    assert.ok((await driver.stats.read(other)).memoryBytes > 0)
  }
})

function pidOf({ instanceId }: VmSpec): number {
  const pid = readdirSync('/proc').find((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`-uuid\0${instanceId}`)
    } catch {
      return false
    }
  })
  assert.ok(pid !== undefined, 'the guest has no process')
  return Number(pid)
}
