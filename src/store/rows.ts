/** Small helpers with which repositories turn rows into records. */
import type { Json } from '../util/json.ts'

/** SQLite hands out numbers, PostgreSQL strings for bigint. */
export function toNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number(value)
}

export function toNumberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : toNumber(value)
}

/** SQLite hands out 0 and 1, PostgreSQL booleans. */
export function toBoolean(value: unknown): boolean {
  return value === true || value === 1
}

/** Text that this service wrote itself: trusted to have the shape the caller names. */
export function fromJson<T>(text: unknown): T {
  return JSON.parse(text as string) as T
}

const maxShared = 2_000
const shared = new Map<string, unknown>()

/**
 * As `fromJson`, for text that many rows have in common (a flavor, an empty object): parsed once, and the same frozen
 * value for all of them.
 */
export function fromSharedJson<T>(text: unknown): T {
  const known = shared.get(text as string)
  if (known !== undefined) return known as T
  const value = deepFreeze(JSON.parse(text as string) as unknown)
  if (shared.size >= maxShared) shared.delete(shared.keys().next().value ?? '')
  shared.set(text as string, value)
  return value as T
}

function deepFreeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}

export function fromJsonOrNull<T>(text: unknown): T | null {
  return text === null || text === undefined ? null : fromJson<T>(text)
}

export function toJson(value: Json | object): string {
  return JSON.stringify(value)
}

export function toJsonOrNull(value: Json | object | undefined): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}
