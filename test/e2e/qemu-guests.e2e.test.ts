/**
 * Real Linux guests through the whole service: their own power-off is seen by events, they outlive restarts of the
 * service, their console log goes on, and what happens behind our back is told as it is. virsh looks on and interferes.
 */
// One database is enough: it is about guests; sagas run on both databases on simulated hosts.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { bootSectorMarker, makeBootSector } from '../../scripts/make-boot-sector.ts'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { typeAt } from '../support/guest-shell.ts'
import { expectClean } from '../support/kill9.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import { isRunning, QemuObserver, strike } from '../support/qemu-observer.ts'
import {
  createFlavor,
  createServer,
  readConsole,
  uploadImage,
  waitForConsole,
  waitForHosts,
  type ServerView,
} from '../support/servers.ts'
import type { SpawnedService, StartOptions } from '../support/start-service.ts'
import { makeDataDir, removeDataDir, startService } from '../support/start-service.ts'
import { guestMarker, makeTestGuest } from '../support/test-guest.ts'

const args = ['--driver', 'qemu', '--log-level', 'info']
/** The agent lists its VMs every 10 s; what is known sooner came by an event. */
const byEventWithinMs = 5_000
/** OS-EXT-STS:power_state */
const power = { noState: 0, running: 1, crashed: 6 } as const
const foreignId = '99999999-0000-4000-8000-000000000001'
const linuxName = 'linux'

type Server = ServerView & { readonly 'OS-EXT-STS:power_state': number }

