/**
 * A host's disk that is full, by an image that is too large for it or by somebody else's file, under real guests: the server
 * says so, nothing of it stays, the host's other guest goes on, and with room again all is as before without any repair.
 */
// One database is enough: it is about a host's disk.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs'
import { chmod, mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeBootSector } from '../../scripts/make-boot-sector.ts'
import type { ApiClient } from '../../src/cli/api-client.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { endOwnProcesses } from '../support/leftovers.ts'
import { qemuMissing } from '../support/qemu-missing.ts'
import { isRunning, QemuObserver } from '../support/qemu-observer.ts'
import {
  createServer,
  deleteServer,
  uploadImage,
  waitForHosts,
  waitUntilSettled,
  type ServerView,
} from '../support/servers.ts'
import { makeDataDir, removeDataDir, startService, type SpawnedService } from '../support/start-service.ts'
import { makeUmlGuest } from '../support/test-guest.ts'
import { umlMissing } from '../support/uml-missing.ts'

const mebibyte = 1024 ** 2
/** A sparse file; hosts count their disks in GB. */
const diskBytes = 3 * 1024 ** 3
const largeBytes = 96 * mebibyte
/** The host says the one; the scheduler the other, once it was told how little is free. */
const isFull = /storage is full|not enough free disk/

interface Kind {
  readonly driver: 'qemu' | 'uml'
  readonly missing: string | false
  readonly properties: Readonly<Record<string, string>>
  readonly makeGuest: (folder: string) => Promise<string>
}

const kinds: readonly Kind[] = [
  { driver: 'qemu', missing: qemuMissing, makeGuest: makeBootDisk, properties: {} },
  { driver: 'uml', missing: umlMissing, makeGuest: makeUmlGuest, properties: { hw_vm_mode: 'uml' } },
]

