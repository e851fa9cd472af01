/** What the kit and a driver in a process of its own say to each other: JSON over Node's IPC channel. */
import { DriverError, type Effect, type Retry } from '../../../src/driver/index.ts'
import type { Json, JsonObject } from '../../../src/util/json.ts'

/** A call by its path: `list`, `setPower`, `pause.unpause`. Its Control, where it takes one, is the last argument. */
export type ToDriver =
  | {
      readonly kind: 'open'
      readonly module: string
      readonly exportName: string
      readonly config: JsonObject
      readonly stateDir: string
      readonly hostName: string
    }
  | {
      readonly kind: 'call'
      readonly id: number
      readonly path: string
      readonly args: readonly unknown[]
      readonly control?: PlainControl
    }
  /** A call whose answer is a stream of bytes: items, then the result. */
  | {
      readonly kind: 'read'
      readonly id: number
      readonly path: string
      readonly args: readonly unknown[]
      readonly control: PlainControl
    }
  /** A call whose answer is a stream both ways: the result when it is open, then items, null at its end. */
  | { readonly kind: 'duplex'; readonly id: number; readonly path: string; readonly args: readonly unknown[] }
  /** Bytes into such a stream; null ends it. */
  | { readonly kind: 'input'; readonly id: number; readonly base64: string | null }
  /** `fingerprint` and `events`. */
  | { readonly kind: 'follow'; readonly id: number; readonly path: string }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: PlainError }

export interface PlainControl {
  readonly operationId: string
  readonly resume?: Json
  readonly isAborted: boolean
}

export type FromDriver =
  | {
      readonly kind: 'opened'
      readonly capabilities: unknown
      readonly abilities: readonly string[]
      readonly snapshotFormats: readonly string[]
      readonly consoleKinds: readonly string[]
    }
  | { readonly kind: 'result'; readonly id: number; readonly value?: unknown; readonly error?: PlainError }
  | { readonly kind: 'item'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  /** Answered with `answer`. */
  | {
      readonly kind: 'ask'
      readonly id: number
      readonly call: number
      readonly what: 'checkpoint' | 'image'
      readonly value: unknown
    }

export interface PlainError {
  readonly name: string
  readonly message: string
  readonly [field: string]: unknown
}

const fields = ['code', 'retry', 'effect', 'native', 'publicMessage'] as const

export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  const own = error as unknown as Record<string, unknown>
  return {
    name: error.name,
    message: error.message,
    ...Object.fromEntries(fields.flatMap((field) => (own[field] === undefined ? [] : [[field, own[field]]]))),
  }
}

/** An error of the same shape: a DriverError is one again. */
export function fromPlainError({ name, message, ...rest }: PlainError): Error {
  if (name !== 'DriverError') return Object.assign(new Error(message), { name }, rest)
  const { code, publicMessage, ...options } = rest as unknown as DriverError
  return Object.assign(new DriverError(code, publicMessage, definedOf(options)), { message })
}

function definedOf({ retry, effect, native }: Pick<DriverError, 'retry' | 'effect' | 'native'>): {
  retry: Retry
  effect: Effect
  native?: string
} {
  return { retry, effect, ...(native === undefined ? {} : { native }) }
}
