/** Attach and detach with a Linux guest, which lets go of devices: what the kit's boot sector cannot show. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { QemuDriver } from '../../drivers/qemu/driver.ts'
import type { DiskSpec, NicSpec, VmSpec } from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { makeControl, makeGuestImage, makeMachine, makeSpec, skipReason, waitForConsole } from './qemu-fixture.ts'
import type { Machine, TestImage } from './qemu-fixture.ts'

const disk: DiskSpec = { id: 'blank-0', source: { kind: 'blank' }, sizeBytes: 1024 ** 2 }
const nic: NicSpec = { id: 'nic-0', macAddress: '52:54:00:6f:76:39', network: { kind: 'none' } }

/** Waits until the guest itself counts that many devices on its PCI buses. @returns what it counts, whatever that is, without it */
async function pciDevicesIn(driver: QemuDriver, spec: VmSpec, wanted?: number): Promise<number> {
  const serial = await driver.remoteConsole.open(spec, 'serial')
  const turn = randomUUID() // lines of an earlier question may still be on their way
  let seen = ''
  serial.on('data', (bytes: Buffer) => (seen += bytes.toString('latin1')))
  try {
    return await waitUntil(
      `the guest to count ${wanted ?? ''} PCI devices`,
      async () => {
        serial.write(`\necho "${turn}"=$(ls /sys/bus/pci/devices | wc -l)\n`)
        const found = [...seen.matchAll(new RegExp(`${turn}=(\\d+)`, 'g'))].at(-1)?.[1]
        return found !== undefined && (wanted === undefined || Number(found) === wanted) ? Number(found) : undefined
      },
      { everyMs: 250, timeoutMs: 20_000 },
    )
  } finally {
    serial.destroy()
  }
}

describe('the qemu driver changes the devices of a Linux guest', { skip: skipReason, timeout: 300_000 }, () => {
  let machine: Machine
  let driver: QemuDriver
  let image: TestImage

  before(async () => {
    machine = await makeMachine()
    driver = await machine.open()
    image = await makeGuestImage(machine.dir)
  })
  after(() => machine.dispose(driver))

  for (const hw_machine_type of ['pc', 'q35']) {
    test(`${hw_machine_type}: a guest that runs sees a disk and a NIC come and go`, async () => {
      const spec = await makeSpec(driver, image, { imageProperties: { hw_machine_type } })
      const whole = { ...spec, disks: [...spec.disks, disk], nics: [nic] }
      const withDisk = { ...whole, nics: [] }
      const path = join(machine.stateDir, 'instances', spec.instanceId, 'blank-0.qcow2')
      const counts = (count: number): Promise<number> => pciDevicesIn(driver, spec, count)

      await driver.ensurePresent(spec, makeControl([image]))
      await driver.setPower(spec, 'on', {}, makeControl())
      await waitForConsole(driver, spec, 'POLYVISOR-GUEST-UP')
      const before = await pciDevicesIn(driver, spec)

      await driver.disks.attach(withDisk, disk.id, makeControl())
      await driver.nics.attach(whole, nic.id, makeControl())
      assert.match(await machine.virsh('domblklist', spec.instanceId), /blank-0\.qcow2/)
      assert.match(await machine.virsh('domif-getlink', spec.instanceId, nic.macAddress), /down/)
      await counts(before + 2)

      await driver.nics.detach(whole, nic.id, makeControl())
      await driver.disks.detach(withDisk, disk.id, makeControl())
      assert.doesNotMatch(await machine.virsh('domblklist', spec.instanceId), /blank-0\.qcow2/)
      assert.equal(await machine.virsh('domiflist', spec.instanceId), '')
      assert.equal(existsSync(path), false, 'the file of the disk was left')
      await counts(before)

      // An attach that is cut short leaves the guest with the disk: detach takes it away, whatever the definition says.
      const stop = new AbortController()
      const control = makeControl([], stop.signal)
      const cut = {
        ...control,
        progress: ({ phase }: { readonly phase: string }) => phase === 'define' && stop.abort(),
      }
      await assert.rejects(driver.disks.attach(withDisk, disk.id, cut), { code: 'CANCELLED', effect: 'partial' })
      assert.match(await machine.virsh('domblklist', spec.instanceId), /blank-0\.qcow2/)
      await driver.disks.detach(withDisk, disk.id, makeControl())
      assert.doesNotMatch(await machine.virsh('domblklist', spec.instanceId), /blank-0\.qcow2/)
      assert.equal(existsSync(path), false)

      await driver.disks.attach(withDisk, disk.id, makeControl())
      await counts(before + 1)
      // One that the guest lost without us comes back.
      await machine.virsh('detach-disk', '--live', spec.instanceId, path)
      await waitUntil('the guest to let go', async () =>
        (await machine.virsh('domblklist', spec.instanceId)).includes('blank-0') ? undefined : true,
      )
      await driver.disks.attach(withDisk, disk.id, makeControl())
      await counts(before + 1)
      await driver.ensureAbsent(spec, {}, makeControl())
    })
  }
})
