/**
 * QEMU for the conformance kit: the driver in a process of its own (kill -9 is what it says), a boot sector for a guest,
 * and virsh and plain files as the observer.
 */
import { execFile, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DriverProcesses, makeRawImage, readByQemuImg, toQcow2Image } from '../conformance/index.ts'
import type { AgentGuest, ConformanceTarget, Fixture, TestImage } from '../conformance/index.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { qemuPlugin } from './plugin.ts'
import { shareMarker } from './shared-storage.ts'
import { missingPackages, requiredPackages } from './system-packages.ts'
import { VirshObserver } from './virsh-observer.ts'

const run = promisify(execFile)
const bootSectorScript = fileURLToPath(new URL('../../scripts/make-boot-sector.ts', import.meta.url))
const guestScript = fileURLToPath(new URL('../../scripts/make-test-guest.sh', import.meta.url))

export const conformance: ConformanceTarget = {
  plugin: qemuPlugin,
  skipReason: findSkipReason(),
  makeFixture: () => makeFixture(),
}

export interface FixtureOptions {
  /** Beside the usual settings. */
  readonly settings?: JsonObject
  /** Makes a program in the fixture's folder that runs node with the arguments that it is given. */
  readonly makeNode?: (dir: string) => Promise<string>
  /** false: only boot sectors do, and nobody can be asked by an agent. */
  readonly runsLinux?: boolean
  /** Both hosts have their guests' drives in one folder. */
  readonly sharesDisks?: boolean
}

export function findSkipReason(): string | false {
  const missing = missingPackages(requiredPackages).map(({ name }) => name)
  if (spawnSync('virsh', ['--version']).status !== 0) missing.push('libvirt-clients')
  if (spawnSync('qemu-img', ['--version']).status !== 0) missing.push('qemu-utils')
  return missing.length === 0 ? false : `SKIPPED: missing packages; run: apt-get install -y ${missing.join(' ')}`
}

export async function makeFixture(options: FixtureOptions = {}): Promise<Fixture> {
  const dir = await mkdtemp(join(tmpdir(), 'pvc-'))
  await chmod(dir, 0o711) // the guests' user goes through it
  const share = options.sharesDisks === true ? await makeShare(dir) : undefined
  const lieWhile = join(dir, 'lies')
  const fault = { lieWhile }
  const config = { daemon: 'own', fault, ...options.settings, ...(share === undefined ? {} : { sharedDisks: share }) }
  const execPath = await options.makeNode?.(dir)
  const own = { dir, config, ...(execPath === undefined ? {} : { execPath }) }
  const { observer, processes } = await makeHost(own, 's')
  const second = await makeHost(own, 't')
  const raw = await makeBootSector(dir)
  const makeImage = (): Promise<TestImage> => makeRawImage(dir, raw, 512)
  return {
    config,
    guest: {
      memoryBytes: 32 * 1024 ** 2,
      diskBytes: 1024 ** 2,
      bootMarker: 'POLYVISOR-BOOT-SECTOR',
      // A boot sector hears nothing of the PCI bus; a disk on a SCSI bus is taken without its help.
      letsGo: { disks: { hw_disk_bus: 'scsi', hw_scsi_model: 'virtio-scsi' }, nics: 'agentGuest' },
    },
    sample: 2,
    manyVms: 1_000,
    makeImage,
    readImage: (path, format) => readByQemuImg(dir, path, format),
    otherImages: [await toQcow2Image(await makeImage())],
    open: () => processes.open(),
    restart: () => processes.open(),
    observe: (instanceId) => observer.observe(instanceId),
    destination: {
      open: () => second.processes.current(),
      restart: () => second.processes.open(),
      nodeId: async () => (await (await second.processes.current()).nodes())[0]?.id ?? '',
      observe: (instanceId) => second.observer.observe(instanceId),
    },
    leakCheck: async () => [
      ...(await observer.leftovers()),
      ...(second.isUsed() ? await second.observer.leftovers() : []),
      ...(await setsIn(share)).map((name) => `shared drives ${name}`),
    ],
    purge: async () => {
      await observer.purge()
      if (second.isUsed()) await second.observer.purge()
      for (const name of await setsIn(share)) await rm(join(share ?? '', name), { recursive: true, force: true })
    },
    agentGuest: options.runsLinux === false ? null : agentGuest(dir, observer),
    isAdminPassword: (instanceId, password) => observer.isAdminPassword(instanceId, password),
    observeNics: (instanceId) => observer.observeNics(instanceId),
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
    lie: { begin: () => writeFile(lieWhile, ''), end: () => rm(lieWhile) },
    meddle: { switchOff: (id) => observer.switchOff(id), remove: (id) => observer.remove(id) },
    dispose: async () => {
      await processes.close()
      await second.processes.close()
      endProcessesNaming(dir)
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function makeShare(dir: string): Promise<string> {
  const share = join(dir, 'shared')
  await mkdir(share, { mode: 0o711 })
  await writeFile(join(share, shareMarker), '')
  return share
}

async function setsIn(share: string | undefined): Promise<string[]> {
  const names = share === undefined ? [] : await readdir(share)
  return names.filter((name) => name !== shareMarker)
}

function agentGuest(dir: string, observer: VirshObserver): AgentGuest {
  return {
    makeImage: () => makeAgentImage(dir),
    changes: { memoryBytes: 160 * 1024 ** 2, imageProperties: { hw_qemu_guest_agent: 'yes' } },
    diskBytes: 32 * 1024 ** 2,
    answers: (instanceId) => observer.agentAnswers(instanceId),
    keepsPassword: false,
  }
}

interface TestHost {
  readonly observer: VirshObserver
  readonly processes: DriverProcesses
  /** Only then there is a libvirtd to ask. */
  readonly isUsed: () => boolean
}

/** A host of its own on this machine, in the folder `name`. */
async function makeHost(
  { dir, ...options }: { readonly dir: string; readonly config: JsonObject; readonly execPath?: string },
  name: string,
): Promise<TestHost> {
  const stateDir = join(dir, name)
  await mkdir(stateDir)
  const processes = new DriverProcesses({
    module: new URL('./plugin.ts', import.meta.url).href,
    exportName: 'qemuPlugin',
    ...options,
    stateDir,
    hostName: 'conformance',
  })
  return { observer: new VirshObserver(dir, stateDir), processes, isUsed: () => processes.isOpen }
}

export async function makeBootSector(dir: string): Promise<Buffer> {
  const path = join(dir, 'boot.raw')
  await run(process.execPath, ['--disable-warning=ExperimentalWarning', bootSectorScript, path])
  return await readFile(path)
}

/** A Linux guest with Debian's agent: the boot sector has none. */
async function makeAgentImage(dir: string): Promise<TestImage> {
  const path = join(dir, 'agent.raw')
  await run('sh', [guestScript, path, 'agent'])
  return await makeRawImage(dir, await readFile(path), 512)
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
