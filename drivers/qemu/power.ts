/** setPower, pause and suspend. Each resolves after it has seen the new state (rule 5) and may be repeated. */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control, PowerWant } from '../../src/driver/driver.ts'
import type { DriverPower } from '../../src/driver/vm-spec.ts'
import { delay } from '../../src/util/delay.ts'
import { shutdownFlag } from '../libvirt/constants.ts'
import { throwIfCancelled, wrongState } from '../local/refusals.ts'
import { claimDrives } from './drive-set.ts'
import type { QemuHost } from './host.ts'
import { ignoreCodes } from './ignore-codes.ts'
import { powerOf, requireVm } from './vm-record.ts'
import type { VmRecord } from './vm-record.ts'

const pollMs = 250
/** How long a command that has answered may take to show. */
const settleMs = 10_000
/** How soon a reset shows as an event. */
const resetEventMs = 2_000

export async function setPower(
  host: QemuHost,
  instanceId: string,
  want: PowerWant,
  options: { readonly graceMs?: number },
  control: Control,
): Promise<void> {
  const graceMs = Math.min(options.graceMs ?? Infinity, host.config.graceMs)
  throwIfCancelled(control)
  const now = await requireWhole(host, instanceId)
  if (want !== 'off' && want !== 'soft-off') await claimDrives(host, instanceId)
  control.progress({ phase: want === 'off' || want === 'soft-off' ? 'stop' : 'start' })
  switch (want) {
    case 'on':
      return await powerOn(host, instanceId, now)
    case 'off':
      return await powerOff(host, instanceId, now)
    case 'reset':
      return await reset(host, instanceId, now)
    case 'soft-off':
      return await softOff(host, instanceId, now, graceMs, control)
    case 'soft-reset':
      return await softReset(host, instanceId, now, graceMs, control)
  }
}

export async function pause(host: QemuHost, instanceId: string, control: Control): Promise<void> {
  throwIfCancelled(control)
  const now = await requireWhole(host, instanceId)
  if (now === 'paused') return
  if (now !== 'on') throw wrongState(now)
  await host.connection.call('suspend', { uuid: instanceId })
  await settle(host, instanceId, ['paused'])
}

export async function unpause(host: QemuHost, instanceId: string, control: Control): Promise<void> {
  throwIfCancelled(control)
  const now = await requireWhole(host, instanceId)
  if (now === 'on') return
  if (now !== 'paused') throw wrongState(now)
  await claimDrives(host, instanceId)
  await host.connection.call('resume', { uuid: instanceId })
  await settle(host, instanceId, ['on'])
}

/** To disk: libvirt's managed save, from which the next start goes on. */
export async function suspendToDisk(host: QemuHost, instanceId: string, control: Control): Promise<void> {
  throwIfCancelled(control)
  const now = await requireWhole(host, instanceId)
  if (now === 'suspended') return
  if (now !== 'on' && now !== 'paused') throw wrongState(now)
  await host.connection.call('managedSave', { uuid: instanceId })
  await settle(host, instanceId, ['suspended'])
}

export async function resumeFromDisk(host: QemuHost, instanceId: string, control: Control): Promise<void> {
  throwIfCancelled(control)
  const now = await requireWhole(host, instanceId)
  if (now === 'on') return
  if (now !== 'suspended') throw wrongState(now)
  await claimDrives(host, instanceId)
  await powerOn(host, instanceId, now)
}

async function powerOn(host: QemuHost, instanceId: string, now: DriverPower): Promise<void> {
  if (now === 'on') return
  if (now === 'paused') await host.connection.call('resume', { uuid: instanceId })
  else {
    if (now === 'crashed') await destroy(host, instanceId)
    await host.connection.call('create', { uuid: instanceId })
  }
  await settle(host, instanceId, ['on'])
}

