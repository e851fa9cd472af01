import type { Filter, ScheduleRequest } from '../types.ts'

/**
 * The host's agent answers, its hypervisor is well and was seen to run a VM, and the operator lets instances come. An admin who
 * forces a host is the operator, and may be trying it out.
 */
export const computeEnabledFilter: Filter = {
  name: 'compute-enabled',
  check(host, request) {
    const must = demands(request)
    if (must.includes('enabled') && !host.enabled) return { pass: false, reason: 'disabled by the operator' }
    if (!host.up) return { pass: false, reason: 'its agent is silent' }
    if (!host.healthy) return { pass: false, reason: 'its hypervisor is unhealthy' }
    if (must.includes('tested') && !host.tested) return { pass: false, reason: 'its smoke test has not passed' }
    return { pass: true }
  },
  remedies: (host, request) =>
    demands(request)
      .filter((mustBe) => !host[mustBe])
      .map((mustBe) => ({ kind: 'host', mustBe })),
}

function demands({ isForced }: ScheduleRequest): readonly ('enabled' | 'up' | 'healthy' | 'tested')[] {
  return isForced === true ? ['up', 'healthy'] : ['enabled', 'up', 'healthy', 'tested']
}
