/**
 * The error catalogue: every refusal that a caller can meet has one stable code here.
 * The HTTP edge turns `kind` into a status and into each service's own envelope; nothing else decides on statuses.
 */
export const errorKinds = {
  'bad-request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  timeout: 408,
  conflict: 409,
  gone: 410,
  'length-required': 411,
  'too-large': 413,
  'unsupported-media-type': 415,
  'range-not-satisfiable': 416,
  unprocessable: 422,
  'rate-limited': 429,
  'header-too-large': 431,
  internal: 500,
  'not-implemented': 501,
  unavailable: 503,
  'storage-full': 507,
} as const
export type ErrorKind = keyof typeof errorKinds

/**
 * An error that may reach a caller. `message` is external: it says what the reader can do next and holds no secret.
 * `internal` and `cause` are for the log alone.
 */
export class PolyvisorError extends Error {
  override readonly name = 'PolyvisorError'
  readonly kind: ErrorKind
  /** Stable, kebab-case, for programs: `flavor-not-found`. */
  readonly code: string
  readonly internal: string | undefined
  /** Machine-readable particulars, safe for the caller. */
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: { internal?: string; cause?: unknown; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.kind = kind
    this.code = code
    this.internal = options.internal
    this.details = options.details
  }

  get status(): number {
    return errorKinds[this.kind]
  }
}

export function notFound(what: string, id: string): PolyvisorError {
  return new PolyvisorError('not-found', `${what}-not-found`, `${capitalise(what)} ${id} could not be found.`)
}

export function badRequest(code: string, message: string): PolyvisorError {
  return new PolyvisorError('bad-request', code, message)
}

export function conflict(code: string, message: string): PolyvisorError {
  return new PolyvisorError('conflict', code, message)
}

export function forbidden(message: string): PolyvisorError {
  return new PolyvisorError('forbidden', 'forbidden', message)
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
