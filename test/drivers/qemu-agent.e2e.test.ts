/** The guest agent: Debian's own, in a Linux guest, and guests that have none, or a deaf one. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { inspect, promisify } from 'node:util'
import type { QemuDriver } from '../../drivers/qemu/driver.ts'
import type { DriverError, VmSpec } from '../../src/driver/index.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { makeAgentImage, makeControl, makeMachine, makeSpec, skipReason, waitForConsole } from './qemu-fixture.ts'
import type { Machine, TestImage } from './qemu-fixture.ts'

const run = promisify(execFile)
/** The guest's own loop does not start it again. */
const endAgent = 'touch /no-agent; killall -9 qemu-ga'
/** It takes what it is told, and says nothing. */
const beDeaf = 'port=$(echo /dev/vport*p1); (while :; do cat; sleep 1; done) <$port >/dev/null & true'
const withAgent = { hw_qemu_guest_agent: 'yes' }

/** Has the guest's shell do it. @returns what it wrote, as one line */
async function say(driver: QemuDriver, spec: VmSpec, command: string): Promise<string> {
  const serial = await driver.remoteConsole.open(spec, 'serial')
  const turn = randomUUID() // lines of an earlier question may still be on their way
  let seen = ''
  serial.on('data', (bytes: Buffer) => (seen += bytes.toString('latin1')))
  try {
    return await waitUntil(
      `the guest to do ${command}`,
      () => {
        if (!seen.includes(turn)) serial.write(`\n${command} >/said 2>&1; echo "${turn}"=$(cat /said)=\n`)
        return new RegExp(`${turn}=([^\r\n]*)=\r`).exec(seen)?.[1]
      },
      { everyMs: 250, timeoutMs: 20_000 },
    )
  } finally {
    serial.destroy()
  }
}

/** What the guest itself has of root's password. */
async function shadowOf(driver: QemuDriver, spec: VmSpec): Promise<string> {
  return (await say(driver, spec, 'cat /etc/shadow')).split(':')[1] ?? ''
}

/** As a log-in compares it; perl has the C library's own crypt. */
async function opens(password: string, hash: string): Promise<boolean> {
  const { stdout } = await run('perl', ['-e', 'print crypt($ARGV[0], $ARGV[1])', password, hash])
  return stdout === hash
}

describe('the qemu driver and the agent in a guest', { skip: skipReason, timeout: 300_000 }, () => {
  let machine: Machine
  let driver: QemuDriver
  let image: TestImage

  before(async () => {
    machine = await makeMachine()
    driver = await machine.open()
    image = await makeAgentImage(machine.dir)
  })
  afterEach(async () => {
    for (const vm of await driver.list()) await driver.ensureAbsent(vm, {}, makeControl())
    const channels = join(machine.stateDir, 'libvirt/c/libvirt/qemu/channel/target')
    assert.deepEqual(await readdir(channels), [], 'sockets were left')
  })
  after(() => machine.dispose(driver))

  const booted = async (imageProperties: Record<string, string>, marker: string): Promise<VmSpec> => {
    const spec = await makeSpec(driver, image, { imageProperties })
    await driver.ensurePresent(spec, makeControl([image]))
    await driver.setPower(spec, 'on', {}, makeControl())
    await waitForConsole(driver, spec, marker)
    return spec
  }
  const set = (spec: VmSpec, password: string): Promise<void> =>
    driver.setAdminPassword.set(spec, password, makeControl())

  /** Once the agent has started: it is asked again while it is BUSY, as the core would. */
  const answer = (spec: VmSpec, password: string, control = makeControl()): Promise<'done' | DriverError> =>
    waitUntil('the agent', () =>
      driver.setAdminPassword.set(spec, password, control).then(
        () => 'done' as const,
        (error: DriverError) => (error.code === 'BUSY' ? undefined : error),
      ),
    )

  for (const hw_machine_type of ['pc', 'q35']) {
    test(`${hw_machine_type}: it sets the password of root, and the guest's own file says so`, async () => {
      const spec = await booted({ ...withAgent, hw_machine_type }, 'POLYVISOR-GUEST-AGENT')
      assert.equal(await shadowOf(driver, spec), '*')
      for (const password of ['first', 'third: $\'"; ü']) {
        const control = makeControl()
        assert.equal(await answer(spec, password, control), 'done')
        const hash = await shadowOf(driver, spec)
        assert.equal(await opens(password, hash), true, `${hash} is not that of ${password}`)
        assert.equal(JSON.stringify(control.checkpoints).includes(password), false)
      }
    })
  }

  test('without an agent it is UNSUPPORTED, with one that is not there or deaf BUSY, and nobody else waits for that', async () => {
    const without = await booted({ hw_qemu_guest_agent: 'no' }, 'POLYVISOR-GUEST-UP')
    await assert.rejects(set(without, 'secret'), { code: 'UNSUPPORTED', effect: 'none' })
    assert.doesNotMatch(await machine.virsh('dumpxml', without.instanceId), /<channel/)
    await driver.ensureAbsent(without, {}, makeControl())

    const spec = await booted(withAgent, 'POLYVISOR-GUEST-AGENT')
    assert.equal(await answer(spec, 'secret'), 'done')
    const before = await say(driver, spec, 'cat /etc/shadow')
    await say(driver, spec, endAgent)
    await assert.rejects(set(spec, 'another'), { code: 'BUSY', retry: 'later', effect: 'none' })

    await say(driver, spec, beDeaf)
    await waitUntil('the channel to be open', async () =>
      (await machine.virsh('dumpxml', spec.instanceId)).includes("state='connected'") ? true : undefined,
    )
    const order: string[] = []
    const deaf = assert
      .rejects(set(spec, 'another'), { code: 'BUSY', retry: 'later', effect: 'none' })
      .then(() => order.push('password'))
    await driver.list().then(() => order.push('list'))
    await deaf
    assert.deepEqual(order, ['list', 'password'])
    assert.equal(await say(driver, spec, 'cat /etc/shadow'), before)
  })

  test('a cancelled call ends, while the agent is silent', async () => {
    const spec = await booted(withAgent, 'POLYVISOR-GUEST-AGENT')
    await say(driver, spec, endAgent)
    await say(driver, spec, beDeaf)
    const stop = new AbortController()
    const control = makeControl([], stop.signal)
    const late = { ...control, checkpoint: async () => void setImmediate(() => stop.abort()) }
    await assert.rejects(driver.setAdminPassword.set(spec, 'secret', late), { code: 'CANCELLED' })
  })

  test('what the guest refuses is told without the password, as is what no line of text can hold', async () => {
    const spec = await booted({ ...withAgent, os_admin_user: 'nobody-here' }, 'POLYVISOR-GUEST-AGENT')
    const refused = await answer(spec, 'of-the-test')
    assert.ok(refused !== 'done', 'a user that is not there has a password')
    assert.deepEqual([refused.code, refused.retry], ['HYPERVISOR', 'never'])
    assert.doesNotMatch(`${inspect(refused)} ${refused.native}`, /of-the-test|b2YtdGhlLXRlc3/)
    for (const password of ['a\nroot:b', 'a\0b'])
      await assert.rejects(set(spec, password), { code: 'INVALID_SPEC', effect: 'none' })
  })
})
