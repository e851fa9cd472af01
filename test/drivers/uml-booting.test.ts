// One database is enough: there is none.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { untilBooted } from '../../drivers/uml/booting.ts'
import { startGuest } from '../../drivers/uml/guest.ts'
import { instanceDir, recordPath, type UmlHost } from '../../drivers/uml/host.ts'
import { NativeCalls } from '../../drivers/uml/native-calls.ts'
import type { GuestProcess } from '../../drivers/uml/proc.ts'
import type { VmRecord } from '../../drivers/uml/vm-record.ts'
import type { Control } from '../../src/driver/driver.ts'
import { Places } from '../../src/util/places.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { umlMissing } from '../support/uml-missing.ts'

const record: VmRecord = {
  instanceId: '3b1f2a54-5c0e-4b0e-9d6e-0d9a4a6f0001',
  name: 'guest',
  specHash: '',
  state: 'ready',
  uid: null,
  memoryBytes: 0,
  disks: [],
  nics: [],
  kernelArgs: [],
}

describe('guests that boot', () => {
  const running: ChildProcess[] = []
  let folder: string
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'polyvisor-booting-'))))
  after(async () => {
    for (const process of running) process.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  test('one that has ended has no place, one that rests gives it back, and one that computes does in the end', async () => {
    const resting = start('sleep', ['600'])
    const ended = { pid: 2 ** 22 + 1, startTicks: 0 }
    const computing = start('sh', ['-c', 'while :; do :; done'])
    const order: string[] = []
    const note = async (name: string, process: GuestProcess): Promise<void> => {
      await untilBooted(process)
      order.push(name)
    }
    await Promise.all([note('computing', computing), note('resting', resting), note('ended', ended)])
    assert.deepEqual(order, ['ended', 'resting', 'computing'])
  })

  test(
    'a start that waits for its place hears that it is cancelled, and gives it up',
    { skip: umlMissing },
    async () => {
      const booting = new Places(1)
      const host = await makeHost(booting)
      const free = await booting.take()
      const cancel = new AbortController()
      const control = { signal: cancel.signal } as unknown as Control
      const started = startGuest(host, record, control)
      const waits = async (): Promise<true | undefined> => (booting.waiting === 1 ? true : undefined)
      await waitUntil('the start to wait', waits)
      cancel.abort(new Error('enough'))
      await assert.rejects(started, { code: 'CANCELLED', effect: 'partial' })
      assert.equal(booting.waiting, 0)
      free()
      assert.equal(booting.areTaken, false)
    },
  )

  function start(file: string, args: readonly string[]): GuestProcess {
    const child = spawn(file, args, { stdio: 'ignore' })
    running.push(child)
    return { pid: child.pid ?? 0, startTicks: 0 }
  }

  /** As far as a start needs it before its guest begins. */
  async function makeHost(booting: Places): Promise<UmlHost> {
    const host = { nodeId: 'node', instancesDir: join(folder, 'instances'), native: new NativeCalls(), booting }
    await mkdir(instanceDir(host, record.instanceId), { recursive: true })
    await writeFile(recordPath(host, record.instanceId), JSON.stringify(record))
    return host as unknown as UmlHost
  }
})
