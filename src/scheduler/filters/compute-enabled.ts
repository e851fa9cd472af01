import type { Filter } from '../types.ts'

/** The host's agent answers, its hypervisor is well and was seen to run a VM, and the operator lets instances come. */
export const computeEnabledFilter: Filter = {
  name: 'compute-enabled',
  check(host) {
    if (!host.enabled) return { pass: false, reason: 'disabled by the operator' }
    if (!host.up) return { pass: false, reason: 'its agent is silent' }
    if (!host.healthy) return { pass: false, reason: 'its hypervisor is unhealthy' }
    if (!host.tested) return { pass: false, reason: 'its smoke test has not passed' }
    return { pass: true }
  },
  remedies: (host) =>
    (['enabled', 'up', 'healthy', 'tested'] as const)
      .filter((mustBe) => !host[mustBe])
      .map((mustBe) => ({ kind: 'host', mustBe })),
}
