/**
 * Limits of CPU time are kept: real guests that do nothing but burn it, under a libvirtd of the system, and the kernel's own files of
 * their control groups. Skipped where there are none to be made, which no machine has to have.
 */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { startDriverProcess, type DriverProcess } from '../../drivers/conformance/index.ts'
import type { Driver, VmSpec } from '../../src/driver/index.ts'
import type { CpuLimits } from '../../src/model/limits.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { makeBytesImage, makeControl, processesNaming, skipReason, type TestImage } from './qemu-fixture.ts'
import { cpuHierarchy, startSystemLibvirtd, systemSkipReason, type SystemLibvirtd } from './system-libvirtd.ts'

const periodUs = 100_000

/** The control groups of a guest; the thread of its only virtual CPU has one of its own. */
interface Groups {
  readonly pid: number
  readonly guest: string
  readonly vcpu: string
  readonly vcpuThread: number
}

describe('limits of CPU time', { skip: skipReason || systemSkipReason(), timeout: 280_000 }, () => {
  const hierarchy = cpuHierarchy() ?? ''
  const isVersion2 = existsSync(join(hierarchy, 'cgroup.controllers'))
  /** libvirt makes them for all guests, and leaves them. */
  const partitions = [hierarchy, '/sys/fs/cgroup/unified'].map((folder) => join(folder, 'machine'))
  const newPartitions = partitions.filter((path) => !existsSync(path))
  let dir: string
  let image: TestImage
  let libvirtd: SystemLibvirtd | undefined
  let host: DriverProcess | undefined

  const driver = (): Driver => host?.driver ?? assert.fail('the driver is not open')
  const start = async (controllers: readonly string[]): Promise<void> => {
    libvirtd = await startSystemLibvirtd(dir, controllers)
    host = await startDriverProcess({
      module: new URL('../../drivers/qemu/plugin.ts', import.meta.url).href,
      exportName: 'qemuPlugin',
      config: { daemon: 'system', accel: 'tcg' },
      stateDir: join(dir, 's'),
      hostName: 'limiting',
      execPath: libvirtd.execPath,
    })
  }
  const made = async (limits?: CpuLimits): Promise<VmSpec> => {
    const spec: VmSpec = {
      instanceId: crypto.randomUUID(),
      nodeId: (await driver().nodes())[0]?.id ?? '',
      name: 'burner',
      vcpus: 1,
      memoryBytes: 32 * 1024 ** 2,
      disks: [{ id: 'root', source: { kind: 'image', image: image.ref }, sizeBytes: 1024 ** 2, bootIndex: 0 }],
      nics: [],
      imageProperties: {},
      options: {},
      ...(limits === undefined ? {} : { limits: { cpu: limits } }),
    }
    await driver().ensurePresent(spec, makeControl([image]))
    return spec
  }
  const started = async (spec: VmSpec): Promise<Groups> => {
    await driver().setPower(spec, 'on', {}, makeControl())
    return groupsOf(spec)
  }

  /** As the kernel tells them of the guest's threads. */
  function groupsOf({ instanceId }: VmSpec): Groups {
    const pid = pidsNaming(`\0-uuid\0${instanceId}\0`)[0] ?? assert.fail('it does not run')
    const threads = readdirSync(`/proc/${pid}/task`).map((thread) => ({ thread, group: groupOf(pid, thread) }))
    const vcpu = threads.find(({ group }) => group.endsWith('/vcpu0')) ?? assert.fail('its CPU has no control group')
    return { pid, guest: dirname(vcpu.group), vcpu: vcpu.group, vcpuThread: Number(vcpu.thread) }
  }
  function groupOf(pid: number, thread: string): string {
    const lines = readFileSync(`/proc/${pid}/task/${thread}/cgroup`, 'utf8').split('\n')
    const pattern = isVersion2 ? /^0::(.*)$/ : /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(.*)$/
    return join(hierarchy, lines.map((line) => pattern.exec(line)?.[1]).find((path) => path !== undefined) ?? '')
  }
  /** undefined: none. */
  function quotaOf(group: string): number | undefined {
    const text = isVersion2 ? read(group, 'cpu.max').split(' ')[0] : read(group, 'cpu.cfs_quota_us')
    return text === 'max' || text === '-1' ? undefined : Number(text)
  }
  const periodOf = (group: string): number =>
    Number(isVersion2 ? read(group, 'cpu.max').split(' ')[1] : read(group, 'cpu.cfs_period_us'))
  const sharesOf = (group: string): number => Number(read(group, isVersion2 ? 'cpu.weight' : 'cpu.shares'))
  const unweighed = isVersion2 ? 100 : 1024

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pvl-'))
    await chmod(dir, 0o711)
    await mkdir(join(dir, 's'))
    image = await makeBytesImage(dir, makeBurningSector())
  })
  afterEach(async () => {
    try {
      for (const left of await driver().list()) await driver().ensureAbsent(left, {}, makeControl())
      await driver().close()
    } finally {
      // Only where the driver failed; guests do not end with their libvirtd.
      for (const pid of pidsNaming(`${dir}/s/instances/`)) process.kill(pid, 'SIGKILL')
      await host?.kill9()
      await libvirtd?.stop()
    }
  })
  after(async () => {
    const gone = (): true | undefined => (processesNaming(`${dir}/`).length === 0 ? true : undefined)
    await waitUntil('the end of all processes', gone, { timeoutMs: 10_000 })
    await rm(dir, { recursive: true, force: true })
    for (const path of newPartitions) if (existsSync(path)) rmdirSync(path)
  })

  test('a guest gets its share and quota from the kernel, and no more CPU than that; one without limits has none', async () => {
    await start(['cpu', 'cpuacct'])
    assert.deepEqual(driver().capabilities().limitable, ['cpu', 'disk', 'nic'])
    const spec = await made({ shares: 512, periodUs, quotaUs: 20_000 })
    const limited = await started(spec)
    const free = await started(await made())

    assert.equal(sharesOf(limited.guest), 512)
    assert.deepEqual([quotaOf(limited.vcpu), periodOf(limited.vcpu)], [20_000, periodUs])
    const throttled = statOf(limited.vcpu, 'nr_throttled')
    const isHeldBack = (): true | undefined =>
      statOf(limited.vcpu, 'nr_throttled') >= throttled + 10 ? true : undefined
    await waitUntil('the guest to be held back', isHeldBack, { timeoutMs: 60_000 })
    // In this order: what it ran for is looked at before the periods that allowed for it, of which one is under way.
    const ranUs = runTimeUs(limited)
    const allowedUs = (statOf(limited.vcpu, 'nr_periods') + 2) * 20_000
    assert.ok(ranUs <= allowedUs, `it ran for ${ranUs} of ${allowedUs} microseconds`)

    assert.equal(sharesOf(free.guest), unweighed)
    assert.deepEqual([quotaOf(free.guest), quotaOf(free.vcpu)], [undefined, undefined])
    assert.equal(statOf(free.vcpu, 'nr_throttled'), 0)

    await driver().setPower(spec, 'off', {}, makeControl())
    await driver().resize?.resize({ ...spec, limits: { cpu: { quotaUs: 50_000 } } }, makeControl())
    const resized = await started(spec)
    assert.deepEqual([sharesOf(resized.guest), quotaOf(resized.vcpu)], [unweighed, 50_000])

    for (const left of await driver().list()) await driver().ensureAbsent(left, {}, makeControl())
    for (const { guest, pid } of [resized, free])
      assert.deepEqual([existsSync(guest), existsSync(`/proc/${pid}`)], [false, false])
  })

  test('a libvirtd that may not limit CPU time starts no guest whose limits nobody would keep', async () => {
    await start(['cpuacct'])
    for (const limits of [{ shares: 512 }, { quotaUs: 20_000 }]) {
      const spec = await made(limits)
      const power = driver().setPower(spec, 'on', {}, makeControl())
      await assert.rejects(power, { code: 'UNSUPPORTED', effect: 'none' })
      assert.equal((await driver().get(spec))?.power, 'off')
    }
    await driver().setPower(await made(), 'on', {}, makeControl())
  })

  test('where there are no control groups, limits of CPU time are not offered, and refused', async () => {
    await start([])
    assert.deepEqual(driver().capabilities().limitable, ['disk', 'nic'])
    await assert.rejects(made({ shares: 512 }), { code: 'UNSUPPORTED', effect: 'none' })
    await driver().setPower(await made(), 'on', {}, makeControl())
  })
})

/** The bytes of a disk that boots and turns in a circle. */
function makeBurningSector(): Buffer {
  const disk = Buffer.alloc(512)
  disk.writeUInt16BE(0xebfe, 0) // jmp to itself
  disk.writeUInt16BE(0x55aa, 510)
  return disk
}

/** Of processes with that text in their command lines. */
function pidsNaming(text: string): readonly number[] {
  const names = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
    } catch {
      return false // it ended meanwhile
    }
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && names(name))
    .map(Number)
}

function read(group: string, file: string): string {
  return readFileSync(join(group, file), 'utf8').trim()
}

function statOf(group: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(read(group, 'cpu.stat'))?.[1])
}

/** How long the thread of its CPU ran, as the scheduler counted. */
function runTimeUs({ pid, vcpuThread }: Groups): number {
  return Number(readFileSync(`/proc/${pid}/task/${vcpuThread}/schedstat`, 'utf8').split(' ')[0]) / 1000
}
