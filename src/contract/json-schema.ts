/**
 * JSON Schema (2020-12) as data, with our microversion notes on it, and the one walker that knows where a schema
 * holds other schemas, so that a property called `description` is never mistaken for the keyword.
 */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly oneOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  /** Exists from this microversion on: on a property, or on a member of oneOf, anyOf or allOf. */
  readonly 'x-min-microversion'?: string
  /** Exists up to and with this microversion. */
  readonly 'x-max-microversion'?: string
  /** A property that may be left out before, and must be there from this microversion on. */
  readonly 'x-required-from-microversion'?: string
  readonly [keyword: string]: unknown
}

const schemaMaps = ['properties', 'patternProperties'] as const
const schemaLists = ['oneOf', 'anyOf', 'allOf'] as const
const singleSchemas = ['items', 'additionalProperties', 'not', 'propertyNames', 'contains'] as const

/** A copy of `schema` whose direct child schemas went through `change`. */
export function mapChildren(schema: JsonSchema, change: (child: JsonSchema) => JsonSchema): JsonSchema {
  const copy: Record<string, unknown> = { ...schema }
  for (const key of schemaMaps) {
    const map = schema[key]
    if (map === undefined) continue
    copy[key] = Object.fromEntries(Object.entries(map).map(([name, child]) => [name, change(child)]))
  }
  for (const key of schemaLists) {
    const list = schema[key]
    if (list !== undefined) copy[key] = list.map(change)
  }
  for (const key of singleSchemas) {
    const child = schema[key]
    if (typeof child === 'object' && child !== null) copy[key] = change(child as JsonSchema)
  }
  return copy
}

/** Calls `visit` for `schema` and every schema inside it; references are not followed. */
export function walkSchema(schema: JsonSchema, visit: (schema: JsonSchema) => void): void {
  visit(schema)
  mapChildren(schema, (child) => {
    walkSchema(child, visit)
    return child
  })
}

const referencePrefix = '#/components/schemas/'

/** The name that a `$ref` into the shared schemas carries. */
export function referencedName(reference: string): string {
  if (!reference.startsWith(referencePrefix))
    throw new Error(`a schema may refer to ${referencePrefix}… only, not to ${reference}`)
  return reference.slice(referencePrefix.length)
}
