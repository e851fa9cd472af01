/** Explanations as our own face shows them: counts and amounts for tenants, hosts by name for admins. */
import type { components } from '../../contract/types.gen.ts'
import { describeChange } from '../../scheduler/describe-change.ts'
import { describeExplanation } from '../../scheduler/describe-explanation.ts'
import type { Explanation } from '../../scheduler/explain.ts'
import type { Change } from '../../scheduler/smallest-change.ts'
import type { Rejection, Remedy } from '../../scheduler/types.ts'

type Schemas = components['schemas']

export function explanationView(explanation: Explanation, isAdmin: boolean): Schemas['Explanation'] {
  const { decision, count, fits, filters, changes, hosts } = explanation
  return {
    summary: describeExplanation(explanation, isAdmin),
    count,
    fits,
    considered: decision.considered,
    passed: decision.passed,
    filters: filters.map(({ filter, checked, passed, rejections }) => ({
      filter,
      checked,
      passed,
      rejections: rejections.map((rejection) => rejectionView(rejection, isAdmin)),
    })),
    top: decision.top.map(({ hostId, name, score }) => (isAdmin ? { host_id: hostId, name, score } : { score })),
    changes: changes.map((change) => changeView(change, isAdmin)),
    ...(isAdmin ? { hosts: hosts.map((host) => ({ ...host })) } : {}),
  }
}

export function rejectionView(rejection: Rejection, isAdmin: boolean): Schemas['SchedulingRejection'] {
  const { hosts, ...rest } = rejection
  return { ...rest, ...(isAdmin ? { hosts: [...hosts] } : {}) }
}

function changeView(change: Change, isAdmin: boolean): Schemas['Explanation']['changes'][number] {
  return {
    summary: describeChange(change, isAdmin),
    remedies: change.remedies.map(remedyView),
    hosts: change.hosts,
    ...(isAdmin && change.host !== undefined ? { host: change.host.name } : {}),
  }
}

const amountNames = { vcpus: 'vcpus', memoryMb: 'memory_mb', diskGb: 'disk_gb' } as const

function remedyView(remedy: Remedy): Schemas['Remedy'] {
  switch (remedy.kind) {
    case 'less':
      return { kind: 'less', amount: amountNames[remedy.amount], at_most: remedy.atMost }
    case 'image':
      return { kind: 'image', property: remedy.property, one_of: [...remedy.oneOf] }
    case 'host':
      return { kind: 'host', must_be: remedy.mustBe }
  }
}
