/** Microversion negotiation of the compute face, and the choice among an operation's variants. */
import type { IncomingHttpHeaders } from 'node:http'
import type { ContractOperation } from '../contract/contract.ts'
import { formatMicroversion, maxMicroversion, minMicroversion, type Microversion } from '../contract/microversion.ts'
import { badRequest, PolyvisorError } from '../model/errors.ts'

const currentHeader = 'OpenStack-API-Version'
const legacyHeader = 'X-OpenStack-Nova-API-Version'

/**
 * The microversion that a request asks for; without a header the lowest, as for Nova.
 * @throws PolyvisorError bad-request when malformed, not-acceptable when out of range
 */
export function negotiateMicroversion(headers: IncomingHttpHeaders): Microversion {
  const wanted = namedVersion(headers)
  if (wanted === undefined) return minMicroversion
  if (wanted === 'latest') return maxMicroversion
  const match = /^([1-9]\d*)\.(0|[1-9]\d*)$/.exec(wanted)
  if (match === null) {
    throw badRequest(
      'invalid-microversion',
      'API Version String in the header is of invalid format. Must be of format MajorNum.MinorNum.',
    )
  }
  const minor = Number(match[2])
  if (match[1] !== '2' || minor < minMicroversion || minor > maxMicroversion) {
    throw new PolyvisorError(
      'not-acceptable',
      'unsupported-microversion',
      `Version ${wanted} is not supported by the API. Minimum is ${formatMicroversion(minMicroversion)} and maximum is ${formatMicroversion(maxMicroversion)}.`,
    )
  }
  return minor
}

/** The headers that tell a client which version its answer has. */
export function microversionHeaders(version: Microversion): Readonly<Record<string, string>> {
  return {
    [currentHeader]: `compute ${formatMicroversion(version)}`,
    [legacyHeader]: formatMicroversion(version),
    Vary: `${currentHeader}, ${legacyHeader}`,
  }
}

/**
 * The candidates that exist at `version`.
 * @throws PolyvisorError not-found when there is none, as Nova does for operations that came later or are gone
 */
export function candidatesAt(
  candidates: readonly ContractOperation[],
  version: Microversion,
): readonly ContractOperation[] {
  const found = candidates.filter(
    ({ minMicroversion: low = 0, maxMicroversion: high = Infinity }) => version >= low && version <= high,
  )
  if (found.length > 0) return found
  throw new PolyvisorError(
    'not-found',
    'not-at-this-microversion',
    `API version ${formatMicroversion(version)} is not supported on this method.`,
  )
}

/** `OpenStack-API-Version: compute 2.37`, among other services' versions perhaps; else the older header. */
function namedVersion(headers: IncomingHttpHeaders): string | undefined {
  const current = headers[currentHeader.toLowerCase()]
  for (const part of String(current ?? '').split(',')) {
    const [service, version, ...rest] = part.trim().split(/\s+/)
    if (service?.toLowerCase() === 'compute')
      return rest.length === 0 && version !== undefined ? version.toLowerCase() : 'malformed'
  }
  const legacy = headers[legacyHeader.toLowerCase()]
  return legacy === undefined ? undefined : String(legacy).trim().toLowerCase()
}
