import type { Filter } from '../types.ts'

/** A host that failed at this request is not asked again. */
export const failedAlreadyFilter: Filter = {
  name: 'failed-already',
  check(host, request) {
    const said = request.failedHosts.get(host.id)
    return said === undefined ? { pass: true } : { pass: false, reason: `tried, and failed: ${said}` }
  },
}
