import type { AggregateMetadata } from '../../model/aggregate.ts'
import type { Filter } from '../types.ts'

const scope = 'aggregate_instance_extra_specs:'

/** What the flavor's extra specs `aggregate_instance_extra_specs:KEY` ask of the metadata of the host's aggregates. */
export const aggregateExtraSpecsFilter: Filter = {
  name: 'aggregate-extra-specs',
  check(host, { extraSpecs }) {
    for (const [name, wanted] of Object.entries(extraSpecs)) {
      if (!name.startsWith(scope)) continue
      const key = name.slice(scope.length)
      const had = valuesOf(host.aggregates, key)
      if (!had.some((value) => matches(wanted, value)))
        return { pass: false, reason: `none of its aggregates has the ${key} that the flavor wants`, wanted }
    }
    return { pass: true }
  },
}

function valuesOf(aggregates: readonly AggregateMetadata[], key: string): readonly string[] {
  return aggregates.flatMap((metadata) => metadata[key] ?? [])
}

/** A value, or `<or> one <or> another`. */
function matches(wanted: string, value: string): boolean {
  if (!wanted.startsWith('<or>')) return wanted === value
  return wanted
    .split('<or>')
    .slice(1)
    .some((one) => one.trim() === value)
}
