/**
 * Proves that a hypervisor runs VMs before tenants rely on it: a small VM with a blank disk is made, started, seen on
 * and removed, through the driver's contract. What an earlier try left is used up by this one.
 */
import { DriverError } from '../driver/driver-error.ts'
import type { Control, Driver } from '../driver/driver.ts'
import type { VmSpec } from '../driver/vm-spec.ts'

const mebibyte = 1024 ** 2

function smokeSpec(instanceId: string, nodeId: string): VmSpec {
  return {
    instanceId,
    nodeId,
    name: 'polyvisor-smoke-test',
    vcpus: 1,
    memoryBytes: 64 * mebibyte,
    disks: [{ id: 'blank-0', source: { kind: 'blank' }, sizeBytes: mebibyte, bootIndex: 0 }],
    nics: [],
    imageProperties: {},
    options: {},
  }
}

/** @throws DriverError of the first call that failed, or because the VM was not seen on, or not gone */
export async function runSmokeTest(
  driver: Driver,
  instanceId: string,
  nodeId: string,
  control: Control,
): Promise<void> {
  const ref = { instanceId, nodeId }
  try {
    const handle = await driver.ensurePresent(smokeSpec(instanceId, nodeId), control)
    await driver.setPower({ ...ref, handle }, 'on', {}, control)
    const state = await driver.get({ ...ref, handle })
    if (state?.power !== 'on') throw notSeen(`is ${state?.power ?? 'missing'} after it was started`)
  } finally {
    await driver.ensureAbsent(ref, {}, control)
  }
  if ((await driver.get(ref)) !== null) throw notSeen('is still there after it was removed')
}

function notSeen(what: string): DriverError {
  return new DriverError('HYPERVISOR', `The hypervisor reported success, but the test VM ${what}.`, {
    retry: 'later',
    effect: 'unknown',
  })
}
