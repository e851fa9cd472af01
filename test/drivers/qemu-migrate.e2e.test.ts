/** A guest goes to a host that shares no socket with its own: one of the two drivers has a /run to itself, as on a machine of its own. */
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { startDriverProcess, type DriverProcess } from '../../drivers/conformance/index.ts'
import type { Driver, VmSpec } from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { imageOf, makeControl, processesNaming, skipReason, type TestImage } from './qemu-fixture.ts'

const run = promisify(execFile)
const marker = 'POLYVISOR-BOOT-SECTOR'
const alone = 'mount -t tmpfs tmpfs /run && exec "$@"'
const canBeAlone = spawnSync('unshare', ['-m', 'sh', '-c', alone, 'sh', 'true']).status === 0
const skip = skipReason || (canBeAlone ? false : 'SKIPPED: mount namespaces are not permitted; run as root')

describe('live migration between two machines', { skip, timeout: 180_000 }, () => {
  let dir: string
  let image: TestImage
  let source: DriverProcess
  let destination: DriverProcess

  const open = async (name: string, execPath?: string): Promise<DriverProcess> => {
    const stateDir = join(dir, name)
    await mkdir(stateDir)
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
    const inPrivate = join(dir, 'in-private')
    await writeFile(inPrivate, `#!/bin/sh\nexec unshare -m sh -c '${alone}' sh '${process.execPath}' "$@"\n`)
    await chmod(inPrivate, 0o755)
    source = await open('a', inPrivate)
    destination = await open('b')
  })
  after(async () => {
    for (const side of [source, destination]) {
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
    const here: VmSpec = {
      instanceId: crypto.randomUUID(),
      nodeId: await nodeOf(source.driver),
      name: 'traveller',
      vcpus: 1,
      memoryBytes: 32 * 1024 ** 2,
      disks: [
        { id: 'root', source: { kind: 'image', image: image.ref }, sizeBytes: 1024 ** 2, bootIndex: 0 },
        {
          id: 'config',
          source: { kind: 'config-drive', volumeId: 'config-2', files: [{ paths: ['secret'], base64: 'c2VjcmV0' }] },
          sizeBytes: 1024 ** 2,
        },
      ],
      nics: [],
      imageProperties: { hw_qemu_guest_agent: 'yes' },
      options: {},
    }
    // What is on its drive nobody tells again.
    const drives = here.disks.map((disk) =>
      disk.source.kind === 'config-drive' ? { ...disk, source: { ...disk.source, files: [] } } : disk,
    )
    const there: VmSpec = { ...here, nodeId: await nodeOf(destination.driver), disks: drives }
    const control = (): ReturnType<typeof makeControl> => makeControl([image])
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
