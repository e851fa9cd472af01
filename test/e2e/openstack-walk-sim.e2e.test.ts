import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { OpenstackClient, openstackMissing } from '../support/openstack-client.ts'
import { walk } from '../support/openstack-walk.ts'
import { removeDataDir, startService } from '../support/start-service.ts'

test(
  'Debian’s openstack client walks from a token to a deleted server on simulated hosts',
  { skip: openstackMissing },
  async (t) => {
    const service = await startService({ args: ['--driver', 'sim'] })
    t.after(async () => {
      assert.equal(await service.stop(), 0, service.logs())
      await removeDataDir(service.dataDir)
    })
    await t.test('the installed command says what its forks say', async () => {
      const client = new OpenstackClient(service.openrc)
      const arguments_ = ['catalog', 'list', '-f', 'json']
      assert.equal(await client.runInstalled(...arguments_), await client.run(...arguments_))
    })
    const imageFile = join(service.dataDir, 'walk.raw')
    await writeFile(imageFile, Buffer.alloc(1024 * 1024, 'polyvisor'))
    await walk(t, service, { imageFile, hypervisorType: 'sim', withFaces: true })
  },
)
