/**
 * A service that dies in the middle of a create: the test starts it with a request as JSON, it opens the driver and calls
 * ensurePresent. Either the driver's fault hook kills it after a native call, or its image stalls and the test kills it.
 */
import { createReadStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import { qemuPlugin } from '../../drivers/qemu/index.ts'
import type { VmSpec } from '../../src/driver/index.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { makeControl } from './qemu-fixture.ts'

export interface CrashRequest {
  readonly stateDir: string
  readonly config: JsonObject
  readonly spec: VmSpec
  readonly imagePath: string
  /** The image sends this many bytes and then nothing more. */
  readonly stallAfterBytes?: number
}

const request = JSON.parse(process.argv[2] ?? '') as CrashRequest
const { stateDir, config, spec, imagePath, stallAfterBytes } = request
const driver = await qemuPlugin.open(config, { log: silentLogger, stateDir, hostName: 'test-host' })
const images = {
  open: () => {
    if (stallAfterBytes === undefined) return Promise.resolve({ via: 'local-path', path: imagePath } as const)
    const stream = new PassThrough()
    createReadStream(imagePath, { end: stallAfterBytes - 1 })
      .on('end', () => process.stdout.write('stalled\n'))
      .pipe(stream, { end: false })
    return Promise.resolve({ via: 'stream', stream } as const)
  },
}
await driver.ensurePresent(spec, { ...makeControl(), images })
process.stdout.write('done\n')
await driver.close()
