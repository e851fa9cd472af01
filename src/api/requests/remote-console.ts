/** A console of a server, for whoever may act on it: OpenStack's words for it, and the address that the caller gets. */
import type { ConsoleKind } from '../../model/console.ts'
import type { AuthContext } from '../../model/token.ts'
import { unavailable } from '../../operations/remote-consoles.ts'
import type { Services } from '../services.ts'
import { consoleUrl } from '../views/console.ts'
import { visibleServer } from './visible-server.ts'

export interface WantedConsole {
  readonly protocol: string
  readonly type: string
}

const kinds: readonly (WantedConsole & { readonly kind: ConsoleKind })[] = [
  { protocol: 'vnc', type: 'novnc', kind: 'vnc' },
  { protocol: 'serial', type: 'serial', kind: 'serial' },
]

/** @throws PolyvisorError not-found, bad-request where there is no such console, conflict while the server is on no host */
export async function newConsole(
  request: { readonly params: { readonly server_id: string }; readonly auth: AuthContext },
  services: Services,
  { protocol, type }: WantedConsole,
): Promise<WantedConsole & { readonly url: string }> {
  const { instance } = await visibleServer(services, request.params.server_id, request.auth)
  const known = kinds.find((each) => each.protocol === protocol && each.type === type)
  if (known === undefined) throw unavailable(type)
  const token = await services.remoteConsoles.create(instance, known.kind, type)
  return { protocol, type, url: consoleUrl(services.publicUrl, known.kind, token) }
}
