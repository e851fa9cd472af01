/**
 * kill -9 on real QEMU guests: of the libvirt child, of libvirtd, of a guest's process, in the middle of a create and
 * while it runs; and of the whole service at every moment of a create and a delete. Each time the API soon tells the truth, and
 * nothing is left in libvirt (virsh looks), in the database or on disk.
 */
// One database is enough: it is about guests; the same crashes happen on both databases on simulated hosts.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeBootSector } from '../../scripts/make-boot-sector.ts'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { checkpointsOf, expectClean, findServer, Killer, truthOf, type KillScenario } from '../support/kill9.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import { QemuObserver, strike } from '../support/qemu-observer.ts'
import { createFlavor, createServer, uploadImage, waitForHosts, waitUntilSettled } from '../support/servers.ts'
import type { SpawnedService } from '../support/start-service.ts'
import { makeDataDir, removeDataDir, startService } from '../support/start-service.ts'

const args = ['--driver', 'qemu', '--log-level', 'info']
const victims = ['libvirt child', 'libvirtd', 'guest'] as const
type Victim = (typeof victims)[number]
/** In the order in which a create passes them. */
const moments = ['asked for', 'defined', 'its disk made', 'its process there', 'running'] as const
type Moment = (typeof moments)[number]

const strikes = victims.flatMap((victim) =>
  moments
    .filter((moment) => victim !== 'guest' || moments.indexOf(moment) >= moments.indexOf('its process there'))
    .map((moment) => ({ victim, moment })),
)

describe('crashes around real guests', { skip: qemuMissing, timeout: 900_000 }, () => {
  let dataDir: string
  let observer: QemuObserver
  let ingredients: { imageId: string; flavorId: string }
  const observe = async (id: string): Promise<string> => {
    const words: Readonly<Record<string, string>> = { running: 'on', 'shut off': 'off', crashed: 'off' }
    const state = await observer.domainState(id).catch(() => 'silent')
    return words[state] ?? state
  }
  const create = (client: ApiClient, name: string): Promise<string> =>
    createServer(client, ingredients.imageId, ingredients.flavorId, name)

  before(async () => {
    dataDir = await makeDataDir()
    observer = new QemuObserver(dataDir)
    const service = await startService({ args, dataDir })
    const client = await service.client()
    const image = join(dataDir, 'boot-sector.raw')
    await writeFile(image, Buffer.concat([makeBootSector(), Buffer.alloc(1024 ** 2 - 512)]))
    ingredients = { imageId: await uploadImage(client, image), flavorId: await createFlavor(client, 'crash', 64) }
    await waitForHosts(client)
    await service.kill9() // its libvirtd stays, which makes the starts below quick
  })
  after(() => removeDataDir(dataDir))

  describe('the service stays', () => {
    let service: SpawnedService
    let client: ApiClient

    before(async () => {
      service = await startService({ args, dataDir })
      client = await service.client()
      await waitForHosts(client)
    })
    after(() => service.kill9())

    for (const { victim, moment } of strikes) {
      test(`kill -9 of the ${victim} while a server is ${moment}`, async (t) => {
        const name = `struck-${crypto.randomUUID().slice(0, 8)}`
        await waitForHosts(client)
        const id = await create(client, name)
        await reach(moment, id)
        const guest = observer.guestPid(id)
        const pid = await waitUntil(`the ${victim}`, () => pidOf(victim, id))
        assert.ok(strike(pid))
        const struckAt = performance.now()
        const status = await truthOf(client, { dataDir, observe }, name)
        const truthMs = Math.round(performance.now() - struckAt)
        t.diagnostic(`${status}, true after ${truthMs} ms`)
        const wanted = victim === 'guest' ? ['SHUTOFF', 'ERROR'] : ['ACTIVE', 'ERROR']
        assert.ok(wanted.includes(status), `${status} after the end of the ${victim}`)
        if (moment === 'running' && victim !== 'guest') {
          assert.equal(status, 'ACTIVE', 'a running guest outlives what speaks of it')
          assert.equal(observer.guestPid(id), guest)
        }
        await expectClean(client, dataDir, name).catch((error: unknown) => {
          t.diagnostic(service.logs().split('\n').slice(-60).join('\n'))
          throw error
        })
      })
    }

    async function reach(moment: Moment, id: string): Promise<void> {
      const isThere: Readonly<Record<Moment, () => boolean | Promise<boolean>>> = {
        'asked for': () => true,
        defined: () => existsSync(join(observer.stateDir, `libvirt/c/libvirt/qemu/polyvisor-${id}.xml`)),
        'its disk made': () => existsSync(join(observer.stateDir, `instances/${id}/root.qcow2`)),
        'its process there': () => observer.guestPid(id) !== undefined,
        running: async () => (await waitUntilSettled(client, id)).status === 'ACTIVE',
      }
      await waitUntil(`the server to be ${moment}`, async () => ((await isThere[moment]()) ? true : undefined), {
        everyMs: 2,
      })
    }

    function pidOf(victim: Victim, id: string): number | undefined | Promise<number | undefined> {
      if (victim === 'libvirt child') return observer.childPid(service.pid)
      return victim === 'libvirtd' ? observer.daemonPid() : observer.guestPid(id)
    }
  })

  describe('the service is killed', () => {
    const scenarios: readonly KillScenario[] = [
      { kind: 'instance-create', isUndone: false, asked: 'ACTIVE', launch: create },
      { kind: 'instance-create', isUndone: true, asked: 'gone', launch: deleteHalfMade },
      { kind: 'instance-delete', isUndone: false, asked: 'gone', launch: deleteRunning },
    ]

    let killer: Killer
    before(() => (killer = new Killer({ dataDir, args, observe })))
    after(async () => killer.close())

    for (const scenario of scenarios) {
      for (const checkpoint of checkpointsOf(scenario)) {
        test(`kill -9 of the service at ${checkpoint}${scenario.isUndone ? ' (undone)' : ''}`, async (t) => {
          const { ended, truthMs } = await killer.killAndLook(scenario, checkpoint)
          t.diagnostic(`${ended}, true after ${truthMs} ms`)
        })
      }
    }

    async function deleteRunning(client: ApiClient, name: string): Promise<void> {
      const id = await create(client, name)
      assert.equal((await waitUntilSettled(client, id)).status, 'ACTIVE')
      await client.send('DELETE', `/compute/v2.1/servers/${id}`)
    }

    /** A delete in the middle of the create undoes it. */
    async function deleteHalfMade(client: ApiClient, name: string): Promise<void> {
      await create(client, name)
      const server = await findServer(client, name)
      assert.ok(server)
      const path = join(observer.stateDir, `libvirt/c/libvirt/qemu/polyvisor-${server.id}.xml`)
      await waitUntil('the domain', () => (existsSync(path) ? true : undefined), { everyMs: 2 })
      await client.send('DELETE', `/compute/v2.1/servers/${server.id}`)
    }
  })

  test('how many', (t) => {
    t.diagnostic(`${strikes.length} strikes at child, daemon and guest`)
    const count = [false, true]
      .map((isUndone) => checkpointsOf({ kind: 'instance-create', isUndone, asked: 'ACTIVE', launch: create }).length)
      .reduce((a, b) => a + b)
    t.diagnostic(`${count} moments of a create at which the service died`)
  })
})
