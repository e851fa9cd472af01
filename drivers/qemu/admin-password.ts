/**
 * setAdminPassword: by the QEMU guest agent, over a session of its own: a guest decides how long its agent takes, and no other
 * call may wait for that. The password is in no checkpoint, and what libvirt says of a failure comes without it.
 */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import type { LibvirtConnection } from '../libvirt/connection.ts'
import { cancelled, refusal, throwIfCancelled, unsupported, wrongState } from '../local/refusals.ts'
import type { QemuHost } from './host.ts'
import { powerOf, requireVm } from './vm-record.ts'

/** For one answer of an agent; what it is asked first is answered within 5 s or not at all. */
const agentSeconds = 10

/** @throws DriverError UNSUPPORTED without an agent, BUSY while it does not answer: both without effect */
export async function setAdminPassword(
  { host, openSession }: { readonly host: QemuHost; readonly openSession: () => LibvirtConnection },
  uuid: string,
  adminPassword: string,
  control: Control,
): Promise<void> {
  throwIfCancelled(control)
  const { domain, mark } = await requireVm(host, uuid)
  const power = mark.state === 'ready' ? powerOf(domain) : 'building'
  if (power !== 'on') throw wrongState(power)
  const { adminUser: user } = mark
  if (user === undefined) throw unsupported('This needs an agent in the guest: its image says hw_qemu_guest_agent=yes.')
  // The agent takes it as a line of text.
  if (/[\0\r\n]/.test(adminPassword)) throw refusal('INVALID_SPEC', 'The password has a line end in it.')
  await control.checkpoint({ step: 'set-password' })
  throwIfCancelled(control)
  const session = openSession()
  const end = (): void => void session.close()
  control.signal.addEventListener('abort', end, { once: true })
  try {
    await session.call('pingAgent', { uuid, agentSeconds }).catch((error: unknown) => {
      throw unanswered(error)
    })
    throwIfCancelled(control)
    await session.call('setUserPassword', { uuid, user, password: adminPassword }).catch((error: unknown) => {
      throw unset(error)
    })
  } catch (error) {
    throw control.signal.aborted ? cancelled('unknown') : error
  } finally {
    control.signal.removeEventListener('abort', end)
    await session.close()
  }
}

function unanswered(error: unknown): unknown {
  if (!(error instanceof DriverError) || (error.code !== 'TIMEOUT' && error.code !== 'UNSUPPORTED')) return error
  const { native } = error
  const why = { effect: 'none', ...(native === undefined ? {} : { native }) } as const
  return error.code === 'TIMEOUT'
    ? new DriverError('BUSY', 'The agent in the guest does not answer.', why)
    : new DriverError('UNSUPPORTED', 'This virtual machine was made without a channel to an agent.', why)
}

function unset(error: unknown): unknown {
  if (!(error instanceof DriverError) || (error.code !== 'HYPERVISOR' && error.code !== 'TIMEOUT')) return error
  const { code, native } = error
  const text =
    code === 'TIMEOUT'
      ? 'The agent in the guest did not say whether it set the password.'
      : 'The agent in the guest did not set the password.'
  return new DriverError(code, text, {
    effect: 'unknown',
    // It is the guest that refuses: no other host would do better.
    retry: code === 'TIMEOUT' ? 'later' : 'never',
    ...(native === undefined ? {} : { native }),
  })
}
