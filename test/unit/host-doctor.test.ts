/** `polyvisor host doctor`: what is printed, how it ends, and what real drivers find amiss. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test, type TestContext } from 'node:test'
import { checkMemory, mountOptions } from '../../drivers/local/host-checks.ts'
import { qemuPlugin } from '../../drivers/qemu/index.ts'
import { umlPlugin } from '../../drivers/uml/index.ts'
import { needsRegistersShim } from '../../drivers/uml/registers-shim.ts'
import { isMapped, usersBetween } from '../../drivers/uml/validate-host.ts'
import { exitCodes } from '../../src/cli/cli-error.ts'
import { runCommandLine } from '../../src/cli/command-line.ts'
import type { DriverPlugin, HostCheck, HostPlaces } from '../../src/driver/index.ts'
import { validateHost } from '../../src/process/validate-host.ts'
import type { JsonObject } from '../../src/util/json.ts'

const folder = mkdtempSync(join(tmpdir(), 'polyvisor-doctor-'))
chmodSync(folder, 0o711)
after(() => rmSync(folder, { recursive: true }))
const dataDir = join(folder, 'data')
const asRoot = process.getuid?.() === 0 ? false : 'only root runs guests as somebody else'

async function doctor(t: TestContext, ...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  t.mock.method(console, 'log', (text: string) => out.push(text))
  t.mock.method(console, 'error', (text: string) => err.push(text))
  const unused = async (): Promise<never> => assert.fail('nothing else is to run')
  const parts = { startService: unused, loadBackup: unused, loadValidateHost: async () => validateHost }
  try {
    const code = await runCommandLine(['host', 'doctor', '--data-dir', dataDir, ...args], parts)
    return { code, out: out.join('\n'), err: err.join('\n') }
  } finally {
    t.mock.restoreAll()
  }
}

/** @returns the path of a driver that says this */
function driver(id: string, checks: string): string {
  const path = join(folder, `${id}.mjs`)
  writeFileSync(
    path,
    `export const plugin = {
  manifest: { id: '${id}', contract: '1', version: '1.0.0', hypervisorType: 'X', configSchema: true },
  open: async () => { throw new Error('it was opened') },
  async *validateHost(config, places) { ${checks} },
}`,
  )
  return path
}

const ok = `yield { name: 'the engine', outcome: 'ok', message: 'version 3' }`
const warning = `yield { name: 'the oil', outcome: 'warning', message: 'it is low', remedy: 'buy some' }`
const failed = `yield { name: 'the key', outcome: 'failed', message: 'it is missing', remedy: 'look for it' }`

test('it speaks as virt-host-validate does, and ends well when nothing failed', async (t) => {
  const { code, out, err } = await doctor(t, '--driver', driver('car', `${ok}; ${warning}`), '--driver', 'sim')
  assert.match(out, /^ {3}CAR: Checking the engine {2,}: PASS \(version 3\)$/m)
  assert.match(out, /^ {3}CAR: Checking the oil {2,}: WARN \(it is low; buy some\)$/m)
  assert.match(out, /^ {3}SIM: has no checks of its own$/m)
  assert.equal(err, '')
  assert.equal(code, exitCodes.ok)
})

test('it ends with 1 when a driver could not work, and names it', async (t) => {
  const { code, out, err } = await doctor(t, '--driver', driver('cart', `${failed}; ${ok}`), '--driver', 'sim')
  assert.match(out, /Checking the key {2,}: FAIL \(it is missing; look for it\)\n {2}CART: Checking the engine/)
  assert.match(err, /^polyvisor: this host cannot run guests of cart yet/)
  assert.equal(code, exitCodes.failed)
})

