// One database is enough: each command costs a second, and tempest's compute tests run on both.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { OpenstackClient, openstackMissing } from '../support/openstack-client.ts'
import { computeWalk } from '../support/openstack-walk-compute.ts'
import { createFlavor, uploadImage, waitForHosts } from '../support/servers.ts'
import { removeDataDir, startService } from '../support/start-service.ts'

test(
  'Debian’s openstack client does what compute offers beyond one server’s life',
  { skip: openstackMissing },
  async (t) => {
    const service = await startService({
      args: ['--driver', 'sim'],
      environment: { POLYVISOR_DRIVER_CONFIG: JSON.stringify({ sim: { nodes: 2 } }) },
    })
    t.after(async () => {
      assert.equal(await service.stop(), 0, service.logs())
      await removeDataDir(service.dataDir)
    })
    const api = await service.client()
    await waitForHosts(api, undefined, 2)
    const file = join(service.dataDir, 'image.raw')
    await writeFile(file, Buffer.alloc(64 * 1024, 'polyvisor'))
    const image = await uploadImage(api, file)
    const flavor = await createFlavor(api, 'walk-small')
    const steps = computeWalk(new OpenstackClient(service.openrc), { image, flavor })
    for (const [name, step] of steps) await t.test(name, step)
  },
)
