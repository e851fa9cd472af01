// One database is enough: what differs from the walk on simulated hosts is the hypervisor.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openstackMissing } from '../support/openstack-client.ts'
import { walk } from '../support/openstack-walk.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import { removeDataDir, startService } from '../support/start-service.ts'
import { guestMarker, makeTestGuest } from '../support/test-guest.ts'

const skip = openstackMissing || qemuMissing

test('Debian’s openstack client walks from a token to a deleted server on real QEMU guests', { skip }, async (t) => {
  const service = await startService({ args: ['--driver', 'qemu'] })
  t.after(async () => {
    assert.equal(await service.stop(), 0, service.logs())
    await removeDataDir(service.dataDir)
  })
  const imageFile = await makeTestGuest(service.dataDir)
  await walk(t, service, { imageFile, consoleMarker: guestMarker, hypervisorType: 'QEMU' })
})
