/** The only error that may leave a driver. Closed codes; callers never match native text (rule 6). */
export const driverErrorCodes = [
  'INVALID_SPEC',
  'UNSUPPORTED',
  'NOT_FOUND',
  'CONFLICT',
  'WRONG_STATE',
  'BUSY',
  'NO_CAPACITY',
  'STORAGE_FULL',
  'IMAGE_BAD',
  'DENIED',
  'UNREACHABLE',
  'TIMEOUT',
  'CANCELLED',
  'INCOMPATIBLE',
  'HYPERVISOR',
  'BUG',
] as const
export type DriverErrorCode = (typeof driverErrorCodes)[number]

/** Who may try again, and where. */
export type Retry = 'never' | 'now' | 'later' | 'elsewhere'
/** What the failed call left behind. */
export type Effect = 'none' | 'partial' | 'unknown'

const defaultRetry: Readonly<Record<DriverErrorCode, Retry>> = {
  INVALID_SPEC: 'never',
  UNSUPPORTED: 'elsewhere',
  NOT_FOUND: 'never',
  CONFLICT: 'never',
  WRONG_STATE: 'never',
  BUSY: 'later',
  NO_CAPACITY: 'elsewhere',
  STORAGE_FULL: 'elsewhere',
  IMAGE_BAD: 'never',
  DENIED: 'elsewhere',
  UNREACHABLE: 'elsewhere',
  TIMEOUT: 'elsewhere',
  CANCELLED: 'never',
  INCOMPATIBLE: 'elsewhere',
  HYPERVISOR: 'elsewhere',
  BUG: 'elsewhere',
}

export class DriverError extends Error {
  override readonly name = 'DriverError'
  readonly code: DriverErrorCode
  readonly retry: Retry
  readonly effect: Effect
  /** The hypervisor's own words, for the log and for admins. */
  readonly native: string | undefined
  /** For tenants: no path, no address, no secret. */
  readonly publicMessage: string

  constructor(
    code: DriverErrorCode,
    publicMessage: string,
    options: { retry?: Retry; effect?: Effect; native?: string; cause?: unknown } = {},
  ) {
    super(
      options.native === undefined ? publicMessage : `${publicMessage} (${options.native})`,
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.code = code
    this.retry = options.retry ?? defaultRetry[code]
    this.effect = options.effect ?? 'unknown'
    this.native = options.native
    this.publicMessage = publicMessage
  }
}
