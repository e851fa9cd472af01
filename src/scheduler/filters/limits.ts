import { limitsRefusal } from '../../model/limits.ts'
import type { Filter } from '../types.ts'

/** Limits that the flavor sets (`quota:…`) are kept, or the server is not there. */
export const limitsFilter: Filter = {
  name: 'limits',
  check(host, { extraSpecs }) {
    const reason = limitsRefusal(extraSpecs, host.capabilities.limitable)
    return reason === undefined ? { pass: true } : { pass: false, reason }
  },
}
