/** Hosts and requests for the scheduler's tests: fixed ones with changes, and random ones. */
import fc from 'fast-check'
import type { HostId } from '../../src/model/ids.ts'
import type { HostState, ScheduleRequest } from '../../src/scheduler/types.ts'

export function hostState(changes: Partial<HostState> & { name: string }): HostState {
  return {
    id: changes.name as HostId,
    driverId: 'sim',
    up: true,
    healthy: true,
    healthMessage: '',
    enabled: true,
    disabledReason: null,
    tested: true,
    zone: 'nova',
    aggregates: [],
    capacity: { vcpus: 8, memoryMb: 8192, diskGb: 100 },
    free: { vcpus: 8, memoryMb: 8192, diskGb: 100 },
    instanceCount: 0,
    capabilities: {
      architectures: ['x86_64'],
      hypervisorTypes: ['qemu'],
      vmModes: ['hvm'],
      diskFormats: ['qcow2', 'raw'],
      abilities: [],
    },
    ...changes,
  }
}

export function scheduleRequest(changes: Partial<ScheduleRequest> = {}): ScheduleRequest {
  return {
    vcpus: 1,
    memoryMb: 512,
    diskGb: 1,
    imageProperties: {},
    diskFormats: ['raw'],
    extraSpecs: {},
    networkKinds: [],
    failedHosts: new Map(),
    ...changes,
  }
}

const mostly = fc.integer({ min: 0, max: 3 }).map((drawn) => drawn > 0)
const some = <T>(...words: readonly T[]) => fc.subarray([...words])

export const randomHosts = fc
  .array(
    fc.record({
      up: mostly,
      healthy: mostly,
      enabled: mostly,
      free: fc.record({
        vcpus: fc.integer({ min: -2, max: 16 }),
        memoryMb: fc.integer({ min: -512, max: 4096 }),
        diskGb: fc.integer({ min: -5, max: 50 }),
      }),
      capabilities: fc.record({
        architectures: some('x86_64', 'aarch64'),
        hypervisorTypes: some('qemu', 'kvm', 'xen'),
        vmModes: some('hvm', 'xen'),
        diskFormats: some('qcow2', 'raw', 'vhdx'),
        abilities: fc.constant([]),
      }),
    }),
    { maxLength: 12 },
  )
  .map((states) => states.map((state, index) => hostState({ name: `h${index}`, ...state })))

const property = (...words: readonly string[]) => fc.option(fc.constantFrom(...words), { nil: undefined })

export const randomRequest = fc
  .record({
    vcpus: fc.integer({ min: 1, max: 16 }),
    memoryMb: fc.integer({ min: 1, max: 4096 }),
    diskGb: fc.integer({ min: 1, max: 50 }),
    diskFormats: fc.subarray(['qcow2', 'raw', 'vhdx', 'vmdk'], { minLength: 1, maxLength: 2 }),
    hw_architecture: property('x86_64', 'AARCH64', 'riscv64'),
    architecture: property('x86_64'),
    img_hv_type: property('kvm', 'xen'),
    vm_mode: property('hvm', 'uml'),
  })
  .map(({ vcpus, memoryMb, diskGb, diskFormats, ...properties }) => {
    const given = Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
    return scheduleRequest({
      vcpus,
      memoryMb,
      diskGb,
      diskFormats,
      imageProperties: Object.fromEntries(given) as Record<string, string>,
    })
  })
