/** Real User-Mode Linux guests that are held while a disk of theirs is copied, and what ends with guests that end by themselves. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { UmlDriver } from '../../drivers/uml/driver.ts'
import { isAlive, type GuestProcess } from '../../drivers/uml/proc.ts'
import type { VmSpec } from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { umlMissing } from '../support/uml-missing.ts'
import { makeControl } from './qemu-fixture.ts'
import { ask, makeHeldProgram, makeUmlMachine, makeUmlSpec, startUmlGuest, waitForBoots } from './uml-fixture.ts'
import type { UmlMachine } from './uml-fixture.ts'

describe('User-Mode Linux guests that are held', { skip: umlMissing, timeout: 300_000 }, () => {
  let machine: UmlMachine
  let driver: UmlDriver
  const end = new AbortController()
  let watching: Promise<void>

  before(async () => {
    machine = await makeUmlMachine()
    driver = await machine.open()
    watching = (async () => {
      for await (const _ of driver.events(end.signal));
    })()
  })
  after(async () => {
    end.abort()
    await watching
    await machine.dispose(driver)
  })

  const folderOf = ({ instanceId }: VmSpec): string => join(machine.stateDir, 'instances', instanceId)
  const isHeld = (spec: VmSpec): boolean => existsSync(join(folderOf(spec), 'held'))
  const snapshot = async (spec: VmSpec, signal?: AbortSignal): Promise<number> => {
    let bytes = 0
    const wanted = { diskId: 'root', format: 'qcow2' } as const
    for await (const chunk of driver.snapshot.read(spec, wanted, makeControl([], signal))) bytes += chunk.length
    return bytes
  }

  test('a copy ends when it is cancelled; the guest goes on, and can be removed', async (t) => {
    const spec = await makeUmlSpec(driver, machine)
    await startUmlGuest(driver, spec, machine.image)
    await waitForBoots(driver, spec, 1)
    const cp = await makeHeldProgram('cp')
    t.after(() => cp.dispose())
    await cp.hold('root.cow', 'next')
    const cancel = new AbortController()
    const copying = snapshot(spec, cancel.signal)
    await cp.untilHeld()
    assert.ok(isHeld(spec))
    cancel.abort()
    await assert.rejects(copying, { code: 'CANCELLED', effect: 'none' })
    assert.ok(!isHeld(spec))
    assert.equal(await ask(driver, spec, 'echo still there'), 'still there')
    await driver.ensureAbsent(spec, {}, makeControl())
  })

  test('a guest that does not hear that it may go on does so later, without a new start of the driver', async (t) => {
    const spec = await makeUmlSpec(driver, machine)
    await startUmlGuest(driver, spec, machine.image)
    await waitForBoots(driver, spec, 1)
    const mconsole = await makeHeldProgram()
    t.after(() => mconsole.dispose())
    await mconsole.hold('mconsole go', 'all')
    assert.ok((await snapshot(spec)) > 0)
    assert.ok(isHeld(spec))
    await mconsole.dispose()
    assert.equal(await ask(driver, spec, 'echo still there'), 'still there')
    await waitUntil('nobody to hold it', () => (isHeld(spec) ? undefined : true), { timeoutMs: 60_000 })
    await driver.ensureAbsent(spec, {}, makeControl())
  })

  test('an end is told to whoever had just begun to listen', async () => {
    const spec = await makeUmlSpec(driver, machine)
    await startUmlGuest(driver, spec, machine.image)
    await waitForBoots(driver, spec, 1)
    const pid = Number(readFileSync(join(folderOf(spec), 'run', spec.instanceId, 'pid'), 'utf8'))
    const stop = new AbortController()
    const told: string[] = []
    const listening = (async () => {
      for await (const { instanceId, kind } of driver.events(stop.signal)) told.push(`${kind} ${instanceId}`)
    })()
    process.kill(pid, 'SIGKILL')
    const wanted = `stopped ${spec.instanceId}`
    await waitUntil('the end to be told', async () => (told.includes(wanted) ? true : undefined))
    stop.abort()
    await listening
    await driver.ensureAbsent(spec, {}, makeControl())
  })

  const whenRoot = { skip: process.getuid?.() === 0 ? false : 'guests have users of their own only as root' }

  test(
    'what runs as the user of a guest that halted by itself ends, and of one that runs does not',
    whenRoot,
    async () => {
      const [halting, running] = [await makeUmlSpec(driver, machine), await makeUmlSpec(driver, machine)]
      for (const spec of [halting, running]) await startUmlGuest(driver, spec, machine.image)
      const [stray, other] = [await runAs(uidOf(halting)), await runAs(uidOf(running))]
      await waitForBoots(driver, halting, 1)
      const serial = await driver.remoteConsole.open(halting, 'serial')
      await waitUntil(
        'the guest to halt',
        async () => {
          serial.write('poweroff -f\n')
          return (await driver.get(halting))?.power === 'off' ? true : undefined
        },
        { timeoutMs: 60_000, everyMs: 500 },
      )
      serial.destroy()
      await waitUntil('the end of the stray', () => (isAlive(stray) ? undefined : true), { timeoutMs: 60_000 })
      assert.ok(isAlive(other))
      for (const spec of [halting, running]) await driver.ensureAbsent(spec, {}, makeControl())
      assert.ok(!isAlive(other))
    },
  )

  test(
    'all that a guest runs on the host is limited in number, and more than its kernel makes by itself',
    whenRoot,
    async () => {
      const spec = await makeUmlSpec(driver, machine)
      await startUmlGuest(driver, spec, machine.image)
      await waitForBoots(driver, spec, 1)
      const pid = readFileSync(join(folderOf(spec), 'run', spec.instanceId, 'pid'), 'utf8').trim()
      const limit = /^Max processes +([0-9]+) +([0-9]+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))
      assert.deepEqual(limit?.slice(1), ['1280', '1280']) // 256 and 16 for each of 64 MiB
      const most = Number(await ask(driver, spec, 'cat /proc/sys/kernel/threads-max', (text) => Number(text) > 0))
      assert.ok(most < 1280, `its kernel makes up to ${most}`)
      await driver.ensureAbsent(spec, {}, makeControl())
    },
  )

  const uidOf = (spec: VmSpec): number =>
    (JSON.parse(readFileSync(join(folderOf(spec), 'vm.json'), 'utf8')) as { readonly uid: number }).uid
})

/** Something that waits, when it runs as that user. */
async function runAs(uid: number): Promise<GuestProcess> {
  const identity = ['--reuid', `${uid}`, '--regid', `${uid}`, '--clear-groups']
  const child = spawn('setpriv', [...identity, 'sleep', '1000'], { cwd: '/', detached: true, stdio: 'ignore' })
  child.unref()
  const pid = child.pid ?? 0
  const runs = (): boolean => readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep\0')
  await waitUntil('it to run', async () => (runs() ? true : undefined))
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return { pid, startTicks: Number(stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[19]) }
}
