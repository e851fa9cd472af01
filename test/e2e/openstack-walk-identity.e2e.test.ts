// One database is enough: each command costs a second, and tempest's identity tests run on both.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OpenstackClient, openstackMissing } from '../support/openstack-client.ts'
import { delegationWalk } from '../support/openstack-walk-delegation.ts'
import { identityWalk } from '../support/openstack-walk-identity.ts'
import { imageWalk } from '../support/openstack-walk-images.ts'
import { removeDataDir, startService } from '../support/start-service.ts'

test(
  'Debian’s openstack client does an operator’s work on identity and images',
  { skip: openstackMissing },
  async (t) => {
    const service = await startService({ args: ['--driver', 'sim'] })
    t.after(async () => {
      assert.equal(await service.stop(), 0, service.logs())
      await removeDataDir(service.dataDir)
    })
    // Each step takes away what it made: one that fails does not fail the others.
    const openstack = new OpenstackClient(service.openrc)
    const steps = [...imageWalk(openstack), ...identityWalk(openstack), ...delegationWalk(openstack)]
    for (const [name, step] of steps) await t.test(name, step)
  },
)
