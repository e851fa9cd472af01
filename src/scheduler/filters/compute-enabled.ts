import type { Filter } from '../types.ts'

/** The host's agent answers, its hypervisor is well, and the operator lets instances come. */
export const computeEnabledFilter: Filter = {
  name: 'compute-enabled',
  check(host) {
    if (!host.enabled) return { pass: false, reason: 'disabled by the operator' }
    if (!host.up) return { pass: false, reason: 'its agent is silent' }
    if (!host.healthy) return { pass: false, reason: 'its hypervisor is unhealthy' }
    return { pass: true }
  },
  remedies: (host) =>
    (['enabled', 'up', 'healthy'] as const)
      .filter((mustBe) => !host[mustBe])
      .map((mustBe) => ({ kind: 'host', mustBe })),
}
