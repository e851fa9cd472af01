/**
 * Values on their way to the wire. Long lists are encoded item by item: one string of 160 KB costs V8 several times what
 * a hundred small ones do, because it lives among the large objects. An item that was encoded before is only copied.
 */

/** A value that is JSON already; `T` is what it holds. */
export class JsonBytes<T> {
  readonly bytes: Uint8Array

  constructor(value: T) {
    this.bytes = Buffer.from(JSON.stringify(value))
  }

  /** For whoever wants to look into it, such as the check of answers against the contract. */
  toJSON(): T {
    return JSON.parse(Buffer.from(this.bytes).toString()) as T
  }
}

/** A document of which a member, or the items of a list, may be encoded already. */
export type Encodable<T> =
  | T
  | {
      readonly [Key in keyof T]:
        | T[Key]
        | JsonBytes<T[Key]>
        | (T[Key] extends readonly (infer Item)[] ? readonly (Item | JsonBytes<Item>)[] : never)
    }

/** @returns what JSON.stringify would write, as UTF-8 */
export function encodeJson(value: unknown): Uint8Array {
  if (!isDocument(value) || !Object.values(value).some(isWorthSplitting)) return Buffer.from(JSON.stringify(value))
  const parts: Uint8Array[] = []
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue
    parts.push(Buffer.from(`${parts.length === 0 ? '{' : ','}${JSON.stringify(key)}:`))
    if (Array.isArray(member)) pushItems(parts, member)
    else parts.push(encodePart(member))
  }
  parts.push(closingBrace)
  return Buffer.concat(parts)
}

const comma = Buffer.from(',')
const openingBracket = Buffer.from('[')
const closingBracket = Buffer.from(']')
const closingBrace = Buffer.from('}')
const fewItems = 8

function pushItems(parts: Uint8Array[], items: readonly unknown[]): void {
  parts.push(openingBracket)
  for (const [index, item] of items.entries()) {
    if (index > 0) parts.push(comma)
    parts.push(encodePart(item))
  }
  parts.push(closingBracket)
}

function encodePart(value: unknown): Uint8Array {
  return value instanceof JsonBytes ? value.bytes : Buffer.from(JSON.stringify(value ?? null))
}

function isDocument(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function isWorthSplitting(member: unknown): boolean {
  return member instanceof JsonBytes || (Array.isArray(member) && (member.length > fewItems || hasBytes(member)))
}

function hasBytes(items: readonly unknown[]): boolean {
  return items.some((item) => item instanceof JsonBytes)
}
