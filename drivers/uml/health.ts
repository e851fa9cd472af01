/** The driver's health: whether the kernel's program, its tools and room for guests' memory are there. */
import { execFile } from 'node:child_process'
import { statfs } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Health } from '../../src/driver/capabilities.ts'
import { delay } from '../../src/util/delay.ts'
import { missingPackagesMessage } from '../local/system-packages.ts'
import type { UmlHost } from './host.ts'
import { neededPackages } from './system-packages.ts'

const run = promisify(execFile)
const againMs = 30_000

export async function* watchHealth(host: UmlHost, signal: AbortSignal): AsyncGenerator<Health> {
  let last = ''
  while (!signal.aborted) {
    const health = await look(host)
    const text = JSON.stringify(health)
    if (text !== last) yield health
    last = text
    await delay(againMs, signal)
  }
}

async function look({ config }: UmlHost): Promise<Health> {
  const missing = missingPackagesMessage(neededPackages(config.kernel))
  if (missing !== undefined) return { status: 'unhealthy', message: missing }
  try {
    await statfs(config.memoryDir)
    const { stdout } = await run(config.kernel, ['--version'])
    const version = stdout.trim()
    return { status: 'healthy', message: `User-Mode Linux ${version}`, hypervisorVersion: version }
  } catch (error) {
    return { status: 'unhealthy', message: error instanceof Error ? error.message : String(error) }
  }
}
