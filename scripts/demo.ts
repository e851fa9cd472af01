/**
 * demo.ts [--exit]: starts the service on embedded defaults, boots our test guest on a real hypervisor through the
 * HTTP API and shows the guest's own line. Then it goes on serving, or with --exit cleans up and ends.
 */
import { once } from 'node:events'
import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { CliError, exitCodes } from '../src/cli/cli-error.ts'
import type { SpawnedService } from '../test/support/start-service.ts'
import { asInRealUse, makeDataDir, removeDataDir, startService } from '../test/support/start-service.ts'
import { guestMarker, makeTestGuest } from '../test/support/test-guest.ts'
import {
  createFlavor,
  createServer,
  deleteServer,
  listServers,
  uploadImage,
  waitForConsole,
  waitForHosts,
  waitUntilSettled,
} from '../test/support/servers.ts'
import { withProgress } from './demo/progress.ts'

const imageName = 'polyvisor-test-guest'
const flavorName = 'demo.tiny'

const { values: options } = parseArgs({ options: { exit: { type: 'boolean', default: false } } })

// Ctrl-C at any moment: the step under way is left, everything started is taken down, then the process ends.
const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => {
  process.once('SIGINT', () => process.exit(130))
})

const dataDir = await makeDataDir('polyvisor-demo-')
let starting: Promise<SpawnedService> | undefined
let isShown = false
try {
  await Promise.race([demonstrate(), interrupted])
  process.exitCode = isShown ? 0 : 130
} catch (error) {
  console.error(`\n${error instanceof CliError ? error.message : String(error)}`)
  const service = await started()
  if (service !== undefined) console.error(`\nThe service's last warnings:\n${lastTroubles(service.logs())}`)
  process.exitCode = 1
} finally {
  await cleanUp()
}
process.exit()

async function demonstrate(): Promise<void> {
  const guest = await withProgress('making the test guest’s disk', () => makeTestGuest(dataDir))
  const running = await withProgress(
    'starting the service',
    () =>
      (starting = startService({ dataDir, detached: true, environment: { ...asInRealUse, ...provingKvmWith(guest) } })),
  )
  const client = await running.client()
  await withProgress('waiting for a hypervisor', (say) => waitForHosts(client, say))
  const imageId = await withProgress('registering the image over HTTP', () => uploadImage(client, guest, imageName))
  const flavorId = await createFlavor(client, flavorName)
  const serverId = await createServer(client, imageId, flavorId, 'demo')
  const server = await withProgress('booting the guest', (say) => waitUntilSettled(client, serverId, say))
  if (server.status !== 'ACTIVE') {
    const { message = 'no reason given', details = '' } = server.fault ?? {}
    throw new CliError(exitCodes.failed, `the server is in ${server.status}: ${message}\n${details}`)
  }
  const output = await withProgress('waiting for the guest’s own line', () =>
    waitForConsole(client, serverId, guestMarker),
  )
  showGuest(output, server['OS-EXT-SRV-ATTR:hypervisor_hostname'] ?? 'a host')
  isShown = true
  if (options.exit) return
  showWhatNext(running, serverId)
  await running.exited
  throw new Error('the service ended by itself')
}

function showGuest(output: string, host: string): void {
  const lines = output.split(/\r?\n/).filter((line) => line.startsWith('POLYVISOR-'))
  console.log(`\nThe guest on ${host} says on its console:\n`)
  for (const line of lines) console.log(`    ${line}`)
  console.log('')
}

function showWhatNext({ url, openrc, logFile }: SpawnedService, serverId: string): void {
  const polyvisor = `${relative(process.cwd(), new URL('../bin/polyvisor', import.meta.url).pathname)}`
  console.log(`Addresses
    identity  ${url}/identity
    compute   ${url}/compute/v2.1
    image     ${url}/image
    contract  ${url}/openapi.yaml
    log       ${logFile}

For a client in another terminal
${Object.entries(openrc)
  .map(([name, value]) => `    export ${name}='${value}'`)
  .join('\n')}

    or in one line:  eval "$(${polyvisor} openrc --data-dir ${dataDir})"

What to try next (the client is Debian's package python3-openstackclient)
    openstack server list
    openstack console log show demo
    openstack --os-compute-api-version 2.37 server create --image ${imageName} --flavor ${flavorName} --nic none --wait second
    openstack server delete --wait second
    ${polyvisor} host list --data-dir ${dataDir}
    curl -s ${url}/readyz

The service goes on serving; the demo's server is ${serverId}. Ctrl-C deletes the guests and stops it.`)
}

async function started(): Promise<SpawnedService | undefined> {
  return starting?.catch(() => undefined)
}

async function cleanUp(): Promise<void> {
  try {
    const service = await started()
    if (service !== undefined)
      await withProgress('deleting the guests and stopping the service', () => takeDown(service))
  } catch (error) {
    console.error(`cleaning up failed: ${String(error)}`)
    process.exitCode = 1
  }
  await removeDataDir(dataDir)
}

async function takeDown(service: SpawnedService): Promise<void> {
  try {
    const client = await service.client()
    for (const { id } of await listServers(client)) await deleteServer(client, id)
  } finally {
    await service.stop()
  }
}

/** The newest lines that are not about requests that went well. */
function lastTroubles(log: string): string {
  const lines = log.split('\n').filter((line) => /"level":"(warn|error)"|^polyvisor/.test(line))
  return lines.slice(-10).join('\n')
}

/** The host finds out in the background whether its KVM runs Linux, and says so. */
function provingKvmWith(probeImage: string): Readonly<Record<string, string>> {
  return { POLYVISOR_DRIVER_CONFIG: JSON.stringify({ qemu: { kvm: { probeImage } } }) }
}
