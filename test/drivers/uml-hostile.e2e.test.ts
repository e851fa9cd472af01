/** Real User-Mode Linux guests whose root has got hold of the host's user that they run as. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { NicSpec, VmSpec } from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { umlMissing } from '../support/uml-missing.ts'
import { makeControl } from './qemu-fixture.ts'
import { makeUmlSpec, startUmlGuest, waitForBoots, useUmlMachine } from './uml-fixture.ts'

describe('hostile users of User-Mode Linux guests', { skip: umlMissing, timeout: 300_000 }, () => {
  const uml = useUmlMachine()

  const folderOf = ({ instanceId }: VmSpec): string => join(uml.machine.stateDir, 'instances', instanceId)
  const socketFolderOf = (spec: VmSpec): string => join(folderOf(spec), 'run', spec.instanceId)

  test('what stands in the place of the pid file is not read', async (t) => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await waitForBoots(uml.driver, spec, 1)
    const folder = socketFolderOf(spec)
    const pidFile = join(folder, 'pid')
    const elsewhere = join(folderOf(spec), 'elsewhere')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'pid'), '1\n')
    const isOn = async (): Promise<void> => assert.equal((await uml.driver.get(spec))?.power, 'on')

    rmSync(pidFile)
    execFileSync('mkfifo', [pidFile])
    // Who waits for a writer gets one, and a number that is no guest's.
    const writer = spawn('sh', ['-c', 'echo 1 > "$1"', 'sh', pidFile], { stdio: 'ignore' })
    t.after(() => writer.kill('SIGKILL'))
    await isOn()

    rmSync(pidFile)
    symlinkSync(join(elsewhere, 'pid'), pidFile)
    await isOn()

    rmSync(pidFile)
    writeFileSync(pidFile, `1\n${' '.repeat(64)}x`)
    await isOn()

    renameSync(folder, `${folder}.moved`)
    symlinkSync(elsewhere, folder)
    await isOn()
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  const whenRoot = { skip: process.getuid?.() === 0 ? false : 'guests have users of their own only as root' }

  test('all that runs as its user ends with the guest, before another VM has that user', whenRoot, async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    const survivors = [runAs(uidOf(spec)), runAs(uidOf(spec))]
    await uml.driver.setPower(spec, 'off', {}, makeControl())
    assert.deepEqual(survivors.filter(isRunning), [])

    const late = runAs(uidOf(spec))
    await uml.driver.setPower(spec, 'on', {}, makeControl())
    assert.ok(!isRunning(late))

    const last = runAs(uidOf(spec))
    await uml.driver.ensureAbsent(spec, {}, makeControl())
    assert.ok(!isRunning(last))
  })

  test('no VM has a user as whom something runs', whenRoot, async (t) => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    await uml.driver.ensurePresent(spec, makeControl([uml.machine.image]))
    const uid = uidOf(spec)
    await uml.driver.ensureAbsent(spec, {}, makeControl())
    const stranger = runAs(uid)
    t.after(() => process.kill(-stranger, 'SIGKILL'))
    await uml.driver.ensurePresent(spec, makeControl([uml.machine.image]))
    assert.equal(uidOf(spec), uid + 1)
    await uml.driver.ensureAbsent(spec, {}, makeControl())
    assert.ok(isRunning(stranger))
  })

  test('a disk that is kept is nobody’s, and then that of the user its VM has', whenRoot, async () => {
    const [spec, other] = [await makeUmlSpec(uml.driver, uml.machine), await makeUmlSpec(uml.driver, uml.machine)]
    const ownerOf = (): number => statSync(join(folderOf(spec), 'root.cow')).uid
    await uml.driver.ensurePresent(spec, makeControl([uml.machine.image]))
    await uml.driver.ensureAbsent(spec, { keepDisks: ['root'] }, makeControl())
    assert.equal(ownerOf(), 0)
    await uml.driver.ensurePresent(other, makeControl([uml.machine.image]))
    await uml.driver.ensurePresent(spec, makeControl([uml.machine.image]))
    assert.notEqual(uidOf(spec), uidOf(other))
    assert.equal(ownerOf(), uidOf(spec))
    for (const { instanceId, nodeId } of [spec, other])
      await uml.driver.ensureAbsent({ instanceId, nodeId }, {}, makeControl())
  })

  test('what another guest calls itself does not count, be it there or not', whenRoot, async (t) => {
    const attacker = await makeUmlSpec(uml.driver, uml.machine)
    const victim = await makeUmlSpec(uml.driver, uml.machine)
    await uml.driver.ensurePresent(attacker, makeControl([uml.machine.image]))
    const uid = uidOf(attacker)
    const claim = [`umid=${victim.instanceId}`, `polyvisor.node=${victim.nodeId}`, 'hostfs=/']
    const impostors = [
      runAs(uid, ...claim.slice(0, 1)),
      runAs(uid, ...claim),
      runAs(uid, 'umid=../..', ...claim.slice(1)),
    ]
    t.after(() => uml.driver.ensureAbsent(attacker, {}, makeControl()))

    await uml.driver.ensurePresent(victim, makeControl([uml.machine.image]))
    assert.equal((await uml.driver.get(victim))?.power, 'off')
    assert.deepEqual(
      (await uml.driver.list()).map(({ power }) => power),
      ['off', 'off'],
    )
    await uml.driver.setPower(victim, 'on', {}, makeControl())
    await waitForBoots(uml.driver, victim, 1)
    assert.equal((await uml.driver.get(victim))?.power, 'on')
    await uml.driver.setPower(victim, 'off', {}, makeControl())
    await uml.driver.ensureAbsent(victim, {}, makeControl())
    assert.deepEqual(impostors.filter(isRunning), impostors)
  })

  test('a guest whose kernel has ended is off, whatever waits beside it', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    const nic: NicSpec = { id: 'one', macAddress: '52:54:00:6f:76:01', network: { kind: 'none' } }
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await waitForBoots(uml.driver, spec, 1)
    await uml.driver.nics.attach({ ...spec, nics: [nic] }, 'one', makeControl())
    const [helper] = pidsOf(spec, 'tail')
    assert.ok(helper !== undefined)
    process.kill(helper, 'SIGSTOP') // as long as it has not seen the end
    const kernel = Number(readFileSync(join(socketFolderOf(spec), 'pid'), 'utf8'))
    process.kill(kernel, 'SIGKILL')
    rmSync(join(socketFolderOf(spec), 'pid'))
    await waitUntil('the end of the kernel', () => (isRunning(kernel) ? undefined : true))
    assert.equal((await uml.driver.get(spec))?.power, 'off')
    await uml.driver.setPower(spec, 'on', {}, makeControl())
    await waitForBoots(uml.driver, spec, 2)
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('a folder deeper than a path can be long goes with the guest', async () => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    const name = 'd'.repeat(200)
    const deep = Array.from({ length: 10 }, () => name).join('/')
    /** Each below the one before, by names that are short enough. */
    const nest = (folder: string): void => {
      for (const part of ['1', '2', '3']) mkdirSync(join(folder, part, deep), { recursive: true })
      renameSync(join(folder, '2'), join(folder, '3', deep, '2'))
      renameSync(join(folder, '3'), join(folder, '1', deep, '3'))
    }
    nest(socketFolderOf(spec))
    await uml.driver.setPower(spec, 'off', {}, makeControl())
    nest(join(folderOf(spec), 'run'))
    await uml.driver.setPower(spec, 'on', {}, makeControl())
    nest(join(folderOf(spec), 'run'))
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  const uidOf = (spec: VmSpec): number =>
    (JSON.parse(readFileSync(join(folderOf(spec), 'vm.json'), 'utf8')) as { readonly uid: number }).uid

  /** Of that program, in the guest's folder. */
  const pidsOf = (spec: VmSpec, program: string): readonly number[] =>
    readdirSync('/proc')
      .map(Number)
      .filter((pid) => {
        const [file] = textOf(`/proc/${pid}/cmdline`).split('\0')
        return file === program && linkOf(`/proc/${pid}/cwd`) === join(folderOf(spec), 'run')
      })
})

/** What waits, with those arguments. @returns its pid, when it has become that */
function runAs(uid: number, ...args: readonly string[]): number {
  const identity = ['--reuid', `${uid}`, '--regid', `${uid}`, '--clear-groups']
  const command = ['sh', '-c', 'sleep 1000 >/dev/null 2>&1 & wait', 'sh', ...args]
  const child = spawn('setpriv', [...identity, ...command], { cwd: '/', detached: true, stdio: 'ignore' })
  child.unref()
  const { pid } = child
  assert.ok(pid !== undefined)
  while (!textOf(`/proc/${pid}/cmdline`).startsWith('sh\0'));
  return pid
}

function isRunning(pid: number): boolean {
  return /\) [^ZX] /.test(textOf(`/proc/${pid}/stat`))
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
