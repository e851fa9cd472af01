import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPng } from '../../drivers/conformance/read-png.ts'
import { startInProcess } from '../support/start-in-process.ts'
import { createFlavor, createServer, waitForHosts, waitUntilSettled } from '../support/servers.ts'

test('a screenshot is what the host draws of the guest, and there is none while it is off', async () => {
  const service = await startInProcess()
  try {
    const { client } = service
    await waitForHosts(client)
    const words = { name: 'i', disk_format: 'raw', container_format: 'bare' }
    const { id: image } = (await (await client.send('POST', '/image/v2/images', { body: words })).json()) as {
      id: string
    }
    await client.send('PUT', `/image/v2/images/${image}/file`, { body: new Uint8Array(4096) })
    const flavor = await createFlavor(client, 'small')
    const server = await createServer(client, image, flavor, 'guest')
    await waitUntilSettled(client, server)
    const take = (id: string): Promise<Response> => client.send('GET', `/v1/servers/${id}/screenshot`)
    const picture = async (id: string): Promise<Buffer> => {
      const response = await take(id)
      assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'image/png'])
      assert.equal(response.headers.get('cache-control'), 'no-store')
      return Buffer.from(await response.arrayBuffer())
    }
    const first = await picture(server)
    assert.deepEqual(readPng(first), { width: 64, height: 48 })
    assert.deepEqual(await picture(server), first)
    const other = await createServer(client, image, flavor, 'another')
    await waitUntilSettled(client, other)
    assert.notDeepEqual(await picture(other), first)
    await client.send('POST', `/compute/v2.1/servers/${server}/action`, { body: { 'os-stop': null } })
    await waitUntilSettled(client, server)
    await assert.rejects(take(server), /The VM is off\. \(HTTP 409\)/)
    await assert.rejects(take('no-such-server'), /HTTP 404/)
  } finally {
    await service.stop()
  }
})
