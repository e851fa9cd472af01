/** The shape of a handler, typed from the contract: what it gets, what it may answer. Failures are thrown as PolyvisorError. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { ContractOperation, OperationId } from '../contract/contract.ts'
import type { Microversion } from '../contract/microversion.ts'
import type { operations } from '../contract/types.gen.ts'
import type { AgentId } from '../model/ids.ts'
import type { AuthContext } from '../model/token.ts'
import type { Logger } from '../util/logger.ts'
import type { AgentOperationId, PublicOperationId } from './handlers.gen.ts'
import type { Encodable } from './json-bytes.ts'
import type { Services } from './services.ts'

/** Who asks where only agents may. */
export interface AgentAuth {
  readonly agentId: AgentId
}

type Part<Id extends OperationId, Name extends 'path' | 'query'> = operations[Id]['parameters'] extends {
  [K in Name]?: infer Found
}
  ? NonNullable<Found> extends never
    ? Readonly<Record<string, never>>
    : NonNullable<Found>
  : never

type JsonContent<Holder> = Holder extends { readonly content: infer Content }
  ? {
      [Media in keyof Content]: Media extends `application/${string}json${string}` ? Content[Media] : never
    }[keyof Content]
  : never

type RequestBody<Id extends OperationId> = operations[Id] extends { readonly requestBody: infer Body }
  ? JsonContent<Body>
  : operations[Id] extends { readonly requestBody?: infer Body }
    ? JsonContent<NonNullable<Body>> | undefined
    : undefined

export interface ApiRequest<Id extends OperationId = OperationId> {
  /** The operation chosen; a variant's own id where one handler serves several. */
  readonly operation: ContractOperation
  /** `req-` and a uuid: in every answer, log line and operation that comes of this request. */
  readonly requestId: string
  readonly params: Part<Id, 'path'>
  /** Declared keys only; numbers are numbers, keys declared as arrays are arrays, of other repeated keys the last counts. */
  readonly query: Part<Id, 'query'>
  /** Every key and value as sent, for faces that filter by keys unknown to the contract. */
  readonly rawQuery: URLSearchParams
  /** The validated JSON body. */
  readonly body: RequestBody<Id>
  /** The body as a stream where the contract declares one without a JSON schema; unread. */
  readonly stream: Readable
  /** The media type of the body without parameters, in lower case; empty when none was named. */
  readonly mediaType: string
  readonly headers: IncomingHttpHeaders
  /** The client's own address where the proxies before it are trusted, else the nearest one's. */
  readonly clientAddress: string
  /** The minor number of the compute microversion: 37 for 2.37; 0 on other faces. */
  readonly microversion: Microversion
  /** Path under which compute was called, `/compute/v2.1` or `/compute/v2`: links lead back to it. Empty on other faces. */
  readonly root: string
  /** Absent only where no token is needed. */
  readonly auth: Id extends PublicOperationId ? undefined : Id extends AgentOperationId ? AgentAuth : AuthContext
  readonly logger: Logger
  /** Aborts when the client goes away before its answer. */
  readonly signal: AbortSignal
}

type ResponseBody<Response> = [JsonContent<Response>] extends [never]
  ? Response extends { readonly content: object }
    ? { readonly body: Readable | Uint8Array | string }
    : { readonly body?: undefined }
  : { readonly body: Encodable<JsonContent<Response>> }

type ResponsesOf<Id extends OperationId> = operations[Id]['responses']

export type ApiResponse<Id extends OperationId = OperationId> = {
  [Status in Extract<keyof ResponsesOf<Id>, number>]: {
    readonly status: Status
    readonly headers?: Readonly<Record<string, string>>
  } & ResponseBody<ResponsesOf<Id>[Status]>
}[Extract<keyof ResponsesOf<Id>, number>]

export type Handler<Id extends OperationId> = (
  request: ApiRequest<Id>,
  services: Services,
) => ApiResponse<Id> | Promise<ApiResponse<Id>>

export type HandlerLoaders = { readonly [Id in OperationId]?: () => Promise<Handler<Id>> }

/** What the edge sees of a handler, once the contract has vouched for the request. */
export type AnyHandler = (request: unknown, services: Services) => AnyResponse | Promise<AnyResponse>
export interface AnyResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}
