/** What instances hold of a quota. */
import type { Flavor } from '../model/flavor.ts'
import type { Instance } from '../model/instance.ts'
import type { InstanceQuota } from '../model/quotas.ts'
import { largerOf } from '../model/resize.ts'

export type HeldBy = Pick<Instance, 'flavor' | 'resize'> & { readonly becoming?: Flavor }

/** What an instance holds of its project's quota: while a resize waits, of each the larger amount. */
export function heldQuotaOf({ flavor, resize, becoming = flavor }: HeldBy): InstanceQuota {
  const now = largerOf(instanceQuotaOf(flavor), instanceQuotaOf(becoming))
  return resize === null ? now : largerOf(now, instanceQuotaOf(resize.from))
}

export function instanceQuotaOf(flavor: Flavor): InstanceQuota {
  return { instances: 1, cores: flavor.vcpus, ramMb: flavor.memoryMb }
}
