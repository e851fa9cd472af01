/** setAdminPassword: by the agent in the guest. The password is in no checkpoint, and what libvirt says of a failure comes without it. */
import { DriverError } from '../../src/driver/driver-error.ts'
import type { Control } from '../../src/driver/driver.ts'
import { refusal, throwIfCancelled, unsupported, wrongState } from '../local/refusals.ts'
import { talkToAgent, type OpenSession } from './agent-session.ts'
import type { QemuHost } from './host.ts'
import { powerOf, requireVm } from './vm-record.ts'

const answerSeconds = 10

/** @throws DriverError UNSUPPORTED without an agent, BUSY while it does not answer: both without effect */
export async function setAdminPassword(
  { host, openSession }: { readonly host: QemuHost; readonly openSession: OpenSession },
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
  await talkToAgent(openSession, { uuid, answerSeconds, signal: control.signal }, async (session) => {
    await session.call('setUserPassword', { uuid, user, password: adminPassword }).catch((error: unknown) => {
      throw unset(error)
    })
  })
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
