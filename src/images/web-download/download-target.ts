/** An address on the web, judged: what the URI itself says, and where its name leads. */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { badRequest } from '../../model/errors.ts'
import type { AddressRule } from './address-rules.ts'

export interface TargetRules {
  readonly isAllowed: AddressRule
  readonly ports: readonly number[]
  /** Tests put their own here. @returns every address of a name */
  readonly resolve?: (name: string) => Promise<readonly string[]>
}

const maxUriLength = 2048
/** Of a name with many addresses, so many are tried. */
const maxAddresses = 4

/** @throws PolyvisorError bad-request: what can be said without asking anybody */
export function readTarget(uri: string, { isAllowed, ports }: TargetRules): URL {
  const url = uri.length <= maxUriLength ? URL.parse(uri) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw refused(`it must be an http:// or https:// address of ${maxUriLength} characters at most`)
  }
  if (url.username !== '' || url.password !== '') throw refused('it must hold no user and no password')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  if (!ports.includes(port)) throw refused(`port ${port} is not one of ${ports.join(', ')}`)
  const literal = hostOf(url)
  if (isIP(literal) !== 0 && !isAllowed(literal)) throw notPublic()
  return url
}

/**
 * Asked once for each fetch: it is these addresses that are connected to, whatever the name leads to a moment later.
 * One that is not allowed among them speaks against all of them.
 * @throws PolyvisorError bad-request
 */
export async function addressesOf(url: URL, { isAllowed, resolve = resolveName }: TargetRules): Promise<string[]> {
  const host = hostOf(url)
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host]
  if (addresses.length === 0) throw refused('its host has no address')
  if (!addresses.every(isAllowed)) throw notPublic()
  return addresses.slice(0, maxAddresses)
}

/** The name, or the address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

async function resolveName(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address)
}

function refused(why: string) {
  return badRequest('import-uri-refused', `URI for web-download does not pass filtering: ${why}.`)
}

function notPublic() {
  return refused('its host has an address that is not public; stage the data and use glance-direct instead')
}
