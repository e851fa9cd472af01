/** One service with hosts of three kinds: Debian's client sees them all, and properties of images say where servers run. */
// One database is enough: it is about hypervisors; the scheduler runs on both databases elsewhere.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ApiClient } from '../../src/cli/api-client.ts'
import type { components } from '../../src/contract/types.gen.ts'
import { OpenstackClient, openstackMissing } from '../support/openstack-client.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import {
  createFlavor,
  deleteServer,
  listServers,
  uploadImage,
  waitForConsole,
  waitForHosts,
} from '../support/servers.ts'
import { makeDataDir, removeDataDir, startService, type SpawnedService } from '../support/start-service.ts'
import { guestMarker, makeTestGuest, makeUmlGuest } from '../support/test-guest.ts'
import { umlMissing } from '../support/uml-missing.ts'

const drivers = ['qemu', 'uml', 'sim'] as const

interface Row {
  readonly [column: string]: unknown
}

describe(
  'QEMU, User-Mode Linux and simulated hosts in one service',
  {
    skip: openstackMissing || qemuMissing || umlMissing,
    timeout: 600_000,
  },
  () => {
    let dataDir: string
    let service: SpawnedService
    let client: ApiClient
    let openstack: OpenstackClient
    let flavor: string
    /** The client's list, which costs a second or more. */
    let hypervisors: readonly Row[]

    before(async () => {
      dataDir = await makeDataDir()
      const args = drivers.flatMap((driver) => ['--driver', driver])
      service = await startService({ args: [...args, '--log-level', 'warn'], dataDir })
      client = await service.client()
      openstack = new OpenstackClient(service.openrc)
      flavor = await createFlavor(client, 'small')
      await waitForHosts(client, undefined, drivers.length)
      hypervisors = await openstack.json<readonly Row[]>('hypervisor', 'list')
    })
    after(async () => {
      for (const { id } of await listServers(client)) await deleteServer(client, id)
      await service.stop()
      await removeDataDir(dataDir)
    })

    test('the client lists them all, each by its kind and under a name of its own', () => {
      assert.deepEqual(hypervisors.map((row) => row['Hypervisor Type']).toSorted(), ['QEMU', 'UML', 'sim'])
      assert.equal(new Set(hypervisors.map((row) => row['Hypervisor Hostname'])).size, drivers.length)
    })

    for (const { type, property, makeDisk } of [
      { type: 'QEMU', property: 'qemu', makeDisk: makeTestGuest },
      { type: 'UML', property: 'uml', makeDisk: makeUmlGuest },
    ])
      test(`a server of an image with img_hv_type=${property} boots on ${type}, and explain says why not elsewhere`, async () => {
        const image = await uploadImage(client, await makeDisk(dataDir), property, { img_hv_type: property })
        const options = ['--image', image, '--flavor', flavor, '--nic', 'none', '--wait', `on-${property}`]
        const server = await openstack.json<Row>('--os-compute-api-version', '2.37', 'server', 'create', ...options)
        const name = server['OS-EXT-SRV-ATTR:hypervisor_hostname']
        const host = hypervisors.find((row) => row['Hypervisor Hostname'] === name)
        assert.equal(host?.['Hypervisor Type'], type)
        await waitForConsole(client, String(server['id']), guestMarker)

        const asked = { server: { imageRef: image, flavorRef: flavor, min_count: 1 } }
        const answer = await client.send('POST', '/v1/explain', { body: asked })
        const { explanation } = (await answer.json()) as { explanation: components['schemas']['Explanation'] }
        const others = explanation.hosts?.filter((each) => each.name !== name) ?? []
        assert.deepEqual(
          others.map(({ wanted }) => wanted),
          [property, property],
        )
      })
  },
)
