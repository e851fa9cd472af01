/**
 * User-Mode Linux for the conformance kit: the driver in a process of its own (kill -9 is what it says), a root file
 * system of busybox for a guest, and ps, uml_mconsole and plain files as the observer.
 */
import { execFile, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { DriverProcesses, makeRawImage, readByQemuImg, toQcow2Image } from '../conformance/index.ts'
import type { ConformanceTarget, Fixture, TestImage } from '../conformance/index.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { missingPackages } from '../local/system-packages.ts'
import { umlPlugin } from './plugin.ts'
import { neededPackages } from './system-packages.ts'
import { UmlObserver } from './uml-observer.ts'

const run = promisify(execFile)
const guestScript = fileURLToPath(new URL('../../scripts/make-uml-guest.sh', import.meta.url))
const diskBytes = 8 * 1024 ** 2

/** Users of its own: what runs as a guest's user ends with the guest. */
const config: JsonObject = { firstUid: 2_000_000_000 + 1_000 * randomInt(140_000) }

export const conformance: ConformanceTarget = { plugin: umlPlugin, skipReason: findSkipReason(), makeFixture }

function findSkipReason(): string | false {
  const missing = missingPackages(neededPackages('linux.uml')).map(({ name }) => name)
  if (spawnSync('qemu-img', ['--version']).status !== 0) missing.push('qemu-utils')
  if (spawnSync('ps', ['--version']).status !== 0) missing.push('procps')
  return missing.length === 0 ? false : `SKIPPED: missing packages; run: apt-get install -y ${missing.join(' ')}`
}

interface Liar {
  /** Where the driver looks for programs. */
  readonly path: string
  begin(): Promise<void>
  end(): Promise<void>
}

/** Between the driver and its hypervisor: while it lies, kernels do not start, and say OK to what they are not even told. */
async function makeLiar(dir: string): Promise<Liar> {
  const folder = join(dir, 'bin')
  const flag = join(dir, 'lies')
  await mkdir(folder, { mode: 0o755 })
  const { PATH = '' } = process.env
  const change = 'stop|go|cad|halt|remove*|config*=*'
  const programs = {
    'linux.uml': `[ ! -e ${flag} ] || exit 0`,
    uml_mconsole: `file=$1; shift; case "$*" in ${change}) [ ! -e ${flag} ] || { echo OK; exit 0; };; esac; set -- "$file" "$@"`,
  }
  for (const [name, line] of Object.entries(programs)) {
    const text = `#!/bin/sh\n${line}\nPATH=${PATH} exec ${name} "$@"\n`
    await writeFile(join(folder, name), text, { mode: 0o755 })
  }
  return {
    path: `${folder}:${PATH}`,
    begin: () => writeFile(flag, ''),
    end: () => rm(flag),
  }
}

async function makeFixture(): Promise<Fixture> {
  const dir = await mkdtemp(join(tmpdir(), 'pvu-'))
  await chmod(dir, 0o711) // guests' users go through it
  const stateDir = join(dir, 's')
  await mkdir(stateDir)
  const root = join(dir, 'root.raw')
  await run(guestScript, [root])
  const rootFiles = await readFile(root)
  const liar = await makeLiar(dir)
  const observer = new UmlObserver(dir, stateDir, root)
  const processes = new DriverProcesses({
    module: new URL('./plugin.ts', import.meta.url).href,
    exportName: 'umlPlugin',
    config,
    stateDir,
    hostName: 'conformance',
    environment: { PATH: liar.path },
  })
  const makeImage = (): Promise<TestImage> => makeRawImage(dir, rootFiles, 4096)
  return {
    config,
    guest: {
      memoryBytes: 64 * 1024 ** 2,
      diskBytes,
      bootMarker: 'POLYVISOR-GUEST-UP',
      // Of Debian 12's kernel one boot in some thousand ends in a panic: it cannot open its root device.
      mayEndInBoot: true,
      echoes: true,
      // A guest that writes nothing, so that its disk stays what its image is.
      imageProperties: { hw_vm_mode: 'uml', os_command_line: 'ro quiet' },
    },
    sample: 2,
    manyVms: 1_000,
    makeImage,
    readImage: (path, format) => readByQemuImg(dir, path, format),
    otherImages: [await toQcow2Image(await makeImage())],
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
      victims: ['driver', 'session'],
      open: (afterCalls, victim) =>
        processes.open({
          fault: { dieAfterNativeCall: afterCalls, victim: victim === 'driver' ? 'service' : 'answer' },
        }),
    },
    lie: { begin: () => liar.begin(), end: () => liar.end() },
    hold: { begin: () => observer.setHold(true), end: () => observer.setHold(false) },
    meddle: { switchOff: (id) => observer.switchOff(id), remove: (id) => observer.remove(id) },
    dispose: async () => {
      await processes.close()
      await observer.purge()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
