/** The same of User-Mode Linux guests, which are six processes each on the service's own machine. */
import {
  createFlavor,
  createServer,
  deleteServer,
  uploadImage,
  waitForHosts,
  waitUntilSettled,
} from '../../test/support/servers.ts'
import { makeDataDir, removeDataDir } from '../../test/support/start-service.ts'
import { makeUmlGuest } from '../../test/support/test-guest.ts'
import { measureParallelStarts, roomForMany, type ParallelStarts } from './parallel-starts.ts'
import { startSupervised } from './supervised-service.ts'

export async function measureUmlStarts(guests: number): Promise<ParallelStarts> {
  const dataDir = await makeDataDir('polyvisor-bench-drivers-')
  const args = ['--driver', 'uml', '--log-level', 'warn']
  const service = await startSupervised({ args, dataDir, environment: roomForMany })
  try {
    const client = await service.client()
    await waitForHosts(client)
    const imageId = await uploadImage(client, await makeUmlGuest(dataDir), 'uml-guest', { hw_vm_mode: 'uml' })
    const flavorId = await createFlavor(client, 'bench', 64)
    // The first one brings the image into the cache.
    const first = await createServer(client, imageId, flavorId, 'first')
    await waitUntilSettled(client, first)
    await deleteServer(client, first)
    return await measureParallelStarts(client, service.url, { imageId, flavorId, guests })
  } finally {
    await service.stop()
    await removeDataDir(dataDir)
  }
}
