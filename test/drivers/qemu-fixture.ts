/** A machine for the qemu driver's tests: a state folder, images, a control, and virsh as the observer that is not ours. */
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { missingPackages, qemuPlugin, requiredPackages } from '../../drivers/qemu/index.ts'
import type { QemuDriver } from '../../drivers/qemu/driver.ts'
import type { Control, ImageRef, VmSpec } from '../../src/driver/index.ts'
import { silentLogger } from '../../src/util/logger.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))

/** false, or why these tests cannot run here. */
export const skipReason = ((): string | false => {
  const missing = missingPackages(requiredPackages).map(({ name }) => name)
  if (spawnSync('virsh', ['--version']).status !== 0) missing.push('libvirt-clients')
  if (spawnSync('qemu-img', ['--version']).status !== 0) missing.push('qemu-utils')
  return missing.length === 0 ? false : `SKIPPED: missing packages; run: apt-get install -y ${missing.join(' ')}`
})()

export interface Machine {
  readonly dir: string
  readonly stateDir: string
  open(config?: JsonObject): Promise<QemuDriver>
  virsh(...args: string[]): Promise<string>
  /** kill -9 for our libvirtd. */
  killDaemon(): Promise<void>
  /** Fails when anything is left: domain, file, process. Ends the daemon and removes the folder in any case. */
  dispose(driver: QemuDriver): Promise<void>
}

/** @param config for every driver that is opened on it */
export async function makeMachine(config: JsonObject = {}): Promise<Machine> {
  const dir = await mkdtemp(join(tmpdir(), 'pvq-'))
  await run('chmod', ['711', dir])
  const stateDir = join(dir, 's')
  await mkdir(stateDir)
  const uri = `qemu:///session?socket=${stateDir}/libvirt/r/libvirt/libvirt-sock`
  const virsh = async (...args: string[]): Promise<string> => {
    const env = { ...process.env, LC_ALL: 'C', HOME: dir, XDG_CACHE_HOME: dir, XDG_CONFIG_HOME: dir }
    return (await run('virsh', ['-q', '-c', uri, ...args], { env, timeout: 20_000 })).stdout.trim()
  }
  const open = async (more: JsonObject = {}): Promise<QemuDriver> =>
    await qemuPlugin.open({ daemon: 'own', ...config, ...more }, { log: silentLogger, stateDir, hostName: 'test-host' })
  const dispose = async (driver: QemuDriver): Promise<void> => {
    try {
      assert.equal(await virsh('list', '--all', '--name'), '', 'domains were left')
      assert.deepEqual(readdirSync(join(stateDir, 'instances')), [], 'files of instances were left')
      const halves = readdirSync(join(stateDir, 'cache')).filter((name) => name.endsWith('.part'))
      assert.deepEqual(halves, [], 'half images were left')
    } finally {
      await removeAll(driver)
      await driver.close({ stopDaemon: true })
      // libvirtd's reaper sees its end a moment after we do.
      const gone = (): true | undefined => (processesNaming(stateDir).length === 0 ? true : undefined)
      await waitUntil('the end of all processes', gone, { timeoutMs: 3_000 }).catch(() => undefined)
      const left = processesNaming(stateDir)
      await rm(dir, { recursive: true, force: true })
      assert.deepEqual(left, [], 'processes were left')
    }
  }
  const killDaemon = async (): Promise<void> => {
    const pid = Number(readFileSync(join(stateDir, 'libvirt/libvirtd.pid'), 'utf8'))
    process.kill(pid, 'SIGKILL')
    await waitUntil('the end of libvirtd', () =>
      existsSync(`/proc/${pid}/cmdline`) && isAlive(pid) ? undefined : true,
    )
  }
  return { dir, stateDir, open, virsh, killDaemon, dispose }
}

function isAlive(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '' // empty for a zombie
}

