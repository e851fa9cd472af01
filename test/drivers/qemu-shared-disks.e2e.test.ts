/**
 * A guest goes to another host while its drives stay where both see them. One of the two has a /run to itself, as on a machine of
 * its own, so that the guest goes through the tunnel of its driver.
 */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { ownMounts, startDriverProcess, type DriverProcess } from '../../drivers/conformance/index.ts'
import { shareMarker } from '../../drivers/qemu/shared-storage.ts'
import { DriverError, type Driver, type VmSpec, type VmState } from '../../src/driver/index.ts'
import { sideOfGuest } from '../../src/operations/side-of-guest.ts'
import type { Json, JsonObject } from '../../src/util/json.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { makeBytesImage, makeControl, processesNaming, skipReason, type TestImage } from './qemu-fixture.ts'
import { makeWritingSector, readCount } from './writing-sector.ts'

const alone = 'mount -t tmpfs tmpfs /run && exec "$@"'
const own = ownMounts()
const canBeAlone = own !== undefined && spawnSync('sh', ['-c', `${own} sh -c '${alone}' sh true`]).status === 0
const skip = skipReason || (canBeAlone ? false : 'SKIPPED: mount namespaces are not permitted; run as root')

type Side = 'source' | 'destination'
const names = { source: 'a', destination: 'b' } as const

