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

export function fromJsonOrNull<T>(text: unknown): T | null {
  return text === null || text === undefined ? null : fromJson<T>(text)
}

export function toJson(value: Json | object): string {
  return JSON.stringify(value)
}

export function toJsonOrNull(value: Json | object | undefined): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}
