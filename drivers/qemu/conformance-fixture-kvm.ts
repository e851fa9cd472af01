/**
 * QEMU on KVM for the conformance kit, with boot sectors for guests: machines exist whose KVM runs nothing larger, where the driver by
 * itself makes no use of it. For tests alone it insists, and has a /dev/kvm of its own, which guests' users may open.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ownMounts, type ConformanceTarget, type Fixture } from '../conformance/index.ts'
import { findSkipReason, makeBootSector, makeFixture } from './conformance-fixture.ts'
import { device, probeKvm } from './kvm-probe.ts'
import { qemuPlugin } from './plugin.ts'

const run = promisify(execFile)
const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url))
/** Character device 10:232, as in the kernel's list of devices. */
const openDevice =
  'dev=$1; shift; mount -t tmpfs -o mode=755 tmpfs "$dev" && mknod "$dev/kvm" c 10 232 && chmod 666 "$dev/kvm" && ' +
  `mount --bind "$dev/kvm" ${device} && exec "$@"`

export const conformance: ConformanceTarget = {
  name: 'kvm',
  plugin: qemuPlugin,
  skipReason: findSkipReason() || (await findKvmSkipReason()),
  makeFixture: makeKvmFixture,
}

async function findKvmSkipReason(): Promise<string | false> {
  if (!existsSync(device)) return `SKIPPED: there is no ${device} on this machine`
  if (ownMounts() === undefined) return 'SKIPPED: mount namespaces are not permitted; run as root'
  const finding = await inFolder(async (dir) => {
    const imagePath = join(dir, 'boot.raw')
    // Firmware boots from no disk that is smaller.
    await writeFile(imagePath, Buffer.concat([await makeBootSector(dir), Buffer.alloc(1024 ** 2 - 512)]))
    return await probeKvm({ imagePath, user: undefined, signal: neverAborted(), marker: 'POLYVISOR-BOOT-SECTOR' })
  })
  return finding.present ? false : `SKIPPED: KVM runs no boot sector here: ${finding.reason}`
}

async function makeKvmFixture(): Promise<Fixture> {
  const linux = await inFolder(async (dir) => {
    const imagePath = join(dir, 'guest.raw')
    await run('sh', [join(scripts, 'make-test-guest.sh'), imagePath])
    return await probeKvm({ imagePath, user: undefined, signal: neverAborted() })
  })
  return await makeFixture({ settings: { accel: 'kvm' }, makeNode, runsLinux: linux.present })
}

/** Node, and whatever it starts, in a mount namespace of its own. */
async function makeNode(dir: string): Promise<string> {
  const folder = join(dir, 'dev')
  await mkdir(folder)
  const program = join(dir, 'node-with-kvm')
  await writeFile(
    program,
    `#!/bin/sh\nexec ${ownMounts() ?? ''} sh -c '${openDevice}' sh '${folder}' '${process.execPath}' "$@"\n`,
  )
  await chmod(program, 0o755)
  return program
}

async function inFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'pvk-'))
  try {
    return await work(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function neverAborted(): AbortSignal {
  return new AbortController().signal
}
