/** The agent within the service's own process: it reads images where they lie, and needs no account on the bus. */
import { join } from 'node:path'
import { Agent } from '../agent/agent.ts'
import type { DriverChoice } from '../agent/driver-set.ts'
import { DriverError } from '../driver/driver-error.ts'
import type { ImageSource } from '../driver/driver.ts'
import type { ImageService } from '../images/image-service.ts'
import type { SnapshotUploads } from '../images/snapshot-uploads.ts'
import { readOrMakeUuid } from '../process/data-dir.ts'
import { agentHook } from '../process/test-hook.ts'
import type { ConsoleRelay } from '../console/console-relay.ts'
import { localConsoles } from './local-consoles.ts'
import { localUploads } from './local-uploads.ts'
import type { ControlParts } from './parts.ts'

interface OwnAgentParts {
  readonly images: ImageService
  readonly snapshots: SnapshotUploads
  readonly consoleRelay: ConsoleRelay
}

export async function makeOwnAgent(
  { bus, log, config, dataDir }: ControlParts,
  { images, snapshots, consoleRelay }: OwnAgentParts,
  drivers: readonly DriverChoice[],
): Promise<Agent> {
  return new Agent(
    {
      bus,
      log,
      images: localImages(images),
      uploads: localUploads(snapshots),
      consoles: localConsoles(consoleRelay),
      hook: agentHook(),
    },
    {
      agentId: await readOrMakeUuid(join(dataDir.agentDir, 'agent-id')),
      name: config.hostName,
      stateDir: dataDir.agentDir,
      drivers,
    },
  )
}

function localImages(images: ImageService): ImageSource {
  return {
    async open({ imageId }) {
      const path = await images.localPath(imageId as Parameters<ImageService['localPath']>[0])
      if (path === undefined)
        throw new DriverError('IMAGE_BAD', `Image ${imageId} is not there any more.`, { effect: 'none' })
      return { via: 'local-path', path }
    },
  }
}
