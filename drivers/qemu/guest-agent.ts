/** Whether a guest has an agent to talk to, and what for: what its image says, in Nova's words. Pure. */
import type { VmSpec } from '../../src/driver/vm-spec.ts'
import { isYes } from '../../src/model/image-flags.ts'
import { invalidSpec } from '../local/refusals.ts'

export const agentProperty = 'hw_qemu_guest_agent'

/** It goes into XML, into JSON and, in the guest, before a colon. */
const userPattern = /^[^\p{C}:]{1,64}$/u

/**
 * @returns the administrator of a guest whose image has an agent; undefined without one
 * @throws DriverError INVALID_SPEC
 */
export function agentAdminOf({ imageProperties }: Pick<VmSpec, 'imageProperties'>): string | undefined {
  if (!isYes(imageProperties[agentProperty])) return undefined
  const usual = imageProperties['os_type'] === 'windows' ? 'Administrator' : 'root'
  const said = imageProperties['os_admin_user'] ?? ''
  const user = said === '' ? usual : said
  if (!isAdminUser(user)) throw invalidSpec('os_admin_user is not the name of a user.')
  return user
}

export function isAdminUser(value: unknown): value is string {
  return typeof value === 'string' && userPattern.test(value)
}

/** Whether no snapshot may be taken of the guest while its file systems go on. */
export function requiresQuiesce({ imageProperties }: Pick<VmSpec, 'imageProperties'>): boolean {
  return isYes(imageProperties['os_require_quiesce'])
}
