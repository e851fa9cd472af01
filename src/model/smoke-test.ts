/** The throw-away VM that shows whether a host can run any. */
import { createHash } from 'node:crypto'

const ids = new Map<string, string>()

/** Always the same uuid for a host, so that what a crash left of a test is known for what it is, and used up by the next. */
export function smokeTestId(hostId: string): string {
  let id = ids.get(hostId)
  if (id === undefined) {
    const hex = createHash('sha256').update(`polyvisor smoke test ${hostId}`).digest('hex')
    // Version 8, variant 10: a uuid of the maker's own making.
    id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    ids.set(hostId, id)
  }
  return id
}
