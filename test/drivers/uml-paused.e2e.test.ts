/** User-Mode Linux guests that are paused or held: what is changed meanwhile, and that they go on whatever was said to them. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { DiskSpec, NicSpec, VmSpec } from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { umlMissing } from '../support/uml-missing.ts'
import { makeControl } from './qemu-fixture.ts'
import { ask, makeHeldProgram, makeUmlSpec } from './uml-fixture.ts'
import { startUmlGuest, waitForBoots, useUmlMachine } from './uml-fixture.ts'

const run = promisify(execFile)
const blank = (id: string, mib: number): DiskSpec => ({ id, source: { kind: 'blank' }, sizeBytes: mib * 1024 ** 2 })
const [first, second] = [blank('first', 1), blank('second', 2)]
const nic = (id: string, last: string): NicSpec => ({
  id,
  macAddress: `52:54:00:6f:77:${last}`,
  network: { kind: 'none' },
})
const [one, two] = [nic('one', '01'), nic('two', '02')]
const busy = { code: 'BUSY', effect: 'none' }

describe('paused User-Mode Linux guests', { skip: umlMissing, timeout: 300_000 }, () => {
  const uml = useUmlMachine()

  const boot = async (more: Partial<VmSpec> = {}): Promise<VmSpec> => {
    const spec = await makeUmlSpec(uml.driver, uml.machine, more)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await waitForBoots(uml.driver, spec, 1)
    return spec
  }
  const pause = (spec: VmSpec): Promise<void> => uml.driver.pause.pause(spec, makeControl())
  const unpause = (spec: VmSpec): Promise<void> => uml.driver.pause.unpause(spec, makeControl())
  const folderOf = ({ instanceId }: Pick<VmSpec, 'instanceId'>): string =>
    join(uml.machine.stateDir, 'instances', instanceId)
  /** Waits until the guest has these disks and NICs. */
  const sees = async (spec: VmSpec, disks: string, nics: readonly NicSpec[] = []): Promise<void> => {
    const wanted = [disks, ...nics.map(({ macAddress }) => macAddress)].join(' ')
    const isThat = (printed: string): boolean =>
      [...printed.matchAll(/\bubd[a-p]\b|(?<=ether )[0-9a-f:]{17}/g)].map(([found]) => found).join(' ') === wanted
    await ask(uml.driver, spec, 'cat /proc/partitions; busybox ip link', isThat)
  }
  /** Past our driver; without waiting for an answer. */
  const send = async ({ instanceId }: VmSpec, command: string): Promise<void> => {
    const script = `
      socket(my $socket, PF_UNIX, SOCK_DGRAM, 0) or die $!;
      send($socket, pack('L3a512', 0xcafebabe, 2, length $ARGV[1], $ARGV[1]), 0, sockaddr_un($ARGV[0])) or die $!;`
    const cwd = join(folderOf({ instanceId }), 'run')
    await run('perl', ['-MSocket', '-e', script, `./${instanceId}/mconsole`, command], { cwd })
  }

  test('get what is attached meanwhile when they go on, after a restart of the driver too', async () => {
    const spec = await boot()
    const wanted = { ...spec, disks: [...spec.disks, first], nics: [one] }
    await pause(spec)
    await uml.driver.disks.attach({ ...wanted, nics: [] }, 'first', makeControl())
    await uml.driver.nics.attach(wanted, 'one', makeControl())
    await uml.driver.disks.attach(wanted, 'first', makeControl()) // again
    await uml.driver.nics.attach(wanted, 'one', makeControl())
    assert.equal((await uml.driver.get(spec))?.power, 'paused')
    await uml.driver.close()
    uml.driver = await uml.machine.open()
    assert.equal((await uml.driver.get(spec))?.power, 'paused')
    await unpause(spec)
    await sees(spec, 'ubda ubdb', [one])
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('get it later when they do not answer as they go on', async () => {
    const stop = new AbortController()
    const watch = (async () => {
      for await (const _ of uml.driver.events(stop.signal));
    })()
    const held = await makeHeldProgram()
    try {
      const spec = await boot()
      await pause(spec)
      await uml.driver.disks.attach({ ...spec, disks: [...spec.disks, first] }, 'first', makeControl())
      await held.hold(`${spec.instanceId}/mconsole proc partitions`, 'next')
      const goesOn = unpause(spec)
      await held.untilHeld()
      await goesOn // with what it asked given up
      await sees(spec, 'ubda ubdb')
      await uml.driver.ensureAbsent(spec, {}, makeControl())
    } finally {
      await held.dispose()
      stop.abort()
      await watch
    }
  })

  test('let go of nothing that they have, BUSY, and at once of what they have not got yet', async () => {
    const spec = await boot({ nics: [one] })
    const more = { ...spec, disks: [...spec.disks, first] }
    await uml.driver.disks.attach(more, 'first', makeControl())
    await pause(spec)
    await assert.rejects(uml.driver.disks.detach(more, 'first', makeControl()), busy)
    await assert.rejects(uml.driver.nics.detach(more, 'one', makeControl()), busy)
    const most = { ...more, disks: [...more.disks, second], nics: [one, two] }
    await uml.driver.disks.attach({ ...most, nics: [one] }, 'second', makeControl())
    await uml.driver.nics.attach(most, 'two', makeControl())
    await uml.driver.nics.detach(most, 'two', makeControl())
    await uml.driver.disks.detach({ ...most, nics: [one] }, 'second', makeControl())
    assert.ok(!existsSync(join(folderOf(spec), 'second.raw')))
    await unpause(spec)
    await sees(spec, 'ubda ubdb', [one])
    await uml.driver.disks.detach(more, 'first', makeControl())
    await uml.driver.nics.detach(spec, 'one', makeControl())
    await sees(spec, 'ubda')
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('go on, also when they hang because somebody told them more than that', async () => {
    const spec = await boot()
    await pause(spec)
    const pid = Number(await readFile(join(folderOf(spec), 'run', spec.instanceId, 'pid'), 'utf8'))
    const file = join(folderOf(spec), 'run', 'by-hand')
    await run('truncate', ['-s', '1M', file])
    await run('chmod', ['666', file])
    // This lets its interrupts in again …
    const args = [`./${spec.instanceId}/mconsole`, 'config', `ubdp=${file}`]
    const cwd = join(folderOf(spec), 'run')
    assert.match((await run('uml_mconsole', args, { cwd, env: { ...process.env, HOME: cwd } })).stdout, /^OK/)
    // … one of which takes the next command, when that comes while nobody waits for it.
    process.kill(pid, 'SIGSTOP')
    await send(spec, 'proc version')
    process.kill(pid, 'SIGCONT')
    await unpause(spec)
    await ask(uml.driver, spec, 'echo goes on')
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('are held for a snapshot only when what was asked before is answered', async () => {
    const spec = await boot()
    const held = await makeHeldProgram()
    const ended: string[] = []
    const answers: Promise<unknown>[] = []
    const begin = (name: string, work: Promise<unknown>): void => void answers.push(work.then(() => ended.push(name)))
    try {
      await held.hold(`${spec.instanceId}/mconsole proc diskstats`, 'next')
      begin('statistics', uml.driver.stats.read(spec))
      await held.untilHeld()
      begin('snapshot', drain(uml.driver.snapshot.read(spec, { diskId: 'root', format: 'qcow2' }, makeControl())))
      await waitUntil('the guest to be held', () => existsSync(join(folderOf(spec), 'held')) || undefined)
      await ask(uml.driver, spec, 'echo still here')
      await ask(uml.driver, spec, 'echo and not just again')
    } finally {
      await held.dispose()
    }
    await Promise.all(answers)
    assert.deepEqual(ended, ['statistics', 'snapshot'])
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })
})

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) assert.ok(chunk.length > 0)
}