async function powerOff(host: QemuHost, instanceId: string, now: DriverPower): Promise<void> {
  if (now === 'suspended') await host.connection.call('managedSaveRemove', { uuid: instanceId })
  else if (now !== 'off') await destroy(host, instanceId)
  await settle(host, instanceId, ['off', 'crashed'])
}

async function destroy(host: QemuHost, instanceId: string): Promise<void> {
  // WRONG_STATE: it is off already.
  await ignoreCodes(['WRONG_STATE'], () => host.connection.call('destroy', { uuid: instanceId }))
}

/** Ends with a guest that runs from its start, wherever it began: the core resets stopped ones too. */
async function reset(host: QemuHost, instanceId: string, now: DriverPower): Promise<void> {
  if (now === 'suspended') await powerOff(host, instanceId, now)
  if (now !== 'on' && now !== 'paused') return await powerOn(host, instanceId, now === 'suspended' ? 'off' : now)
  const seen = watchReboot(host, instanceId)
  try {
    await host.connection.call('reset', { uuid: instanceId })
    await delay(resetEventMs, seen.signal)
  } finally {
    seen.stop()
  }
  if (now === 'paused') await host.connection.call('resume', { uuid: instanceId })
  await settle(host, instanceId, ['on'])
}

async function softOff(
  host: QemuHost,
  instanceId: string,
  now: DriverPower,
  graceMs: number,
  control: Control,
): Promise<void> {
  if (now === 'on' && graceMs > 0) {
    await ignoreCodes(['WRONG_STATE'], () =>
      host.connection.call('shutdown', { uuid: instanceId, flags: shutdownFlag.acpiPowerButton }),
    )
    const deadline = performance.now() + graceMs
    while (performance.now() < deadline) {
      const power = await powerNow(host, instanceId)
      if (power === 'off' || power === 'crashed') return
      await delay(pollMs, control.signal)
      throwIfCancelled(control, 'partial')
    }
  }
  await powerOff(host, instanceId, await powerNow(host, instanceId))
}

async function softReset(
  host: QemuHost,
  instanceId: string,
  now: DriverPower,
  graceMs: number,
  control: Control,
): Promise<void> {
  if (now !== 'on' || graceMs <= 0) return await reset(host, instanceId, now)
  const seen = watchReboot(host, instanceId)
  try {
    await host.connection.call('reboot', { uuid: instanceId, flags: shutdownFlag.acpiPowerButton })
    await delay(graceMs, AbortSignal.any([seen.signal, control.signal]))
    throwIfCancelled(control, 'partial')
  } finally {
    seen.stop()
  }
  if (!seen.signal.aborted) return await reset(host, instanceId, await powerNow(host, instanceId))
  await settle(host, instanceId, ['on'])
}

/** A signal that aborts as soon as the guest was reset. */
function watchReboot(host: QemuHost, instanceId: string): { readonly signal: AbortSignal; readonly stop: () => void } {
  const seen = new AbortController()
  const stop = host.connection.onEvent((event) => {
    if (event.uuid === instanceId && event.kind === 'rebooted') seen.abort()
  })
  return { signal: seen.signal, stop }
}

async function requireWhole(host: QemuHost, instanceId: string): Promise<DriverPower> {
  const record: VmRecord = await requireVm(host, instanceId)
  if (record.mark.state !== 'ready') throw wrongState('building')
  return powerOf(record.domain)
}

async function powerNow(host: QemuHost, instanceId: string): Promise<DriverPower> {
  return powerOf((await requireVm(host, instanceId)).domain)
}

async function settle(host: QemuHost, instanceId: string, wanted: readonly DriverPower[]): Promise<void> {
  const deadline = performance.now() + settleMs
  for (;;) {
    const power = await powerNow(host, instanceId)
    if (wanted.includes(power)) return
    if (performance.now() > deadline) {
      const text = `The hypervisor answered success, but the virtual machine is ${power}.`
      throw new DriverError('HYPERVISOR', text, { effect: 'unknown' })
    }
    await delay(pollMs)
  }
}
