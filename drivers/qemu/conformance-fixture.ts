/**
 * QEMU for the conformance kit: the driver in a process of its own (kill -9 is what it says), a boot sector for a guest,
 * and virsh and plain files as the observer.
 */
import { execFile, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startDriverProcess } from '../conformance/index.ts'
import type { ConformanceTarget, DiskDigest, DriverProcess, Fixture, TestImage } from '../conformance/index.ts'
import type { DiskFormat, Driver, ImageRef } from '../../src/driver/index.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { qemuPlugin } from './plugin.ts'
import { missingPackages, requiredPackages } from './system-packages.ts'
import { VirshObserver } from './virsh-observer.ts'

const run = promisify(execFile)
const bootSectorScript = fileURLToPath(new URL('../../scripts/make-boot-sector.ts', import.meta.url))

export const conformance: ConformanceTarget = {
  plugin: qemuPlugin,
  skipReason: findSkipReason(),
  makeFixture,
}

function findSkipReason(): string | false {
  const missing = missingPackages(requiredPackages).map(({ name }) => name)
  if (spawnSync('virsh', ['--version']).status !== 0) missing.push('libvirt-clients')
  if (spawnSync('qemu-img', ['--version']).status !== 0) missing.push('qemu-utils')
  return missing.length === 0 ? false : `SKIPPED: missing packages; run: apt-get install -y ${missing.join(' ')}`
}

async function makeFixture(): Promise<Fixture> {
  const dir = await mkdtemp(join(tmpdir(), 'pvc-'))
  await chmod(dir, 0o711) // the guests' user goes through it
  const stateDir = join(dir, 's')
  await mkdir(stateDir)
  const observer = new VirshObserver(dir, stateDir)
  const processes = new DriverProcesses(stateDir)
  const raw = await makeBootSector(dir)
  return {
    config: processes.config,
    guest: { memoryBytes: 32 * 1024 ** 2, diskBytes: 1024 ** 2, bootMarker: 'POLYVISOR-BOOT-SECTOR' },
    sample: 2,
    manyVms: 100,
    makeImage: () => makeImage(dir, raw),
    readImage: (path, format) => readImage(dir, path, format),
    otherImages: [await makeQcow2(dir, raw)],
    open: () => processes.open(),
    restart: () => processes.open(),
    observe: (instanceId) => observer.observe(instanceId),
    leakCheck: () => observer.leftovers(),
    purge: () => observer.purge(),
    foreign: {
      make: () => observer.makeForeign(),
      isUntouched: (id) => observer.isForeignUntouched(id),
      remove: (id) => observer.remove(id),
    },
    nativeFaults: {
      victims: ['driver', 'session'],
      open: (afterCalls, victim) =>
        processes.open({
          fault: { dieAfterNativeCall: afterCalls, victim: victim === 'driver' ? 'service' : 'child' },
        }),
    },
    meddle: { switchOff: (id) => observer.switchOff(id), remove: (id) => observer.remove(id) },
    dispose: async () => {
      await processes.close()
      endProcessesNaming(dir)
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** One driver process at a time; its libvirtd and guests outlive it. */
class DriverProcesses {
  readonly config: JsonObject = { daemon: 'own' }
  readonly #stateDir: string
  #current: DriverProcess | undefined

  constructor(stateDir: string) {
    this.#stateDir = stateDir
  }

  async open(more: JsonObject = {}): Promise<Driver> {
    await this.#current?.kill9()
    this.#current = await startDriverProcess({
      module: new URL('./plugin.ts', import.meta.url).href,
      exportName: 'qemuPlugin',
      config: { ...this.config, ...more },
      stateDir: this.#stateDir,
      hostName: 'conformance',
    })
    return this.#current.driver
  }

  /** The driver ends its libvirtd when no guest is left. */
  async close(): Promise<void> {
    await this.#current?.driver.close().catch(() => undefined)
    await this.#current?.kill9()
  }
}

async function makeBootSector(dir: string): Promise<Buffer> {
  const path = join(dir, 'boot.raw')
  await run(process.execPath, ['--disable-warning=ExperimentalWarning', bootSectorScript, path])
  return await readFile(path)
}

/** The boot sector, and a second one that makes its bytes unique. */
async function makeImage(dir: string, bootSector: Buffer): Promise<TestImage> {
  const bytes = Buffer.concat([bootSector, Buffer.from(randomUUID().padEnd(512))])
  const path = join(dir, `${randomUUID()}.raw`)
  await writeFile(path, bytes)
  return { path, ref: refOf(bytes, 'raw', bytes.length) }
}

async function makeQcow2(dir: string, bootSector: Buffer): Promise<TestImage> {
  const raw = await makeImage(dir, bootSector)
  const path = `${raw.path}.qcow2`
  await run('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', raw.path, path])
  return { path, ref: refOf(await readFile(path), 'qcow2', raw.ref.virtualSizeBytes) }
}

async function readImage(dir: string, path: string, format: DiskFormat): Promise<DiskDigest> {
  const raw = join(dir, `${randomUUID()}.read`)
  await run('qemu-img', ['check', '-f', format, path])
  await run('qemu-img', ['convert', '-f', format, '-O', 'raw', path, raw])
  const bytes = await readFile(raw)
  await rm(raw)
  return { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

function refOf(bytes: Buffer, format: ImageRef['format'], virtualSizeBytes: number): ImageRef {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { imageId: randomUUID(), format, sha256, sizeBytes: bytes.length, virtualSizeBytes }
}

/** What a failed run left: everything whose command line names our own temporary folder. */
function endProcessesNaming(dir: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${dir}/`)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It has ended meanwhile.
    }
  }
}
