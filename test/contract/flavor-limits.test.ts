import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startInProcess } from '../support/start-in-process.ts'
import { createFlavor, createServer, waitForHosts, waitUntilSettled } from '../support/servers.ts'

test('a flavor’s limits go to the host that keeps them; what is no limit is told with its key', async () => {
  const service = await startInProcess()
  try {
    const { client } = service
    await waitForHosts(client)
    const words = { name: 'i', disk_format: 'raw', container_format: 'bare' }
    const made = await client.send('POST', '/image/v2/images', { body: words })
    const { id: image } = (await made.json()) as { id: string }
    await client.send('PUT', `/image/v2/images/${image}/file`, { body: new Uint8Array(4096) })
    const serverWith = async (name: string, specs: Record<string, string>): ReturnType<typeof waitUntilSettled> => {
      const flavor = await createFlavor(client, name)
      const body = { extra_specs: specs }
      await client.send('POST', `/compute/v2.1/flavors/${flavor}/os-extra_specs`, { body })
      return waitUntilSettled(client, await createServer(client, image, flavor, name))
    }
    const kept = await serverWith('kept', { 'quota:cpu_shares': '512', 'quota:disk_read_bytes_sec': '1048576' })
    assert.equal(kept.status, 'ACTIVE')
    const wrong = await serverWith('wrong', { 'quota:disk_read_bytes_sec': 'much' })
    assert.equal(wrong.status, 'ERROR')
    assert.match(JSON.stringify(wrong), /quota:disk_read_bytes_sec is not a number/)
  } finally {
    await service.stop()
  }
})