/** What a failed test left, so that its guests do not outlive the tests. */
async function removeAll(driver: QemuDriver): Promise<void> {
  const left = await driver.list().catch(() => [])
  for (const vm of left) await driver.ensureAbsent(vm, {}, makeControl()).catch(() => undefined)
}

/** Command lines of processes that name a path. */
export function processesNaming(path: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]
      } catch {
        return []
      }
    })
    .filter((commandLine) => commandLine.includes(path))
}

export interface TestImage {
  readonly path: string
  readonly ref: ImageRef
}

export async function imageOf(path: string, format: 'raw' | 'qcow2', virtualSizeBytes: number): Promise<TestImage> {
  const bytes = readFileSync(path)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { path, ref: { imageId: randomUUID(), format, sha256, sizeBytes: bytes.length, virtualSizeBytes } }
}

/** Our Linux test guest; built once, then taken from the repository's cache. */
export async function makeGuestImage(dir: string): Promise<TestImage> {
  const path = join(dir, 'guest.raw')
  if (!existsSync(path)) await run('sh', [join(root, 'scripts/make-test-guest.sh'), path])
  return await imageOf(path, 'raw', 16 * 1024 ** 2)
}

/** The same with Debian's guest agent in it. */
export async function makeAgentImage(dir: string): Promise<TestImage> {
  const path = join(dir, 'agent.raw')
  if (!existsSync(path)) await run('sh', [join(root, 'scripts/make-test-guest.sh'), path, 'agent'])
  return await imageOf(path, 'raw', 28 * 1024 ** 2)
}

export async function toQcow2(image: TestImage): Promise<TestImage> {
  const path = `${image.path}.qcow2`
  if (!existsSync(path)) await run('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', '-c', image.path, path])
  return await imageOf(path, 'qcow2', image.ref.virtualSizeBytes)
}

export async function makeBytesImage(dir: string, bytes: Buffer): Promise<TestImage> {
  const path = join(dir, `${randomUUID()}.raw`)
  await writeFile(path, bytes)
  return await imageOf(path, 'raw', Math.max(512, bytes.length))
}

export interface TestControl extends Control {
  readonly checkpoints: unknown[]
  readonly phases: string[]
}

export function makeControl(images: readonly TestImage[] = [], signal = new AbortController().signal): TestControl {
  const checkpoints: unknown[] = []
  const phases: string[] = []
  return {
    operationId: randomUUID(),
    checkpoints,
    phases,
    checkpoint: (state) => {
      checkpoints.push(state)
      return Promise.resolve()
    },
    progress: ({ phase }) => void phases.push(phase),
    signal,
    log: silentLogger,
    images: {
      open: (wanted) => {
        const found = images.find(({ ref }) => ref.imageId === wanted.imageId)
        if (found === undefined) return Promise.reject(new Error('the test has no such image'))
        return Promise.resolve({ via: 'local-path', path: found.path })
      },
    },
  }
}

export async function makeSpec(driver: QemuDriver, image: TestImage, more: Partial<VmSpec> = {}): Promise<VmSpec> {
  const [node] = await driver.nodes()
  assert.ok(node)
  return {
    instanceId: randomUUID(),
    nodeId: node.id,
    name: 'tëst 🚀 <guest> & "co"',
    vcpus: 1,
    memoryBytes: 128 * 1024 ** 2,
    disks: [{ id: 'root', source: { kind: 'image', image: image.ref }, sizeBytes: 64 * 1024 ** 2, bootIndex: 0 }],
    nics: [],
    imageProperties: {},
    options: {},
    ...more,
  }
}

/** Waits until the guest's console says `text` that many times. */
export async function waitForConsole(driver: QemuDriver, spec: VmSpec, text: string, times = 1): Promise<string> {
  return await waitUntil(
    `"${text}" on the console, ${times} times`,
    async () => {
      const log = (await driver.console.readLog(spec, { maxBytes: 65_536 })).toString()
      return log.split(text).length - 1 >= times ? log : undefined
    },
    { timeoutMs: 60_000, everyMs: 100 },
  )
}
