/** What a simulated guest consumes: all of its memory, a thousandth of its CPUs, nothing else. */
import { DriverError, type DiskId, type VmStats } from '../../src/driver/index.ts'
import type { SimVm } from './vm-store.ts'

/** @throws DriverError WRONG_STATE while it does not run */
export function statsOf(vm: SimVm, disks: readonly DiskId[], nowMs: number): VmStats {
  if (vm.power !== 'on') throw new DriverError('WRONG_STATE', `The VM is ${vm.power}.`, { effect: 'none' })
  const uptimeMs = Math.max(0, nowMs - (vm.bootedAtMs ?? nowMs))
  const vcpuTimesNs = Array.from({ length: vm.vcpus ?? 0 }, () => uptimeMs * 1_000)
  return {
    cpuTimeNs: vcpuTimesNs.reduce((sum, one) => sum + one, 0),
    vcpuTimesNs,
    memoryBytes: vm.memoryBytes ?? 0,
    uptimeSeconds: Math.floor(uptimeMs / 1_000),
    disks: disks.map((id) => ({ id, readBytes: 0, writtenBytes: 0, readRequests: 0, writeRequests: 0 })),
    nics: (vm.nics ?? []).map(({ id }) => ({ id, receivedBytes: 0, sentBytes: 0 })),
  }
}