describe('real guests', { skip: qemuMissing, timeout: 600_000 }, () => {
  let dataDir: string
  let observer: QemuObserver
  let service: SpawnedService
  let client: ApiClient
  let flavorId: string
  /** The Linux guest that most of this is about. */
  let id: string

  const start = async (environment: StartOptions['environment'] = {}): Promise<void> => {
    service = await startService({ args, dataDir, environment })
    client = await service.client()
    await waitForHosts(client)
  }
  const restart = async (how: 'stop' | 'kill9', environment: StartOptions['environment'] = {}): Promise<void> => {
    await service[how]()
    await start(environment)
  }
  const show = async (): Promise<Server> => (await client.get<{ server: Server }>(`/compute/v2.1/servers/${id}`)).server
  const act = (body: object): Promise<unknown> => client.send('POST', `/compute/v2.1/servers/${id}/action`, { body })
  const reach = async (status: ServerView['status'], timeoutMs = 90_000): Promise<Server> =>
    waitUntil(
      `the server to be ${status}`,
      async () => {
        const server = await show()
        return server.status === status && server['OS-EXT-STS:task_state'] === null ? server : undefined
      },
      { timeoutMs, everyMs: 20 },
    )
  const pid = (): number => {
    const found = observer.guestPid(id)
    assert.ok(found !== undefined, 'the guest has a process')
    return found
  }
  const markers = async (): Promise<number> => (await readConsole(client, id)).split(guestMarker).length - 1
  const booted = (times: number): Promise<true> =>
    waitUntil(`boot ${times}`, async () => ((await markers()) >= times ? true : undefined), {
      timeoutMs: 120_000,
      everyMs: 200,
    })
  const type = (command: string, answer: string): Promise<void> => typeAt({ client, observer, id }, command, answer)

  before(async () => {
    dataDir = await makeDataDir()
    observer = new QemuObserver(dataDir)
    await start()
    flavorId = await createFlavor(client, 'guest')
    await makeForeignDomain(observer, dataDir)
    id = await createServer(client, await uploadImage(client, await makeTestGuest(dataDir)), flavorId, linuxName)
    await reach('ACTIVE')
    await waitForConsole(client, id, guestMarker)
  })
  after(async () => {
    await service.kill9()
    await observer.virsh('destroy', foreignId).catch(() => undefined)
    await removeDataDir(dataDir)
  })

  for (const how of ['kill9', 'stop'] as const) {
    test(`a guest outlives the service (${how}): same process, ACTIVE, its console goes on`, async () => {
      const before = pid()
      await restart(how)
      assert.equal((await show()).status, 'ACTIVE')
      assert.equal(pid(), before)
      assert.equal(await markers(), 1, 'what was written before is still there')
      await type(`echo ${how}-$((40+2))`, `${how}-42`)
    })
  }

  test('a paused guest stays paused over a restart, and goes on', async () => {
    const before = pid()
    await act({ pause: null })
    await reach('PAUSED')
    assert.equal(await observer.domainState(id), 'paused')
    await restart('kill9')
    assert.equal((await show()).status, 'PAUSED')
    await act({ unpause: null })
    await reach('ACTIVE')
    assert.equal(pid(), before)
    await type('echo paused-$((40+3))', 'paused-43')
  })

  test('a suspended guest stays suspended over a restart, and remembers everything', async () => {
    await type('KEPT=memory; echo set-$((40+4))', 'set-44')
    await act({ suspend: null })
    await reach('SUSPENDED')
    assert.equal(observer.guestPid(id), undefined)
    await restart('kill9')
    assert.equal((await show()).status, 'SUSPENDED')
    await act({ resume: null })
    await reach('ACTIVE')
    await type('echo it-kept-its-$KEPT', 'it-kept-its-memory')
    assert.equal(await markers(), 1, 'it did not boot again')
  })

  test('a guest that shuts itself down is SHUTOFF within seconds, by an event', async (t) => {
    for (const boot of [2, 3]) {
      await observer.virsh('shutdown', id, '--mode', 'acpi')
      await waitUntil('its end', () => (observer.guestPid(id) === undefined ? true : undefined), { timeoutMs: 60_000 })
      const endedAt = performance.now()
      await reach('SHUTOFF', byEventWithinMs)
      t.diagnostic(`SHUTOFF ${Math.round(performance.now() - endedAt)} ms after its process was gone`)
      await act({ 'os-start': null })
      await reach('ACTIVE')
      await booted(boot)
    }
  })

  test('a guest whose process is killed is SHUTOFF, crashed, and can be started again', async (t) => {
    const struckAt = performance.now()
    assert.ok(strike(pid()))
    const { 'OS-EXT-STS:power_state': state } = await reach('SHUTOFF', 10_000)
    t.diagnostic(`SHUTOFF ${Math.round(performance.now() - struckAt)} ms after the kill`)
    assert.equal(state, power.crashed)
    await act({ 'os-start': null })
    assert.equal((await reach('ACTIVE'))['OS-EXT-STS:power_state'], power.running)
    await booted(4)
  })

  test('a stop asks the guest first', async () => {
    const pressed = async (): Promise<number> =>
      (await readConsole(client, id)).split('POLYVISOR-GUEST-POWER-BUTTON').length - 1
    const before = await pressed()
    await act({ 'os-stop': null })
    await reach('SHUTOFF')
    assert.equal(await pressed(), before + 1, 'the guest heard the button')
  })

  test('a guest renamed by hand is the same guest', async () => {
    await observer.virsh('domrename', id, 'renamed-by-hand')
    await restart('kill9')
    assert.equal((await show()).status, 'SHUTOFF')
    await act({ 'os-start': null })
    await reach('ACTIVE')
    assert.match(await observer.virsh('list', '--name'), /^renamed-by-hand$/m)
  })

  test('a guest removed behind our back is missing, never SHUTOFF', async (t) => {
    await observer.virsh('undefine', id)
    assert.equal((await show()).status, 'ACTIVE', 'it still runs')
    await observer.virsh('destroy', id)
    const goneAt = performance.now()
    await waitUntil('power_state NOSTATE', async () => {
      const server = await show()
      assert.notEqual(server.status, 'SHUTOFF')
      return server['OS-EXT-STS:power_state'] === power.noState ? true : undefined
    })
    t.diagnostic(`missing ${Math.round(performance.now() - goneAt)} ms after it was gone`)
    await restart('kill9')
    const server = await show()
    assert.equal(server['OS-EXT-STS:power_state'], power.noState)
    assert.notEqual(server.status, 'SHUTOFF')
    await client.send('DELETE', `/compute/v2.1/servers/${id}`)
    await cleanBesides(linuxName)
  })

  test('an image chooses the bus of its disk: Linux boots from IDE', async () => {
    const imageId = await uploadImage(client, join(dataDir, 'test-guest.raw'), 'ide-guest', { hw_disk_bus: 'ide' })
    id = await createServer(client, imageId, flavorId, 'ide')
    await reach('ACTIVE')
    await booted(1)
    const xml = await observer.virsh('dumpxml', id)
    assert.match(xml, /<target dev='hda' bus='ide'\/>/)
    await client.send('DELETE', `/compute/v2.1/servers/${id}`)
    await cleanBesides('ide')
  })

  test('an image chooses UEFI firmware, whose variables are the guest’s own, and go with it', async () => {
    const image = join(dataDir, 'nothing-to-boot.raw')
    await writeFile(image, Buffer.alloc(1024 ** 2, 'no system'))
    const imageId = await uploadImage(client, image, 'uefi', { hw_firmware_type: 'uefi' })
    id = await createServer(client, imageId, flavorId, 'uefi')
    await reach('ACTIVE')
    await waitForConsole(client, id, 'UEFI Interactive Shell')
    const variables = join(observer.stateDir, 'instances', id, 'uefi-variables.fd')
    assert.notDeepEqual(await readFile(variables), await readFile('/usr/share/OVMF/OVMF_VARS_4M.fd'), 'it wrote some')
    await act({ 'os-stop': null })
    await reach('SHUTOFF')
    await act({ 'os-start': null })
    await reach('ACTIVE')
    await client.send('DELETE', `/compute/v2.1/servers/${id}`)
    await cleanBesides('uefi')
  })

  test('a deaf guest is switched off after the grace that the operator set', async (t) => {
    const graceMs = 1_500
    await restart('stop', { POLYVISOR_DRIVER_CONFIG: JSON.stringify({ qemu: { graceMs } }) })
    const image = join(dataDir, 'boot-sector.raw')
    await writeFile(image, Buffer.concat([makeBootSector(), Buffer.alloc(1024 ** 2 - 512)]))
    id = await createServer(client, await uploadImage(client, image), flavorId, 'deaf')
    await reach('ACTIVE')
    await waitForConsole(client, id, bootSectorMarker)
    const askedAt = performance.now()
    await act({ 'os-stop': null })
    await reach('SHUTOFF')
    const tookMs = Math.round(performance.now() - askedAt)
    t.diagnostic(`off after ${tookMs} ms with a grace of ${graceMs} ms`)
    assert.ok(tookMs >= graceMs)
    await client.send('DELETE', `/compute/v2.1/servers/${id}`)
    await cleanBesides('deaf')
  })

  test('a hand-made guest beside ours was never touched, nor shown', async () => {
    assert.equal(await observer.domainState(foreignId), 'running')
    assert.equal(observer.guestPid(foreignId), foreignPid)
    assert.ok(isRunning(foreignPid))
    const { servers } = await client.get<{ servers: readonly { id: string }[] }>('/compute/v2.1/servers')
    assert.deepEqual(servers, [])
    await observer.virsh('destroy', foreignId)
    await observer.virsh('undefine', foreignId)
    await expectClean(client, dataDir, 'nobody')
  })

  let foreignPid = 0
  async function makeForeignDomain(on: QemuObserver, folder: string): Promise<void> {
    const file = join(folder, 'foreign.xml')
    const os = "<os><type arch='x86_64' machine='pc'>hvm</type></os>"
    const xml = `<domain type='qemu'><name>hand-made</name><uuid>${foreignId}</uuid><memory>32768</memory>${os}</domain>`
    await writeFile(file, xml)
    await on.virsh('define', file)
    await on.virsh('start', 'hand-made')
    foreignPid = on.guestPid(foreignId) ?? 0
    assert.ok(foreignPid > 0)
  }

  /** Nothing is left but what is not ours. */
  async function cleanBesides(name: string): Promise<void> {
    await expectClean(client, dataDir, name, (line) => line.includes(foreignId))
  }
})
