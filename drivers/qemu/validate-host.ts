/** Whether this machine can run QEMU guests, in virt-host-validate's manner. Opens nothing, changes nothing. */
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { HostCheck, HostPlaces } from '../../src/driver/host-check.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { chooseEndpoint, systemSocket, type LibvirtEndpoint } from '../libvirt/endpoint.ts'
import { socketAnswers } from '../libvirt/daemon.ts'
import { assertCanEnter, type GuestUser } from '../libvirt/guest-user.ts'
import { checkDiskSpace, checkMemory, checkPackage, nearestFolder, wordsOf } from '../local/host-checks.ts'
import { findCommand, installCommand, type SystemPackage } from '../local/system-packages.ts'
import { readQemuConfig, type QemuConfig } from './config.ts'
import { device, mayOpenKvm } from './kvm-probe.ts'
import { findShareProblem, shareMarker } from './shared-storage.ts'
import { neededPackages } from './system-packages.ts'
import { findUefi, uefiPackage } from './uefi.ts'

const tini: SystemPackage = { name: 'tini', provides: 'the command tini', oneOf: ['tini'] }

export async function* validateHost(settings: JsonObject, places: HostPlaces): AsyncGenerator<HostCheck> {
  const config = readQemuConfig(settings)
  const endpoint = await endpointOf(config, places).catch(wordsOf)
  if (typeof endpoint === 'string') {
    for (const wanted of neededPackages(true)) yield await checkPackage(wanted)
    yield { name: "the guests' user", outcome: 'failed', message: endpoint }
  } else {
    const { guestUser } = endpoint
    for (const wanted of neededPackages(guestUser !== undefined)) yield await checkPackage(wanted)
    yield await checkLibvirtd(endpoint, config)
    if (guestUser !== undefined) {
      yield await checkEntry(guestUser, places)
      yield checkTini()
    }
    yield await checkKvm(config, guestUser)
    yield checkUefi(config)
  }
  yield await checkDiskSpace(places.stateDir)
  if (config.sharedDisks !== undefined)
    yield await checkShare(config.sharedDisks, typeof endpoint === 'string' ? undefined : endpoint.guestUser)
  yield checkMemory()
}

/** @throws Error for the operator when there is nobody to run guests as */
async function endpointOf({ uri, user, daemon }: QemuConfig, { stateDir }: HostPlaces): Promise<LibvirtEndpoint> {
  const names = { ...(uri === undefined ? {} : { uri }), ...(user === undefined ? {} : { user }) }
  return chooseEndpoint({ stateDir, hostUuid: '', log: silentLogger, daemon, ...names })
}

async function checkLibvirtd({ description, guestUser }: LibvirtEndpoint, { uri }: QemuConfig): Promise<HostCheck> {
  const name = 'libvirtd'
  if (guestUser !== undefined) return { name, outcome: 'ok', message: `to be started: ${description}` }
  if (uri !== undefined) return { name, outcome: 'ok', message: `${uri}, as configured and not tried` }
  if (await socketAnswers(systemSocket)) return { name, outcome: 'ok', message: `${description} answers` }
  const remedy = 'systemctl start libvirtd, or leave driverConfig.qemu.daemon at auto for one of our own'
  return { name, outcome: 'failed', message: `nobody answers at ${systemSocket}`, remedy }
}

async function checkEntry(user: GuestUser, { dataDir }: HostPlaces): Promise<HostCheck> {
  const name = `if the guests' user ${user.name} may enter the data directory`
  try {
    await assertCanEnter(user, await nearestFolder(dirname(dataDir)))
    return { name, outcome: 'ok', message: dataDir }
  } catch (error) {
    return { name, outcome: 'failed', message: wordsOf(error) }
  }
}

async function checkShare(folder: string, user: GuestUser | undefined): Promise<HostCheck> {
  const name = 'the folder that hosts share'
  const problem = await findShareProblem(folder)
  if (problem !== undefined) {
    const remedy = `mount the storage there; once, where it is new: touch ${folder}/${shareMarker}`
    return { name, outcome: 'failed', message: problem, remedy }
  }
  if (user === undefined) return { name, outcome: 'ok', message: folder }
  return await assertCanEnter(user, folder).then(
    () => ({ name, outcome: 'ok', message: folder }) as const,
    (error: unknown) => ({ name, outcome: 'failed', message: wordsOf(error) }) as const,
  )
}

function checkTini(): HostCheck {
  const name = tini.provides
  const found = findCommand('tini')
  if (found !== undefined) return { name, outcome: 'ok', message: found }
  const message = 'it is missing: where the first process collects no ended ones, as in containers, libvirtd may hang'
  return { name, outcome: 'warning', message, remedy: installCommand([tini]) }
}

function checkUefi(config: QemuConfig): HostCheck {
  const name = uefiPackage.provides
  const found = findUefi(config)
  if (found !== undefined) return { name, outcome: 'ok', message: found.code }
  const message = 'it is missing: guests boot by a BIOS, and images with hw_firmware_type=uefi go elsewhere'
  const remedy =
    config.uefi === undefined ? installCommand([uefiPackage]) : 'name files that are there as driverConfig.qemu.uefi'
  return { name, outcome: 'warning', message, remedy }
}

async function checkKvm({ accel, kvm }: QemuConfig, user: GuestUser | undefined): Promise<HostCheck> {
  const name = `device ${device}`
  if (accel === 'tcg') return { name, outcome: 'ok', message: 'not wanted: driverConfig.qemu.accel is tcg' }
  const without = accel === 'kvm' ? 'failed' : 'warning'
  const emulated = accel === 'kvm' ? 'guests cannot start' : 'guests run by emulation, which is slow'
  const found = await stat(device).catch(() => undefined)
  if (found?.isCharacterDevice() !== true) {
    const message = `there is no ${device}: ${emulated}${await whyNoKvm()}`
    const remedy = 'turn virtualization on in the firmware (nested virtualization where this is a guest); modprobe kvm'
    return { name, outcome: without, message, remedy }
  }
  if (!(await mayOpenKvm(user))) {
    const who = user?.name ?? 'of this service'
    const message = `the user ${who}, as whom guests run, may not open it: ${emulated}`
    return { name, outcome: without, message, remedy: `usermod -aG kvm ${user?.name ?? '<user>'}; then start anew` }
  }
  if (accel === 'kvm') return { name, outcome: 'ok', message: 'it may be opened' }
  const image = kvm?.probeImage
  if (image !== undefined && (await isFile(image)))
    return { name, outcome: 'ok', message: `it may be opened; the service proves it with ${image} when it starts` }
  const lacking = image === undefined ? 'no Linux guest was given to prove it with' : `there is no file ${image}`
  return {
    name,
    outcome: 'warning',
    message: `it may be opened, and ${lacking}: ${emulated}`,
    remedy: 'name a Linux guest (scripts/make-test-guest.sh) as driverConfig.qemu.kvm.probeImage',
  }
}

async function whyNoKvm(): Promise<string> {
  if (process.arch !== 'x64') return ''
  const flags = await readFile('/proc/cpuinfo', 'utf8').catch(() => '')
  return /\b(vmx|svm)\b/.test(flags) ? '' : ' (the processor shows neither vmx nor svm)'
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true
}
