/**
 * The Idempotency-Key header of calls that change something: a repeat is answered like the first. Without the header it
 * costs one look. Logins have no user yet and are done each time.
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { ContractOperation, OperationId } from '../contract/contract.ts'
import { badRequest } from '../model/errors.ts'
import type { AuthContext } from '../model/token.ts'
import type { KeptAnswer } from '../operations/idempotency.ts'
import type { AnyResponse } from './handler.ts'
import type { Services } from './services.ts'

export interface KeyedCall {
  readonly operation: ContractOperation
  readonly auth: AuthContext | undefined
  readonly headers: IncomingHttpHeaders
  /** With its query. */
  readonly target: string
  readonly microversion: number
  readonly mediaType: string
  /** The JSON body; undefined when there is none, or a stream, of which the announced length alone is looked at. */
  readonly body: unknown
}

/** Members of answers that are told once and kept nowhere, by handler: a repeat gets the rest. */
export const secretMembers: Readonly<Partial<Record<OperationId, readonly [string, string?]>>> = {
  createServer: ['server', 'adminPass'],
  rebuildServer: ['server', 'adminPass'],
  evacuateServer: ['adminPass'],
  rescueServer: ['adminPass'],
  createKeypair: ['keypair', 'private_key'],
  createCredential: ['credential', 'blob'],
  updateCredential: ['credential', 'blob'],
  createEc2Credential: ['credential', 'secret'],
  createApplicationCredential: ['application_credential', 'secret'],
  createConsumer: ['consumer', 'secret'],
  updateConsumer: ['consumer', 'secret'],
  authorizeRequestToken: ['token', 'oauth_verifier'],
}

/** Made anew for each call: their answers are secrets, and change nothing that stays. */
const neverKept: ReadonlySet<OperationId> = new Set([
  'createRemoteConsole',
  'createRemoteConsole28',
  'getVncConsole',
  'getSerialConsole',
])

const mutating: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

export function isKeyed({ headers, operation }: Pick<KeyedCall, 'headers' | 'operation'>): boolean {
  if (headers['idempotency-key'] === undefined || neverKept.has(operation.handler)) return false
  return mutating.has(operation.method)
}

/** Of a keyed call. @throws PolyvisorError bad-request for a malformed key; see IdempotencyService */
export async function answerOnce(
  call: KeyedCall,
  services: Services,
  answer: () => AnyResponse | Promise<AnyResponse>,
): Promise<AnyResponse> {
  const { operation, auth, headers } = call
  const key = headers['idempotency-key']
  if (key === undefined || auth === undefined) return answer()
  const { userId, projectId, scopedDomain, isSystem } = auth
  const facts = [
    operation.method,
    call.target,
    call.microversion,
    call.mediaType,
    projectId ?? scopedDomain?.id ?? isSystem ?? null,
    call.body ?? { streamed: headers['content-length'] ?? null },
  ]
  const result = await services.idempotency.once(
    { userId, key: validKey(key), facts },
    async () => answer(),
    (fresh) => toKept(operation.handler, fresh),
  )
  return 'fresh' in result ? result.fresh : fromKept(result.kept)
}

function validKey(key: string | readonly string[]): string {
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw badRequest(
    'invalid-idempotency-key',
    'Idempotency-Key must be 1 to 255 printable characters of ASCII, without blanks; a new uuid is a good one.',
  )
}

function toKept(handler: OperationId, { status, headers = {}, body }: AnyResponse): KeptAnswer {
  const secret = secretMembers[handler]
  // Answers to calls that change something are JSON or nothing.
  const text = body === undefined ? null : JSON.stringify(secret === undefined ? body : without(body, secret))
  return { status, headers, body: text }
}

function without(body: unknown, [outer, inner]: readonly [string, string?]): unknown {
  const copy = structuredClone(body) as Record<string, Record<string, unknown> | undefined>
  if (inner === undefined) delete copy[outer]
  else delete copy[outer]?.[inner]
  return copy
}

function fromKept({ status, headers, body }: KeptAnswer): AnyResponse {
  return {
    status,
    headers: { ...headers, 'Idempotency-Replayed': 'true' },
    ...(body === null ? {} : { body: JSON.parse(body) as unknown }),
  }
}