describe('live migration with shared disks', { skip, timeout: 280_000 }, () => {
  let dir: string
  let share: string
  let image: TestImage
  let inPrivate: string
  const hosts: Partial<Record<Side, DriverProcess>> = {}

  const open = async (side: Side, config: JsonObject = { sharedDisks: share }): Promise<Driver> => {
    const stateDir = join(dir, names[side])
    await mkdir(stateDir, { recursive: true })
    hosts[side] = await startDriverProcess({
      module: new URL('../../drivers/qemu/plugin.ts', import.meta.url).href,
      exportName: 'qemuPlugin',
      config: { daemon: 'own', ...config },
      stateDir,
      hostName: names[side],
      ...(side === 'source' ? { execPath: inPrivate } : {}),
    })
    return hosts[side].driver
  }
  const at = (side: Side): Driver => hosts[side]?.driver ?? assert.fail('the host is not open')
  const control = (signal?: AbortSignal): ReturnType<typeof makeControl> => makeControl([image], signal)
  const nodeOf = async (side: Side): Promise<string> => (await at(side).nodes())[0]?.id ?? ''
  const makeShare = async (name: string): Promise<string> => {
    const folder = join(dir, name)
    await mkdir(folder, { recursive: true, mode: 0o711 })
    await writeFile(join(folder, shareMarker), '')
    return folder
  }
  const setsIn = (folder: string): string[] => readdirSync(folder).filter((name) => name !== shareMarker)
  const setOf = ({ instanceId }: VmSpec): string =>
    join(share, setsIn(share).find((name) => name.startsWith(instanceId)) ?? assert.fail('it has no shared drives'))
  const driveOf = (spec: VmSpec): string => join(setOf(spec), 'root.qcow2')
  const ownerOf = (spec: VmSpec): string | undefined =>
    readdirSync(setOf(spec)).find((name) => name.startsWith('owner-'))
  const daemonOf = (side: Side): number => Number(readFileSync(join(dir, names[side], 'libvirt/libvirtd.pid'), 'utf8'))

  /** It runs, and counts on its disk. @returns how far it was @param from what it had reached before */
  async function counting(disk: string, from = 0): Promise<number> {
    const first = await waitUntil('the guest to write', async () => more(disk, from), { timeoutMs: 60_000 })
    return await waitUntil('the guest to go on', async () => more(disk, first), { timeoutMs: 60_000 })
  }
  async function more(disk: string, than: number): Promise<number | undefined> {
    const count = await readCount(disk)
    return count > than ? count : undefined
  }

  async function started(): Promise<VmSpec> {
    const spec: VmSpec = {
      instanceId: crypto.randomUUID(),
      nodeId: await nodeOf('source'),
      name: 'traveller',
      vcpus: 1,
      memoryBytes: 32 * 1024 ** 2,
      disks: [{ id: 'root', source: { kind: 'image', image: image.ref }, sizeBytes: 2 * 1024 ** 2, bootIndex: 0 }],
      nics: [],
      imageProperties: {},
      options: {},
    }
    await at('source').ensurePresent(spec, control())
    await at('source').setPower(spec, 'on', {}, control())
    return spec
  }
  const arrivalOf = async (spec: VmSpec): Promise<VmSpec> => ({ ...spec, nodeId: await nodeOf('destination') })
  const prepare = async (there: VmSpec): Promise<Json> =>
    (await at('destination').migrate?.prepare(there, control())) ?? assert.fail('it takes no guests')
  const migrate = async (here: VmSpec, answer: Json, own = control()): Promise<void> =>
    await at('source').migrate?.run(here, answer, own)

  /** What the core does once `run` has failed: it looks at both sides, and then removes the one where the guest is not. */
  async function settle(here: VmSpec, there: VmSpec): Promise<Side> {
    const look = async (side: Side, spec: VmSpec): Promise<VmState | null | undefined> =>
      await at(side)
        .get(spec)
        .catch(() => undefined)
    const side = await waitUntil(
      'both sides to tell where the guest is',
      async () => {
        const source = await look('source', here)
        const found = sideOfGuest(source, await look('destination', there))
        assert.notEqual(found, 'both')
        return found === 'both' ? undefined : found
      },
      { timeoutMs: 90_000 },
    )
    const [spec, other] = side === 'source' ? [here, there] : [there, here]
    await patiently(async () => {
      if ((await at(side).get(spec))?.power === 'paused') await at(side).pause?.unpause(spec, control())
    })
    await patiently(() => at(side === 'source' ? 'destination' : 'source').ensureAbsent(other, {}, control()))
    return side
  }

  /** A host whose libvirtd was killed has another one soon. */
  async function patiently(work: () => Promise<void>): Promise<void> {
    const done = async (): Promise<true | undefined> =>
      await work().then(
        () => true,
        (error: unknown) => {
          if (error instanceof DriverError && error.code === 'UNREACHABLE') return undefined
          throw error
        },
      )
    await waitUntil('the host to be reached', done, { timeoutMs: 60_000 })
  }

  /** One guest on one side, which writes, and its drives are that host's. */
  async function expectOne(side: Side, here: VmSpec, there: VmSpec): Promise<void> {
    const spec = side === 'source' ? here : there
    await patiently(async () => {
      assert.equal((await at(side).get(spec))?.power, 'on')
      assert.equal(await at(side === 'source' ? 'destination' : 'source').get(spec), null)
    })
    assert.equal(ownerOf(spec), `owner-${await nodeOf(side)}`)
    await counting(driveOf(spec), await readCount(driveOf(spec)))
    await at(side).ensureAbsent(spec, {}, control())
    assert.deepEqual(setsIn(share), [], 'drives were left')
  }

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pvd-'))
    await chmod(dir, 0o711)
    share = await makeShare('shared')
    image = await makeBytesImage(dir, makeWritingSector())
    inPrivate = join(dir, 'in-private')
    // Opened anew it is on the machine where its libvirtd still is, if that lives.
    const enter = `pid=$(cat '${dir}/a/libvirt/libvirtd.pid' 2>/dev/null) && [ -e "/proc/$pid/ns/mnt" ] && exec nsenter -m -r -t "$pid" '${process.execPath}' "$@"`
    await writeFile(
      inPrivate,
      `#!/bin/sh\n${enter}\nexec ${own ?? ''} sh -c '${alone}' sh '${process.execPath}' "$@"\n`,
    )
    await chmod(inPrivate, 0o755)
    await open('source')
    await open('destination')
  })
  afterEach(async () => {
    for (const side of ['source', 'destination'] as const)
      for (const left of await at(side).list()) await at(side).ensureAbsent(left, {}, control())
  })
  after(async () => {
    for (const host of Object.values(hosts)) {
      await host.driver.close().catch(() => undefined)
      await host.kill9()
    }
    const gone = (): true | undefined => (processesNaming(`${dir}/`).length === 0 ? true : undefined)
    const left = await waitUntil('the end of all processes', gone, { timeoutMs: 10_000 }).catch(() =>
      processesNaming(dir),
    )
    await rm(dir, { recursive: true, force: true })
    assert.equal(left, true, 'processes were left')
  })

  test('its drive stays in place, and is its new host’s: it goes with the guest there, and not with what is left here', async () => {
    const here = await started()
    const there = await arrivalOf(here)
    const drive = driveOf(here)
    await counting(drive)
    const inode = statSync(drive).ino
    const answer = await prepare(there)
    assert.equal(setsIn(share).length, 2)
    const reached = await readCount(drive)
    await migrate(here, answer)
    assert.deepEqual(setsIn(share).length, 1, 'the empty drives that were made for it stay')
    assert.equal(statSync(drive).ino, inode)
    assert.equal(readlinkSync(join(dir, 'b/instances', here.instanceId, 'drives')), setOf(here))
    assert.equal(ownerOf(here), `owner-${there.nodeId}`)
    await counting(drive, reached)
    await assert.rejects(at('source').setPower(here, 'on', {}, control()), { code: 'CONFLICT' })
    assert.equal((await at('source').get(here))?.power, 'off')
    await at('source').ensureAbsent(here, {}, control())
    assert.equal(statSync(drive).ino, inode)
    await counting(drive, await readCount(drive))
    await at('destination').setPower(there, 'off', {}, control())
    await at('destination').setPower(there, 'on', {}, control())
    await counting(drive)
    await at('destination').ensureAbsent(there, {}, control())
    assert.deepEqual(setsIn(share), [])
    for (const name of Object.values(names)) assert.deepEqual(readdirSync(join(dir, name, 'instances')), [])
  })

  test('aborted, it stays with its drives where it was; and then goes all the same', async () => {
    const here = await started()
    const there = await arrivalOf(here)
    await counting(driveOf(here))
    const stop = new AbortController()
    const line = control(stop.signal)
    // The drives are offered by then.
    const aborting = { ...line, progress: () => stop.abort() }
    await assert.rejects(migrate(here, await prepare(there), aborting), { code: 'CANCELLED' })
    assert.equal((await at('source').get(here))?.power, 'on')
    assert.equal(ownerOf(here), `owner-${here.nodeId}`)
    await at('destination').ensureAbsent(there, {}, control())
    await counting(driveOf(here), await readCount(driveOf(here)))
    await migrate(here, await prepare(there))
    await at('source').ensureAbsent(here, {}, control())
    await expectOne('destination', here, there)
  })

  for (const victim of ['the driver of the source', 'libvirtd of the source', 'libvirtd of the destination'])
    for (const moment of ['on its way', 'there'] as const)
      test(`where ${victim} dies while the guest is ${moment}, one host has the guest and its drives`, async () => {
        const here = await started()
        const there = await arrivalOf(here)
        await counting(driveOf(here))
        const answer = await prepare(there)
        const line = control()
        const going = migrate(here, answer, line)
        going.catch(() => undefined)
        const hasBegun = async (): Promise<boolean> => line.phases.includes('migrate')
        const hasCome = async (): Promise<boolean> => (await at('destination').get(there))?.power !== 'building'
        const isTime = moment === 'on its way' ? hasBegun : hasCome
        await waitUntil(moment, async () => ((await isTime()) ? true : undefined), { everyMs: 1, timeoutMs: 60_000 })
        if (victim === 'the driver of the source') {
          await hosts.source?.kill9()
          await open('source')
        } else process.kill(daemonOf(victim.endsWith('source') ? 'source' : 'destination'), 'SIGKILL')
        await going.catch(() => undefined)
        await expectOne(await settle(here, there), here, there)
      })

  test('a host that died for ever as the guest was there: the drives are taken over, and survive its return', async () => {
    const here = await started()
    const there = await arrivalOf(here)
    await counting(driveOf(here))
    await migrate(here, await prepare(there))
    // As they were before the dead host could give them away; the guest stands still.
    await at('destination').pause?.pause(there, control())
    await rename(join(setOf(here), ownerOf(here) ?? ''), join(setOf(here), `owner-${here.nodeId}-to-${there.nodeId}`))
    await at('destination').pause?.unpause(there, control())
    assert.equal(ownerOf(here), `owner-${there.nodeId}`)
    await at('source').ensureAbsent(here, {}, control())
    await expectOne('destination', here, there)
  })

  test('evacuated, it is made anew beside its old drives, which the host that comes back removes alone', async () => {
    const here = await started()
    const there = await arrivalOf(here)
    const old = driveOf(here)
    await counting(old)
    await at('destination').ensurePresent(there, control())
    await at('destination').setPower(there, 'on', {}, control())
    const drive = join(readlinkSync(join(dir, 'b/instances', here.instanceId, 'drives')), 'root.qcow2')
    assert.notEqual(drive, old)
    await counting(drive)
    await at('source').ensureAbsent(here, {}, control())
    assert.ok(!existsSync(old))
    await expectOne('destination', here, there)
  })

  for (const [what, config] of [
    ['has no such folder', async () => ({})],
    ['shares another folder', async () => ({ sharedDisks: await makeShare('other') })],
  ] as const)
    test(`to a host that ${what}, and back, its drive is copied`, async () => {
      await hosts.destination?.kill9()
      await open('destination', await config())
      try {
        const here = await started()
        const there = await arrivalOf(here)
        await counting(driveOf(here))
        await migrate(here, await prepare(there))
        assert.equal(ownerOf(here), `owner-${here.nodeId}`, 'its old drives are not its new host’s')
        await at('source').ensureAbsent(here, {}, control())
        assert.deepEqual(setsIn(share), [])
        const copy = join(dir, 'b/instances', here.instanceId, 'root.qcow2')
        await counting(copy, await readCount(copy))
        const back = await at('source').migrate?.prepare(here, control())
        await at('destination').migrate?.run(there, back ?? {}, control())
        await at('destination').ensureAbsent(there, {}, control())
        assert.ok(!existsSync(copy))
        await expectOne('source', here, there)
      } finally {
        for (const left of await at('destination').list()) await at('destination').ensureAbsent(left, {}, control())
        await hosts.destination?.kill9()
        await open('destination')
      }
    })

  test('a host whose storage is not mounted says so, makes nothing there, and is well again with it', async () => {
    const health = at('destination').fingerprint(new AbortController().signal)[Symbol.asyncIterator]()
    const until = async (status: string): Promise<string> => {
      for (;;) {
        const { value, done } = await health.next()
        if (done === true) return assert.fail('it says no more')
        if (value.status === status) return value.message
      }
    }
    await until('healthy')
    const spec: VmSpec = { ...(await arrivalOf(await started())), instanceId: crypto.randomUUID() }
    await rename(share, `${share}-away`)
    await mkdir(share)
    try {
      assert.match(await until('unhealthy'), /mount the shared storage/)
      await assert.rejects(at('destination').ensurePresent(spec, control()), { code: 'UNREACHABLE', effect: 'none' })
      assert.deepEqual(readdirSync(share), [])
      assert.equal(await at('destination').get(spec), null)
    } finally {
      await rm(share, { recursive: true })
      await rename(`${share}-away`, share)
    }
    await until('healthy')
  })
})
