/** The filters in the order in which they run: cheap and decisive ones first. A new filter is added here. */
import type { Filter, ScheduleRequest } from '../types.ts'
import { aggregateExtraSpecsFilter } from './aggregate-extra-specs.ts'
import { availabilityZoneFilter } from './availability-zone.ts'
import { computeEnabledFilter } from './compute-enabled.ts'
import { differentHostFilter } from './different-host.ts'
import { diskFilter } from './disk.ts'
import { excludedFilter } from './excluded.ts'
import { failedAlreadyFilter } from './failed-already.ts'
import { imagePropertiesFilter } from './image-properties.ts'
import { limitsFilter } from './limits.ts'
import { memoryFilter } from './memory.ts'
import { networksFilter } from './networks.ts'
import { sameHostFilter } from './same-host.ts'
import { serverGroupFilter } from './server-group.ts'
import { vcpusFilter } from './vcpus.ts'

export const filters: readonly Filter[] = [
  computeEnabledFilter,
  excludedFilter,
  failedAlreadyFilter,
  availabilityZoneFilter,
  aggregateExtraSpecsFilter,
  sameHostFilter,
  differentHostFilter,
  serverGroupFilter,
  imagePropertiesFilter,
  networksFilter,
  limitsFilter,
  vcpusFilter,
  memoryFilter,
  diskFilter,
]

/**
 * What holds even where an admin forces a host: only what would break a promise, or what the host cannot do. What a server
 * wishes of its place beside its group does not count then.
 */
const forcedFilters: readonly Filter[] = filters.filter((filter) =>
  [
    computeEnabledFilter,
    excludedFilter,
    failedAlreadyFilter,
    serverGroupFilter,
    networksFilter,
    limitsFilter,
    vcpusFilter,
    memoryFilter,
    diskFilter,
  ].includes(filter),
)

export function filtersFor({ isForced }: Pick<ScheduleRequest, 'isForced'>): readonly Filter[] {
  return isForced === true ? forcedFilters : filters
}
