/** Whose the drives in a folder of several hosts are, whatever the two do at once and wherever they die. Without a guest. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import {
  claimDrives,
  driveSetOf,
  giveDrives,
  hasJoined,
  hasSharedDrives,
  joinDriveSet,
  linkDrive,
  makeDriveSet,
  nameOfSet,
  removeDriveSet,
} from '../../drivers/qemu/drive-set.ts'
import type { QemuHost } from '../../drivers/qemu/host.ts'
import { findShareProblem, shareMarker } from '../../drivers/qemu/shared-storage.ts'

const id = '0d5f6a4e-9b1c-4d2e-8f3a-5b6c7d8e9f00'

describe('drives that hosts share', () => {
  let dir: string
  let share: string
  let a: QemuHost
  let b: QemuHost

  const hostOf = async (name: string, sharedDisks: string | undefined = share): Promise<QemuHost> => {
    const instancesDir = join(dir, name, 'instances')
    await mkdir(join(instancesDir, id), { recursive: true })
    const config = { sharedDisks }
    return { instancesDir, nodeId: crypto.randomUUID(), config } as unknown as QemuHost
  }
  const shareOf = async (name: string): Promise<string> => {
    const folder = join(dir, name)
    await mkdir(folder)
    await writeFile(join(folder, shareMarker), '')
    return folder
  }
  const setsIn = (folder: string): string[] => readdirSync(folder).filter((name) => name !== shareMarker)
  /** With one drive. */
  const madeAt = async (host: QemuHost): Promise<string> => {
    const folder = await makeDriveSet(host, id)
    await writeFile(join(folder, 'root.qcow2'), `of ${host.nodeId}`)
    await linkDrive(host, id, 'root')
    return folder
  }
  const offeredBy = (host: QemuHost, folder: string): { name: string; node: string } => ({
    name: nameOfSet(folder),
    node: host.nodeId,
  })
  /** A's drives are offered to B. */
  const joined = async (): Promise<string> => {
    const folder = await madeAt(a)
    await madeAt(b)
    assert.equal(await joinDriveSet(b, id, offeredBy(a, folder)), true)
    return folder
  }
  const owner = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('owner-'))

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pvs-'))
    share = await shareOf('shared')
    a = await hostOf('a')
    b = await hostOf('b')
  })
  afterEach(async () => await rm(dir, { recursive: true, force: true }))

  test('the source’s set takes the place of the one that was made for what comes, and says so', async () => {
    const folder = await joined()
    assert.deepEqual(setsIn(share), [nameOfSet(folder)], 'the empty one was left')
    assert.equal(readlinkSync(join(b.instancesDir, id, 'drives')), folder)
    assert.equal(readFileSync(join(b.instancesDir, id, 'root.qcow2'), 'utf8'), `of ${a.nodeId}`)
    assert.deepEqual(owner(folder), [`owner-${a.nodeId}-to-${b.nodeId}`])
    assert.equal(await hasJoined(b, id), true)
    assert.equal(await hasJoined(a, id), false)
    assert.equal(await joinDriveSet(b, id, offeredBy(a, folder)), true, 'asked again')
  })

  test('another storage, another guest’s set and a name that leads elsewhere are not joined', async () => {
    const other = await hostOf('c', await shareOf('other'))
    const own = await madeAt(other)
    const folder = await madeAt(a)
    for (const name of [
      nameOfSet(folder),
      `../shared/${nameOfSet(folder)}`,
      `${crypto.randomUUID()}.${crypto.randomUUID()}`,
    ])
      assert.equal(await joinDriveSet(other, id, { name, node: a.nodeId }), false, name)
    assert.equal(await joinDriveSet(b, id, offeredBy(a, folder)), false, 'without a set of its own')
    await madeAt(b)
    assert.equal(
      await joinDriveSet(b, id, { name: nameOfSet(folder), node: other.nodeId }),
      false,
      'not the owner’s word',
    )
    assert.deepEqual(owner(folder), [`owner-${a.nodeId}`])
    assert.deepEqual(owner(own), [`owner-${other.nodeId}`])
  })

  test('of two hosts that want a set that is between them at once, exactly one gets it', async () => {
    for (let round = 0; round < 50; round++) {
      const folder = await joined()
      const outcomes = await Promise.allSettled([claimDrives(a, id), claimDrives(b, id)])
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      const winner = outcomes[0].status === 'fulfilled' ? a : b
      assert.deepEqual(owner(folder), [`owner-${winner.nodeId}`])
      for (const host of [a, b]) {
        await removeDriveSet(host, id, [])
        await rm(join(host.instancesDir, id), { recursive: true })
        await mkdir(join(host.instancesDir, id))
      }
      assert.deepEqual(setsIn(share), [])
    }
  })

  test('given away, the drives are the other’s for good: nothing makes the guest run here, and they outlive its removal', async () => {
    const folder = await joined()
    assert.equal(await giveDrives(a, id, b.nodeId), true)
    assert.equal(await giveDrives(a, id, b.nodeId), true, 'asked again')
    await assert.rejects(claimDrives(a, id), { code: 'CONFLICT' })
    await assert.rejects(makeDriveSet(a, id), { code: 'CONFLICT' })
    await claimDrives(b, id)
    await removeDriveSet(a, id, [])
    assert.ok(existsSync(join(folder, 'root.qcow2')))
    await removeDriveSet(b, id, [])
    assert.deepEqual(setsIn(share), [])
  })

  test('what is not between the two is given to nobody', async () => {
    const folder = await madeAt(a)
    assert.equal(await giveDrives(a, id, b.nodeId), false)
    assert.deepEqual(owner(folder), [`owner-${a.nodeId}`])
  })

  for (const [first, last] of ['ab', 'ba'].map((order) => [...order]))
    test(`removed at ${first} and then at ${last} while nothing is decided: the first leaves the drives, the last removes them`, async () => {
      const folder = await joined()
      const hosts: Readonly<Record<string, QemuHost>> = { a, b }
      await removeDriveSet(hosts[first ?? ''] ?? a, id, [])
      assert.deepEqual(owner(folder), [`owner-${hosts[last ?? '']?.nodeId}`])
      assert.ok(existsSync(join(folder, 'root.qcow2')))
      await removeDriveSet(hosts[last ?? ''] ?? a, id, [])
      assert.deepEqual(setsIn(share), [])
    })

  test('a host that is back from the dead removes nothing that another took over', async () => {
    const folder = await joined()
    await claimDrives(b, id)
    assert.equal(await removeDriveSet(a, id, []), false)
    assert.ok(existsSync(join(folder, 'root.qcow2')))
  })

  test('a set that was made in part is made whole, or goes', async () => {
    const folder = join(share, `${id}.${crypto.randomUUID()}`)
    const link = join(a.instancesDir, id, 'drives')
    await symlink(folder, link)
    assert.equal(await removeDriveSet(a, id, []), false)
    assert.equal(await makeDriveSet(a, id), folder)
    assert.deepEqual(owner(folder), [`owner-${a.nodeId}`])
    await unlink(join(folder, `owner-${a.nodeId}`))
    await removeDriveSet(a, id, [])
    assert.deepEqual(setsIn(share), [])
  })

  test('disks that are to be kept stay with their owner', async () => {
    const folder = await madeAt(a)
    await writeFile(join(folder, 'blank-0.qcow2'), '')
    assert.equal(await removeDriveSet(a, id, ['root']), true)
    assert.deepEqual(readdirSync(folder).sort(), [`owner-${a.nodeId}`, 'root.qcow2'])
  })

  test('where the storage is not mounted nothing is made, taken or forgotten', async () => {
    const folder = await madeAt(a)
    await rm(join(share, shareMarker))
    assert.match((await findShareProblem(share)) ?? '', /mount the shared storage/)
    await assert.rejects(makeDriveSet(b, id), { code: 'UNREACHABLE', effect: 'none' })
    assert.equal(await driveSetOf(b, id), undefined)
    await assert.rejects(removeDriveSet(a, id, []), { code: 'UNREACHABLE' })
    assert.ok(existsSync(join(folder, 'root.qcow2')))
    await rm(share, { recursive: true })
    await mkdir(share)
    await assert.rejects(claimDrives(a, id), { code: 'UNREACHABLE' })
    assert.deepEqual(readdirSync(share), [])
  })

  test('drives from before the folder was named stay where they are', async () => {
    assert.equal(await hasSharedDrives(a, id), true)
    await writeFile(join(a.instancesDir, id, 'root.qcow2'), '')
    assert.equal(await hasSharedDrives(a, id), false)
    const alone = { ...(await hostOf('d')), config: {} } as QemuHost
    assert.equal(await hasSharedDrives(alone, id), false)
  })
})