for (const { driver, missing, makeGuest, properties } of kinds) {
  describe(`a full disk under ${driver}`, { skip: missing || mountMissing(), timeout: 400_000 }, () => {
    let dataDir: string
    /** The host's disk. */
    let disk: string
    let service: SpawnedService
    let client: ApiClient
    let smallImage: string
    let guestFile: string
    /** Runs all the time. */
    let bystander: string
    let bystanderPid: number

    before(async () => {
      dataDir = await makeDataDir()
      disk = join(dataDir, 'agent')
      await mkdir(disk)
      await mountDisk(join(dataDir, 'disk.ext4'), disk)
      service = await startService({ dataDir, args: ['--driver', driver, '--log-level', 'info'] })
      client = await service.client()
      await waitForHosts(client)
      // Without a size of its own: what a host has is counted in GB.
      const flavor = { id: 'as-image', name: 'as-image', vcpus: 1, ram: 128, disk: 0 }
      await client.send('POST', '/compute/v2.1/flavors', { body: { flavor } })
      guestFile = await makeGuest(dataDir)
      smallImage = await uploadImage(client, guestFile, 'small', properties)
      bystander = await createServer(client, smallImage, 'as-image', 'bystander')
      const { status, fault } = await waitUntilSettled(client, bystander)
      assert.equal(status, 'ACTIVE', fault?.message)
      bystanderPid = pidOf(bystander)
    })
    after(async () => {
      makeRoom()
      if (bystander !== undefined) await deleteServer(client, bystander)
      await service?.stop()
      await endOwnProcesses(dataDir)
      spawnSync('umount', ['-l', disk])
      await removeDataDir(dataDir)
    })

    const pidOf = (id: string): number => {
      const pid = driver === 'qemu' ? new QemuObserver(dataDir).guestPid(id) : pidByWord(`umid=${id}`)
      assert.ok(pid !== undefined, 'the guest has a process')
      return pid
    }
    const folder = (name: string): string => join(disk, 'drivers', driver, name)
    const free = (): number => {
      const { bavail, bsize } = statfsSync(disk)
      return bavail * bsize
    }
    /** Leaves so much free, or less where something is written meanwhile. */
    const fillBut = (leave: number): void => {
      const size = String(Math.max(4096, free() - leave))
      spawnSync('fallocate', ['-l', size, join(disk, `filler-${readdirSync(disk).length}`)])
    }
    /** Until not a byte more goes on it. */
    const fill = (): void => {
      fillBut(mebibyte)
      for (const bytes of [65_536, 4096, 512]) appendUntilFull(join(disk, 'filler-rest'), bytes)
    }
    const makeRoom = (): void => {
      for (const name of readdirSync(disk)) if (name.startsWith('filler')) rmSync(join(disk, name))
    }
    const upload = async (sizeBytes: number, name: string): Promise<string> => {
      const file = join(dataDir, `${name}.raw`)
      const guest = await readFile(guestFile)
      await writeFile(file, Buffer.concat([guest, randomBytes(sizeBytes - guest.length)]))
      return await uploadImage(client, file, name, properties)
    }
    /** Of the image that is coming. */
    const partBytes = (): number => {
      const name = readdirSync(folder('cache')).find((file) => file.endsWith('.part'))
      return name === undefined ? 0 : (statSync(join(folder('cache'), name), { throwIfNoEntry: false })?.size ?? 0)
    }
    const create = (imageId: string): Promise<string> => createServer(client, imageId, 'as-image', 'unlucky')
    const isRefused = async (id: string): Promise<void> => {
      const server = await waitUntilSettled(client, id)
      assert.equal(server.status, 'ERROR')
      assert.match(server.fault?.message ?? '', isFull)
      nothingIsLeft()
      await waitForHosts(client)
    }
    /** But what the bystander has. */
    const nothingIsLeft = (): void => {
      assert.deepEqual(readdirSync(folder('instances')), [bystander])
      for (const name of ['cache', ...(driver === 'uml' ? ['bases'] : [])])
        assert.deepEqual(
          readdirSync(folder(name)).filter((file) => file.endsWith('.part')),
          [],
        )
      assert.deepEqual(readdirSync(folder('snapshots')), [])
      assert.equal(pidOf(bystander), bystanderPid)
      assert.ok(isRunning(bystanderPid))
    }
    const anotherComesUp = async (imageId: string): Promise<void> => {
      const id = await create(imageId)
      const { status, fault } = await waitUntilSettled(client, id)
      assert.equal(status, 'ACTIVE', fault?.message)
      await deleteServer(client, id)
      nothingIsLeft()
    }

    test('an image that is larger than what is free', async () => {
      const imageId = await upload(largeBytes, 'large')
      fillBut(largeBytes / 2)
      const id = await create(imageId)
      await isRefused(id)
      await deleteServer(client, id)
      makeRoom()
      await anotherComesUp(smallImage)
    })

    test('somebody else takes the room while the image comes', async () => {
      const imageId = await upload(largeBytes, 'larger')
      const id = await create(imageId)
      await waitUntil('a good part of the image', () => (partBytes() > 4 * mebibyte ? true : undefined), { everyMs: 1 })
      fill()
      await isRefused(id)
      await deleteServer(client, id)
      makeRoom()
      await anotherComesUp(smallImage)
    })

    test('not a byte is free when a server is asked for, nor when another is deleted', async () => {
      const another = await create(smallImage)
      const { status, fault } = await waitUntilSettled(client, another)
      assert.equal(status, 'ACTIVE', fault?.message)
      fill()
      const id = await create(smallImage)
      const refused = await waitUntilSettled(client, id)
      assert.equal(refused.status, 'ERROR')
      assert.match(refused.fault?.message ?? '', isFull)
      await deleteServer(client, another)
      await deleteServer(client, id)
      nothingIsLeft()
      makeRoom()
      await anotherComesUp(smallImage)
    })

    test('a snapshot of the running guest', async () => {
      fill()
      const body = { createImage: { name: 'unlucky' } }
      await client.send('POST', `/compute/v2.1/servers/${bystander}/action`, { body })
      assert.equal((await waitUntilSettled(client, bystander)).status, 'ACTIVE')
      nothingIsLeft()
      makeRoom()
      await client.send('POST', `/compute/v2.1/servers/${bystander}/action`, {
        body: { createImage: { name: 'lucky' } },
      })
      assert.equal((await waitUntilSettled(client, bystander)).status, 'ACTIVE')
      const { images } = await client.get<{ images: readonly { name: string; status: string }[] }>('/image/v2/images')
      const made = images.filter(({ name }) => name.endsWith('lucky')).map(({ name, status }) => `${name} ${status}`)
      assert.deepEqual(made, ['lucky active'])
    })

    test('a guest is started, at the latest once there is room', async (t) => {
      const settle = async (status: string): Promise<ServerView | undefined> => {
        const server = await waitUntilSettled(client, bystander)
        return server.status === status ? server : undefined
      }
      const start = (): Promise<unknown> =>
        client.send('POST', `/compute/v2.1/servers/${bystander}/action`, { body: { 'os-start': null } })
      process.kill(bystanderPid, 'SIGKILL')
      await waitUntil('it to be off', () => settle('SHUTOFF'))
      fill()
      await start()
      const { status, fault } = await waitUntilSettled(client, bystander)
      t.diagnostic(`started with a full disk: ${status} ${fault?.message ?? ''}`)
      makeRoom()
      if (status === 'SHUTOFF') await start()
      await waitUntil('it to be up', () => settle('ACTIVE'))
      bystanderPid = pidOf(bystander)
      nothingIsLeft()
    })
  })
}

async function makeBootDisk(folder: string): Promise<string> {
  const file = join(folder, 'boot.raw')
  await writeFile(file, makeBootSector())
  return file
}

function pidByWord(word: string): number | undefined {
  const { stdout } = spawnSync('ps', ['-ww', '-eo', 'pid=,args=', '--sort=start_time'], { encoding: 'utf8' })
  const line = stdout.split('\n').find((each) => each.includes(word))
  return line === undefined ? undefined : Number.parseInt(line, 10)
}

async function mountDisk(file: string, at: string): Promise<void> {
  await writeFile(file, '')
  await truncate(file, diskBytes)
  run('mkfs.ext4', '-q', '-m', '0', '-O', '^has_journal', file)
  run('mount', '-o', 'loop', file, at)
  await chmod(at, 0o711)
}

/** @throws Error with what it said */
function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

function appendUntilFull(file: string, bytes: number): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(bytes))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

/** The reason to skip, or false. */
function mountMissing(): string | false {
  if (process.getuid?.() !== 0) return 'SKIPPED: needs root, to mount a small file system'
  const probe =
    'd=$(mktemp -d) && truncate -s 1M "$d/f" && mkfs.ext4 -q "$d/f" && mkdir "$d/m" && mount -o loop "$d/f" "$d/m" && umount "$d/m"; s=$?; rm -rf "$d"; exit "$s"'
  return spawnSync('sh', ['-c', probe]).status === 0 ? false : 'SKIPPED: loop devices cannot be mounted here'
}