test('of a driver in another language it looks for the program', async (t) => {
  const who = { contract: '1', version: '1.0.0', hypervisorType: 'X', configSchema: true }
  const manifest = (id: string, program: string): readonly string[] => {
    const path = join(folder, `${id}.json`)
    writeFileSync(path, JSON.stringify({ id, ...who, command: [program] }))
    return ['--driver', path]
  }
  writeFileSync(join(folder, 'plain'), '', { mode: 0o644 })
  const here = await doctor(t, ...manifest('shell', 'sh'))
  assert.match(here.out, /^ SHELL: Checking the program sh {2,}: PASS \(\/.*\/sh\)$/m)
  assert.equal(here.code, exitCodes.ok)
  const programs = ['no-such-command', './none', './plain'].flatMap((each, index) => manifest(`p${index}`, each))
  const { code, out } = await doctor(t, ...programs)
  assert.match(out, /P0: Checking the program no-such-command {2,}: FAIL \(it is missing; install it, or/)
  assert.match(out, /P1: Checking the program \/.*\/none .*FAIL \(it is missing; put it there, or/)
  assert.match(out, /P2: Checking the program \/.*\/plain .*FAIL \(it cannot be executed; run: chmod \+x \//)
  assert.equal(code, exitCodes.failed)
})

test('for machines it prints JSON', async (t) => {
  const { code, out } = await doctor(t, '--json', '--driver', driver('van', `${ok}; ${failed}`), '--driver', 'sim')
  const checks = [
    { name: 'the engine', outcome: 'ok', message: 'version 3' },
    { name: 'the key', outcome: 'failed', message: 'it is missing', remedy: 'look for it' },
  ]
  const drivers = [
    { driver: 'van', ok: false, checks },
    { driver: 'sim', ok: true, checks: [] },
  ]
  assert.deepEqual(JSON.parse(out), { drivers })
  assert.equal(code, exitCodes.failed)
})

test('a driver is told its settings and places, and one that breaks off has failed', async (t) => {
  const path = driver('bus', `throw new Error([config.seats, places.stateDir, places.dataDir].join(' '))`)
  const { code, out } = await doctor(t, '--driver', path, '--set', 'driverConfig.bus.seats=4')
  assert.ok(out.includes(`FAIL (the driver could not look: 4 ${dataDir}/agent/drivers/bus ${dataDir})`), out)
  assert.equal(code, exitCodes.failed)
})

test('settings that a driver refuses, and drivers that nobody knows, are wrong usage', async (t) => {
  const { code, err } = await doctor(t, '--driver', 'uml', '--set', 'driverConfig.uml.kernl=x')
  assert.equal(code, exitCodes.usage)
  assert.match(err, /driverConfig\.uml\.kernl .*no such setting/)
  assert.equal((await doctor(t, '--driver', 'none')).code, exitCodes.usage)
})

async function checksOf(plugin: DriverPlugin, config: JsonObject, places?: HostPlaces): Promise<readonly HostCheck[]> {
  const stateDir = join(dataDir, 'agent/drivers', plugin.manifest.id)
  const checks: HostCheck[] = []
  for await (const check of plugin.validateHost?.(config, places ?? { dataDir, stateDir }) ?? []) checks.push(check)
  return checks
}

function find(checks: readonly HostCheck[], name: RegExp): HostCheck {
  const found = checks.filter((check) => name.test(check.name))
  assert.equal(found.length, 1, JSON.stringify(checks, undefined, 2))
  return found[0] as HostCheck
}

for (const plugin of [qemuPlugin, umlPlugin]) {
  test(`${plugin.manifest.id} changes nothing, names each check once, and knows a remedy for packages`, async () => {
    const checks = await checksOf(plugin, {})
    assert.ok(!existsSync(dataDir))
    const names = checks.map(({ name }) => name)
    assert.equal(new Set(names).size, names.length)
    assert.equal(find(checks, /^disk space/).message.includes(dataDir), true)
    for (const { message, remedy } of checks) {
      if (message === 'it is missing') assert.match(remedy ?? '', /^apt-get install -y --no-install-recommends [a-z]/)
    }
  })
}

test('qemu names the user that is not there, and still looks at the rest', { skip: asRoot }, async () => {
  const checks = await checksOf(qemuPlugin, { daemon: 'own', user: 'no-such-user' })
  const { outcome, message } = find(checks, /guests' user/)
  assert.equal(outcome, 'failed')
  assert.match(message, /there is no user no-such-user to run guests as; create it, or name another one/)
  find(checks, /^disk space/)
})

test('qemu names the folder that guests may not enter', { skip: asRoot }, async () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const places = { dataDir: join(closed, 'a/b'), stateDir: join(closed, 'a/b/agent/drivers/qemu') }
  const { outcome, message } = find(await checksOf(qemuPlugin, { daemon: 'own' }, places), /may enter the data dir/)
  assert.equal(outcome, 'failed')
  assert.ok(message.includes(`chmod o+x ${closed}`), message)
})

test('qemu tells a shared folder that is not mounted from one that is', async () => {
  const sharedDisks = join(folder, 'shared')
  mkdirSync(sharedDisks, { mode: 0o711 })
  const look = async (): Promise<HostCheck> =>
    find(await checksOf(qemuPlugin, { daemon: 'own', sharedDisks }), /^the folder that hosts share$/)
  const { outcome, remedy } = await look()
  assert.equal(outcome, 'failed')
  assert.match(remedy ?? '', /^mount the storage there; once, where it is new: touch .*\/polyvisor-shared-disks$/)
  writeFileSync(join(sharedDisks, 'polyvisor-shared-disks'), '')
  assert.equal((await look()).outcome, 'ok')
})

test('qemu fails without KVM only where it is insisted on', async (t) => {
  if (existsSync('/dev/kvm')) return t.skip('this machine has KVM')
  const outcome = async (accel: string): Promise<string> =>
    find(await checksOf(qemuPlugin, { daemon: 'own', accel }), /kvm/).outcome
  assert.deepEqual([await outcome('auto'), await outcome('kvm'), await outcome('tcg')], ['warning', 'failed', 'ok'])
})

test('qemu tells that the system’s libvirtd does not answer', async (t) => {
  if (existsSync('/run/libvirt/libvirt-sock')) return t.skip('this machine has a libvirtd')
  const { outcome, remedy } = find(await checksOf(qemuPlugin, { daemon: 'system' }), /^libvirtd$/)
  assert.equal(outcome, 'failed')
  assert.match(remedy ?? '', /^systemctl start libvirtd/)
})

test('uml names the kernel and the folder that are not there', async () => {
  const checks = await checksOf(umlPlugin, { kernel: '/none/linux', memoryDir: '/none/shm' })
  const kernel = find(checks, /^the kernel \/none\/linux$/)
  assert.deepEqual([kernel.outcome, kernel.message], ['failed', 'it is missing'])
  const memory = find(checks, /guests' memory \/none\/shm/)
  assert.equal(memory.outcome, 'failed')
  assert.match(memory.remedy ?? '', /driverConfig\.uml\.memoryDir/)
})

test('uml prefers a folder in memory', async () => {
  const { outcome, message } = find(await checksOf(umlPlugin, { memoryDir: '/' }), /guests' memory/)
  assert.equal(outcome, 'warning')
  assert.match(message, /on a disk: guests are slow/)
})

test('a CPU with AMX: what it has is told whole, by its own word', () => {
  const needs = (flags: string): boolean => needsRegistersShim(`processor\t: 0\nflags\t\t: fpu ${flags} sse\n`)
  assert.equal(needs('amx_tile'), true)
  assert.equal(needs('avx512f'), false)
  assert.equal(needs('amx_tile_of_tomorrow'), false)
})

test('how a folder is mounted is what its nearest mount says', () => {
  const mounts = [
    '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
    '25 22 0:23 / /dev/shm rw,nosuid,nodev,noexec shared:4 - tmpfs tmpfs rw',
    '26 22 0:24 / /dev/shm2 rw shared:5 - tmpfs tmpfs rw',
  ].join('\n')
  assert.ok(mountOptions('/dev/shm', mounts).includes('noexec'))
  assert.ok(mountOptions('/dev/shm/guests', mounts).includes('noexec'))
  assert.deepEqual(mountOptions('/dev/shm2', mounts), ['rw'])
  assert.deepEqual(mountOptions('/srv', mounts), ['rw', 'relatime'])
})

test('user numbers must exist in this container, and be nobody’s', () => {
  assert.ok(isMapped(1_800_000_000, 1_800_000_999, '         0          0 4294967295\n'))
  assert.ok(!isMapped(1_800_000_000, 1_800_000_999, '         0     100000      65536\n'))
  const passwd = 'root:x:0:0::/root:/bin/sh\njane:x:5005:5005::/home/jane:/bin/sh\n'
  assert.deepEqual(usersBetween(5000, 5999, passwd), ['jane'])
  assert.deepEqual(usersBetween(6000, 6999, passwd), [])
})

test('little memory is a warning', () => {
  assert.equal(checkMemory(8 * 1024 ** 3, 16 * 1024 ** 3).outcome, 'ok')
  assert.equal(checkMemory(100 * 1024 ** 2, 16 * 1024 ** 3).outcome, 'warning')
})
