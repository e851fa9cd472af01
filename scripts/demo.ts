/**
 * demo.ts [--exit]: starts the service on embedded defaults, boots our test guests on two real hypervisors (QEMU, and
 * User-Mode Linux) through the HTTP API and shows the guests' own lines side by side. Then it goes on serving, or with
 * --exit cleans up and ends.
 */
import { once } from 'node:events'
import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import type { ApiClient } from '../src/cli/api-client.ts'
import { CliError, exitCodes } from '../src/cli/cli-error.ts'
import type { SpawnedService } from '../test/support/start-service.ts'
import { asInRealUse, makeDataDir, removeDataDir, startService } from '../test/support/start-service.ts'
import {
  createFlavor,
  createServer,
  deleteServer,
  isReady,
  listServers,
  uploadImage,
  waitForConsole,
  waitForHosts,
  waitUntilSettled,
  type HostView,
  type Say,
  type ServerView,
} from '../test/support/servers.ts'
import { besideEachOther, demoGuests } from './demo/guests.ts'
import { withProgress } from './demo/progress.ts'

const flavorName = 'demo.tiny'
/** From the first hypervisor that can take guests until the others are given up. */
const secondHostMs = 60_000

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
  const disks = await withProgress('making the test guests’ disks', () =>
    Promise.all(demoGuests.map(({ makeDisk }) => makeDisk(dataDir))),
  )
  const args = demoGuests.flatMap(({ driver }) => ['--driver', driver])
  const environment = { ...asInRealUse, ...provingKvmWith(disks[0] ?? '') }
  const running = await withProgress(
    'starting the service',
    () => (starting = startService({ dataDir, args, detached: true, environment })),
  )
  const client = await running.client()
  const hosts = await withProgress('waiting for the hypervisors', (say) => waitForAll(client, say))
  const flavorId = await createFlavor(client, flavorName)
  const guests = demoGuests
    .map((guest, index) => ({ guest, disk: disks[index] ?? '' }))
    .filter(({ guest: { driver } }) => hosts.some((host) => host.driver === driver && isReady(host)))
  const made = await withProgress('registering the images over HTTP', () =>
    Promise.all(
      guests.map(async ({ guest, disk }) => {
        const imageId = await uploadImage(client, disk, guest.imageName, guest.properties)
        return { guest, serverId: await createServer(client, imageId, flavorId, guest.name) }
      }),
    ),
  )
  const booted = await withProgress('booting the guests', (say) =>
    Promise.all(made.map(async (one) => ({ ...one, server: await boot(client, one.serverId, say) }))),
  )
  const shown = await withProgress('waiting for the guests’ own lines', () =>
    Promise.all(
      booted.map(async (one) => ({ ...one, output: await waitForConsole(client, one.serverId, one.guest.lastLine) })),
    ),
  )
  console.log(`\nThe guests say on their consoles:\n\n${besideEachOther(shown)}\n`)
  for (const host of hosts.filter((one) => !isReady(one)))
    console.log(`!!!! There is no guest on ${host.name} (${host.driver}): ${host.message}\n`)
  isShown = true
  if (options.exit) return
  showWhatNext(
    running,
    booted.map(({ serverId }) => serverId),
  )
  await running.exited
  throw new Error('the service ended by itself')
}

/** One hypervisor is enough for a demo, where the machine cannot have the other. @returns all hosts, ready or not */
async function waitForAll(client: ApiClient, say: Say): Promise<readonly HostView[]> {
  const some = await waitForHosts(client, say)
  return waitForHosts(client, say, demoGuests.length, secondHostMs).catch(() => some)
}

async function boot(client: ApiClient, serverId: string, say: Say): Promise<ServerView> {
  const server = await waitUntilSettled(client, serverId, say)
  if (server.status === 'ACTIVE') return server
  const { message = 'no reason given', details = '' } = server.fault ?? {}
  throw new CliError(exitCodes.failed, `the server ${server.name} is in ${server.status}: ${message}\n${details}`)
}

function showWhatNext({ url, openrc, logFile }: SpawnedService, serverIds: readonly string[]): void {
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
    openstack hypervisor list
    openstack console log show demo
    openstack --os-compute-api-version 2.37 server create --image ${demoGuests[0]?.imageName ?? ''} --flavor ${flavorName} --nic none --wait second
    openstack server delete --wait second
    ${polyvisor} host list --data-dir ${dataDir}
    curl -s ${url}/readyz

The service goes on serving; the demo's servers are ${serverIds.join(' and ')}. Ctrl-C deletes the guests and stops it.`)
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
