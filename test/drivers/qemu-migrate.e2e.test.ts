/** A guest goes to a host that shares no socket with its own: one of the two drivers has a /run to itself, as on a machine of its own. */
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { ownMounts, startDriverProcess, type DriverProcess } from '../../drivers/conformance/index.ts'
import type { DiskSpec, Driver, VmSpec, VmState } from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { imageOf, makeControl, processesNaming, skipReason, type TestImage } from './qemu-fixture.ts'

const run = promisify(execFile)
const marker = 'POLYVISOR-BOOT-SECTOR'
const alone = 'mount -t tmpfs tmpfs /run && exec "$@"'
const own = ownMounts()
const canBeAlone = own !== undefined && spawnSync('sh', ['-c', `${own} sh -c '${alone}' sh true`]).status === 0
const skip = skipReason || (canBeAlone ? false : 'SKIPPED: mount namespaces are not permitted; run as root')

describe('live migration between two machines', { skip, timeout: 180_000 }, () => {
  let dir: string
  let image: TestImage
  let source: DriverProcess
  let destination: DriverProcess
  let inPrivate: string

  const open = async (name: string, execPath?: string): Promise<DriverProcess> => {
    const stateDir = join(dir, name)
    await mkdir(stateDir, { recursive: true })
    return startDriverProcess({
      module: new URL('../../drivers/qemu/plugin.ts', import.meta.url).href,
      exportName: 'qemuPlugin',
      config: { daemon: 'own' },
      stateDir,
      hostName: name,
      ...(execPath === undefined ? {} : { execPath }),
    })
  }

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pvm-'))
    await chmod(dir, 0o711)
    const boot = join(dir, 'boot.raw')
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/make-boot-sector.ts', boot])
    image = await imageOf(boot, 'raw', 512)
    inPrivate = join(dir, 'in-private')
    // Opened anew it is on the machine where its libvirtd still is.
    const enter = `pid=$(cat '${dir}/a/libvirt/libvirtd.pid' 2>/dev/null) && exec nsenter -m -r -t "$pid" '${process.execPath}' "$@"`
    await writeFile(
      inPrivate,
      `#!/bin/sh\n${enter}\nexec ${own ?? ''} sh -c '${alone}' sh '${process.execPath}' "$@"\n`,
    )
    await chmod(inPrivate, 0o755)
    source = await open('a', inPrivate)
    destination = await open('b')
  })
  after(async () => {
    for (const side of [source, destination]) {
      for (const left of (await side?.driver.list().catch(() => [])) ?? [])
        await side.driver.ensureAbsent(left, {}, control()).catch(() => undefined)
      await side?.driver.close().catch(() => undefined)
      await side?.kill9()
    }
    const gone = (): true | undefined => (processesNaming(`${dir}/`).length === 0 ? true : undefined)
    const left = await waitUntil('the end of all processes', gone, { timeoutMs: 10_000 }).catch(() =>
      processesNaming(dir),
    )
    await rm(dir, { recursive: true, force: true })
    assert.equal(left, true, 'processes were left')
  })

  test('its memory, its disk and its config drive go through the tunnel, and nothing is left of it', async () => {
    const ownDrive: DiskSpec = {
      id: 'config',
      source: { kind: 'config-drive', volumeId: 'config-2', files: [{ paths: ['secret'], base64: 'c2VjcmV0' }] },
      sizeBytes: 1024 ** 2,
    }
    const here: VmSpec = { ...(await specOf('traveller', [ownDrive])), imageProperties: { hw_qemu_guest_agent: 'yes' } }
    // What is on its drive nobody tells again.
    const drives = here.disks.map((disk) =>
      disk.source.kind === 'config-drive' ? { ...disk, source: { ...disk.source, files: [] } } : disk,
    )
    const there: VmSpec = { ...here, nodeId: await nodeOf(destination.driver), disks: drives }
    await source.driver.ensurePresent(here, control())
    await source.driver.setPower(here, 'on', {}, control())
    await waitForBoots(source.driver, here, 1)
    const drive = readFileSync(join(dir, 'a/instances', here.instanceId, 'config.iso'))
    const { migrate } = destination.driver
    const answer = await migrate?.prepare(there, control())
    assert.ok(answer !== undefined)
    const stolen = { ...(answer as object), room: { ...(answer as { room: object }).room, key: 'A'.repeat(43) } }
    await assert.rejects(source.driver.migrate?.run(here, stolen as never, control()) ?? Promise.resolve(), {
      code: 'INCOMPATIBLE',
    })
    await source.driver.migrate?.run(here, answer, control())
    assert.equal((await source.driver.get(here))?.power, 'off')
    assert.equal((await destination.driver.get(there))?.power, 'on')
    // Its channel came with it, and who is asked by it; a boot sector does not answer.
    const asked = destination.driver.setAdminPassword?.set(there, 'secret', control()) ?? Promise.resolve()
    await assert.rejects(asked, { code: 'BUSY', effect: 'none' })
    assert.deepEqual(readFileSync(join(dir, 'b/instances', here.instanceId, 'config.iso')), drive)
    await source.driver.ensureAbsent(here, {}, control())
    await destination.driver.setPower(there, 'reset', {}, control())
    await waitForBoots(destination.driver, there, 1)
    await destination.driver.ensureAbsent(there, {}, control())
    for (const side of ['a', 'b']) assert.deepEqual(await readdir(join(dir, side, 'instances')), [], side)
    const rooms = await readdir('/run/polyvisor-migrations')
    const { id } = (answer as { room: { id: string } }).room
    assert.ok(!rooms.includes(id), 'its room was left')
  })

  for (const moment of ['on its way', 'there, and about to go on'] as const)
    test(`where the source's driver, and its tunnel, die while the guest is ${moment}, it runs on one host alone`, async () => {
      const here = await specOf('cut-off')
      const there: VmSpec = { ...here, nodeId: await nodeOf(destination.driver) }
      await source.driver.ensurePresent(here, control())
      await source.driver.setPower(here, 'on', {}, control())
      await waitForBoots(source.driver, here, 1)
      const answer = await destination.driver.migrate?.prepare(there, control())
      assert.ok(answer !== undefined)
      const line = control()
      const going = source.driver.migrate?.run(here, answer, line) ?? Promise.resolve()
      going.catch(() => undefined)
      const hasBegun = async (): Promise<boolean> => line.phases.includes('migrate')
      const hasCome = async (): Promise<boolean> => (await destination.driver.get(there))?.power !== 'building'
      const isTime = moment === 'on its way' ? hasBegun : hasCome
      await waitUntil(moment, async () => ((await isTime()) ? true : undefined), { everyMs: 1, timeoutMs: 60_000 })
      await source.kill9()
      const { id } = (answer as { room: { id: string } }).room
      assert.ok(roomsOfSource().includes(id), 'it was not on its way through a tunnel')
      source = await open('a', inPrivate)
      assert.ok(!roomsOfSource().includes(id), 'the tunnel of the dead was left')
      const decided = async (): Promise<VmState | undefined> => {
        const state = await source.driver.get(here).catch(() => undefined)
        return state?.isMigrating === true ? undefined : (state ?? undefined)
      }
      const { power } = await waitUntil('the end of the migration', decided, { timeoutMs: 60_000 })
      const powerThere = (await destination.driver.get(there))?.power
      assert.ok(power !== 'on' || powerThere !== 'on', 'it runs on both')
      if (power === 'on' && powerThere === 'paused') {
        await assert.rejects(source.driver.migrate?.run(here, answer, control()) ?? Promise.resolve(), {
          code: 'CONFLICT',
        })
        await destination.driver.ensureAbsent(there, {}, control())
        assert.equal((await source.driver.get(here))?.power, 'on')
      } else {
        await source.driver.migrate?.run(here, answer, control())
        assert.equal((await destination.driver.get(there))?.power, 'on')
        assert.equal((await source.driver.get(here))?.power, 'off')
      }
      await destination.driver.ensureAbsent(there, {}, control())
      await source.driver.ensureAbsent(here, {}, control())
    })

  /** As the source sees them, whose /run is its own. */
  const roomsOfSource = (): string[] => {
    const pid = readFileSync(join(dir, 'a/libvirt/libvirtd.pid'), 'utf8').trim()
    return readdirSync(`/proc/${pid}/root/run/polyvisor-migrations`)
  }

  const control = (): ReturnType<typeof makeControl> => makeControl([image])

  async function specOf(name: string, more: readonly DiskSpec[] = []): Promise<VmSpec> {
    return {
      instanceId: crypto.randomUUID(),
      nodeId: await nodeOf(source.driver),
      name,
      vcpus: 1,
      memoryBytes: 32 * 1024 ** 2,
      disks: [{ id: 'root', source: { kind: 'image', image: image.ref }, sizeBytes: 1024 ** 2, bootIndex: 0 }, ...more],
      nics: [],
      imageProperties: {},
      options: {},
    }
  }
})

async function nodeOf(driver: Driver): Promise<string> {
  return (await driver.nodes())[0]?.id ?? ''
}

async function waitForBoots(driver: Driver, spec: VmSpec, times: number): Promise<void> {
  const boots = async (): Promise<true | undefined> => {
    const log = await driver.console?.readLog(spec, { maxBytes: 65_536 })
    return (log?.toString() ?? '').split(marker).length > times ? true : undefined
  }
  await waitUntil(`boot ${times}`, boots, { timeoutMs: 60_000 })
}
