/** Records of VMs that cannot be read, processes found, and copies that end early: without any guest. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { copySparsely } from '../../drivers/uml/copy-file.ts'
import type { UmlDriver } from '../../drivers/uml/driver.ts'
import { umlPlugin } from '../../drivers/uml/plugin.ts'
import { processesOf, scanProcesses } from '../../drivers/uml/scans.ts'
import { storageError } from '../../drivers/local/storage-error.ts'
import { SharedWork } from '../../drivers/local/shared-work.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { makeControl, processesNaming } from './qemu-fixture.ts'

let dir: string
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pvr-'))
})
after(() => rm(dir, { recursive: true, force: true }))

describe('records that cannot be read', () => {
  const good = '6f1f2a0e-0000-4000-8000-000000000001'
  const bad: Readonly<Record<string, string>> = {
    '6f1f2a0e-0000-4000-8000-000000000002': '{"instanceId":',
    '6f1f2a0e-0000-4000-8000-000000000003': '',
    '6f1f2a0e-0000-4000-8000-000000000004': 'null',
    '6f1f2a0e-0000-4000-8000-000000000005': '{"instanceId":"another"}',
  }
  const pathOf = (id: string): string => join(dir, 'instances', id, 'vm.json')
  const open = (): Promise<UmlDriver> => umlPlugin.open({}, { log: silentLogger, stateDir: dir, hostName: 'test-host' })

  test('the others are there, nothing is deleted, and only that VM fails', async () => {
    const record = { instanceId: good, name: 'good', specHash: '', state: 'ready', uid: null, memoryBytes: 0 }
    for (const [id, text] of Object.entries({ ...bad, [good]: JSON.stringify({ ...record, disks: [] }) })) {
      mkdirSync(join(dir, 'instances', id), { recursive: true })
      writeFileSync(pathOf(id), text)
    }
    const driver = await open()
    try {
      assert.deepEqual(
        (await driver.list()).map(({ instanceId, power }) => [instanceId, power]),
        [[good, 'off']],
      )
      for (const [id, text] of Object.entries(bad)) {
        const ref = { instanceId: id, nodeId: '' }
        const refused = { code: 'HYPERVISOR', retry: 'never', effect: 'none' }
        await assert.rejects(driver.get(ref), refused)
        await assert.rejects(driver.ensureAbsent(ref, {}, makeControl()), refused)
        assert.equal(readFileSync(pathOf(id), 'utf8'), text)
      }
    } finally {
      await driver.close()
    }
    assert.equal(readdirSync(join(dir, 'instances')).length, 5)
  })
})

describe('a look at all processes', () => {
  test('is one for all who ask before it begins, and comes after they asked', async () => {
    const [one, same] = [scanProcesses(), scanProcesses()]
    assert.equal(one, same)
    await new Promise((resolve) => process.nextTick(resolve)) // it has begun
    const child = spawn('sleep', ['1000'], { argv0: 'umid=seen', stdio: 'ignore' })
    try {
      assert.ok(child.pid !== undefined)
      const later = scanProcesses()
      assert.notEqual(later, one)
      const found = await waitUntil('the process', async () => (await scanProcesses()).byUmid.get('seen'))
      assert.deepEqual(
        found.map(({ pid }) => pid),
        [child.pid],
      )
      const ours = await processesOf(process.getuid?.() ?? -1)
      assert.ok(ours.some(({ pid }) => pid === child.pid))
    } finally {
      child.kill('SIGKILL')
    }
  })
})

test('a look at all processes lets others have their turn', async () => {
  await waitUntil('a turn of another', async () => {
    let hadTurn = false
    setImmediate(() => (hadTurn = true))
    await scanProcesses()
    return hadTurn ? true : undefined
  })
})

describe('copies', () => {
  test('end with the signal, and so does what copies', async () => {
    const from = join(dir, 'pipe') // nobody ever writes into it
    execFileSync('mkfifo', [from])
    const cancel = new AbortController()
    const copying = copySparsely(from, join(dir, 'copy'), cancel.signal)
    await waitUntil('cp', () => (processesNaming(from).length > 0 ? true : undefined))
    cancel.abort(new Error('enough'))
    await assert.rejects(copying, { message: 'enough' })
    assert.deepEqual(processesNaming(from), [])
  })

  test('say that the storage is full', async () => {
    const from = join(dir, 'full')
    writeFileSync(from, 'x'.repeat(100_000))
    const error = await copySparsely(from, '/dev/full', new AbortController().signal).catch((thrown: unknown) => thrown)
    assert.equal(storageError(error)?.code, 'STORAGE_FULL')
  })
})

describe('work that several want', () => {
  test('goes on while one of them wants it, and is stopped when nobody does', async () => {
    const work = new SharedWork<string>()
    const ends: AbortController[] = []
    const begin = (stop: AbortController): Promise<string> => {
      ends.push(stop)
      return new Promise((resolve) => stop.signal.addEventListener('abort', () => resolve('stopped')))
    }
    const [first, second] = [new AbortController(), new AbortController()]
    const join = ({ signal }: AbortController): Promise<string> =>
      work.join('key', { signal, onProgress: () => undefined }, begin)
    const waiting = [join(first), join(second)]
    first.abort()
    await assert.rejects(waiting[0] as Promise<string>, { code: 'CANCELLED', effect: 'none' })
    assert.deepEqual(
      ends.map(({ signal }) => signal.aborted),
      [false],
    )
    second.abort()
    await assert.rejects(waiting[1] as Promise<string>, { code: 'CANCELLED', effect: 'none' })
    assert.deepEqual(
      ends.map(({ signal }) => signal.aborted),
      [true],
    )
  })
})
