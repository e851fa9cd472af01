/** Snapshots of a guest that runs: a copy is whole as soon as it is said to be, on a busy machine too. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { QemuDriver } from '../../drivers/qemu/driver.ts'
import { makeBootSector } from '../../scripts/make-boot-sector.ts'
import type { VmSpec } from '../../src/driver/index.ts'
import {
  makeBytesImage,
  makeControl,
  makeMachine,
  makeSpec,
  skipReason,
  waitForConsole,
  type Machine,
  type TestImage,
} from './qemu-fixture.ts'

const diskBytes = 1024 ** 2
/** Of some twenty copies of such small disks one used to be read before QEMU had written it. */
const copies = 60

describe('snapshots of a guest that runs', { skip: skipReason, timeout: 200_000 }, () => {
  let machine: Machine
  let driver: QemuDriver
  let image: TestImage
  let content: Buffer

  before(async () => {
    machine = await makeMachine()
    driver = await machine.open()
    const sector = makeBootSector()
    content = Buffer.concat([sector, Buffer.alloc(diskBytes - sector.length)])
    image = await makeBytesImage(machine.dir, content)
  })
  after(() => machine.dispose(driver))

  test('one after the other they are what the disk holds', async () => {
    const spec = await makeSpec(driver, image)
    await driver.ensurePresent(spec, makeControl([image]))
    await driver.setPower(spec, 'on', {}, makeControl())
    await waitForConsole(driver, spec, 'POLYVISOR-BOOT-SECTOR')
    const wanted = hashOf(content)
    for (let copy = 1; copy <= copies; copy++) assert.equal(await hashOfSnapshot(spec), wanted, `copy ${copy}`)
    await driver.ensureAbsent(spec, {}, makeControl())
  })

  /** As qemu-img reads it. */
  async function hashOfSnapshot(spec: VmSpec): Promise<string> {
    const [from, to] = [join(machine.dir, 'copy.qcow2'), join(machine.dir, 'copy.raw')]
    const chunks: Buffer[] = []
    const wanted = { diskId: 'root', format: 'qcow2' } as const
    for await (const chunk of driver.snapshot.read(spec, wanted, makeControl())) chunks.push(Buffer.from(chunk))
    await writeFile(from, Buffer.concat(chunks))
    await promisify(execFile)('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', from, to])
    const bytes = (await readFile(to)).subarray(0, diskBytes)
    await Promise.all([from, to].map((path) => rm(path)))
    return hashOf(bytes)
  }
})

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
