/**
 * User-Mode Linux for the conformance kit: the driver in a process of its own (kill -9 is what it says), a root file
 * system of busybox for a guest, and ps, uml_mconsole and plain files as the observer.
 */
import { execFile, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startDriverProcess } from '../conformance/index.ts'
import type { ConformanceTarget, DiskDigest, DriverProcess, Fixture, TestImage } from '../conformance/index.ts'
import type { DiskFormat, Driver, ImageRef } from '../../src/driver/index.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { missingPackages } from '../local/system-packages.ts'
import { umlPlugin } from './plugin.ts'
import { neededPackages } from './system-packages.ts'
import { UmlObserver } from './uml-observer.ts'

const run = promisify(execFile)
const guestScript = fileURLToPath(new URL('../../scripts/make-uml-guest.sh', import.meta.url))
const diskBytes = 8 * 1024 ** 2

export const conformance: ConformanceTarget = { plugin: umlPlugin, skipReason: findSkipReason(), makeFixture }

function findSkipReason(): string | false {
  const missing = missingPackages(neededPackages('linux.uml')).map(({ name }) => name)
  if (spawnSync('qemu-img', ['--version']).status !== 0) missing.push('qemu-utils')
  if (spawnSync('ps', ['--version']).status !== 0) missing.push('procps')
  return missing.length === 0 ? false : `SKIPPED: missing packages; run: apt-get install -y ${missing.join(' ')}`
}

async function makeFixture(): Promise<Fixture> {
  const dir = await mkdtemp(join(tmpdir(), 'pvu-'))
  await chmod(dir, 0o711) // guests' users go through it
  const stateDir = join(dir, 's')
  await mkdir(stateDir)
  const root = join(dir, 'root.raw')
  await run(guestScript, [root])
  const rootFiles = await readFile(root)
  const observer = new UmlObserver(dir, stateDir, root)
  const processes = new DriverProcesses(stateDir)
  return {
    config: processes.config,
    guest: {
      memoryBytes: 32 * 1024 ** 2,
      diskBytes,
      bootMarker: 'POLYVISOR-GUEST-UP',
      // A guest that writes nothing, so that its disk stays what its image is.
      imageProperties: { hw_vm_mode: 'uml', os_command_line: 'ro quiet' },
    },
    sample: 2,
    manyVms: 100,
    makeImage: () => makeImage(dir, rootFiles),
    readImage: (path, format) => readImage(dir, path, format),
    otherImages: [await makeQcow2(dir, rootFiles)],
    open: () => processes.open(),
    restart: () => processes.open(),
    observe: (instanceId) => observer.observe(instanceId),
    leakCheck: () => observer.leftovers(),
    purge: () => observer.purge(),
    foreign: {
      make: () => observer.makeForeign(),
      isUntouched: (id) => observer.isForeignUntouched(id),
      remove: (id) => observer.removeForeign(id),
    },
    nativeFaults: {
      victims: ['driver'],
      open: (afterCalls) => processes.open({ fault: { dieAfterNativeCall: afterCalls } }),
    },
    meddle: { switchOff: (id) => observer.switchOff(id), remove: (id) => observer.remove(id) },
    dispose: async () => {
      await processes.close()
      await observer.purge()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** One driver process at a time; its guests outlive it. */
class DriverProcesses {
  readonly config: JsonObject = {}
  readonly #stateDir: string
  #current: DriverProcess | undefined

  constructor(stateDir: string) {
    this.#stateDir = stateDir
  }

  async open(more: JsonObject = {}): Promise<Driver> {
    await this.#current?.kill9()
    this.#current = await startDriverProcess({
      module: new URL('./plugin.ts', import.meta.url).href,
      exportName: 'umlPlugin',
      config: { ...this.config, ...more },
      stateDir: this.#stateDir,
      hostName: 'conformance',
    })
    return this.#current.driver
  }

  async close(): Promise<void> {
    await this.#current?.kill9()
  }
}

/** The root file system, and a page behind it that makes its bytes unique. */
async function makeImage(dir: string, root: Buffer): Promise<TestImage> {
  const bytes = Buffer.concat([root, Buffer.from(randomUUID().padEnd(4096))])
  const path = join(dir, `${randomUUID()}.raw`)
  await writeFile(path, bytes)
  return { path, ref: refOf(bytes, 'raw', bytes.length) }
}

async function makeQcow2(dir: string, root: Buffer): Promise<TestImage> {
  const raw = await makeImage(dir, root)
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
