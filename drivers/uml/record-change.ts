/** What changes of disks and of NICs have in common: the record that they start from and end with. */
import { needsChange } from '../../src/driver/device-change.ts'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { VmSpec } from '../../src/driver/vm-spec.ts'
import { refusal, wrongState } from '../local/refusals.ts'
import type { UmlHost } from './host.ts'
import type { VmRecord } from './vm-record.ts'
import { requireRecord } from './vm-record.ts'

/** @throws DriverError NOT_FOUND, CONFLICT, WRONG_STATE */
export async function stateToChange(
  host: UmlHost,
  from: VmSpec,
  to: VmSpec,
): Promise<{ readonly record: VmRecord; readonly isDone: boolean }> {
  const record = await requireRecord(host, to.instanceId)
  if (record.state !== 'ready') throw wrongState('building')
  if (!needsChange(record.specHash, from, to)) return { record, isDone: true }
  if (record.rescue !== undefined)
    throw refusal('WRONG_STATE', 'This cannot be done while the virtual machine is rescued.')
  return { record, isDone: false }
}

export async function assertKept(host: UmlHost, instanceId: string, specHash: string): Promise<void> {
  if ((await requireRecord(host, instanceId)).specHash === specHash) return
  throw new DriverError('HYPERVISOR', 'The host did not keep the change.', { effect: 'unknown' })
}
