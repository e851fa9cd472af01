/** What `disks` and `nics` do to a spec: what both ends of an attach or detach look like, and which of them a VM has. Pure. */
import { DriverError } from './driver-error.ts'
import { hashSpec } from './hash-spec.ts'
import type { DiskId, VmSpec } from './vm-spec.ts'

/** @throws DriverError INVALID_SPEC when it has no such disk */
export function withoutDisk(spec: VmSpec, diskId: DiskId): VmSpec {
  const disks = spec.disks.filter(({ id }) => id !== diskId)
  if (disks.length === spec.disks.length) throw unnamed('disk')
  return { ...spec, disks }
}

/** @throws DriverError INVALID_SPEC when it has no such NIC */
export function withoutNic(spec: VmSpec, nicId: string): VmSpec {
  const nics = spec.nics.filter(({ id }) => id !== nicId)
  if (nics.length === spec.nics.length) throw unnamed('NIC')
  return { ...spec, nics }
}

/**
 * Whether a VM made of the spec with `specHash` has to change to become that of `to`.
 * @throws DriverError CONFLICT when it is made of neither `from` nor `to`
 */
export function needsChange(specHash: string, from: VmSpec, to: VmSpec): boolean {
  if (specHash === hashSpec(to)) return false
  if (specHash === hashSpec(from)) return true
  throw new DriverError('CONFLICT', 'The virtual machine has another specification.', { effect: 'none' })
}

function unnamed(what: string): DriverError {
  return new DriverError('INVALID_SPEC', `The specification has no such ${what}.`, { effect: 'none' })
}
