/** Cuts a schema of the contract down to what it means at one microversion. */
import { mapChildren, referencedName, walkSchema, type JsonSchema } from './json-schema.ts'
import { readMicroversion, type Microversion } from './microversion.ts'

export type SchemaSet = Readonly<Record<string, JsonSchema>>

/** The schema at `version`, self-contained: the shared schemas that it reaches stand in its `$defs`. */
export function specialise(schema: JsonSchema, shared: SchemaSet, version: Microversion): JsonSchema {
  const definitions = Object.fromEntries(
    reachableNames(schema, shared).map((name) => [name, cut(sharedSchema(shared, name), version)]),
  )
  return { ...cut(schema, version), $defs: definitions }
}

/** The microversions at which the meaning of the schema changes, ascending. Between two of them one validator serves. */
export function changePoints(schema: JsonSchema, shared: SchemaSet): readonly Microversion[] {
  const points = new Set<Microversion>()
  for (const part of [schema, ...reachableNames(schema, shared).map((name) => sharedSchema(shared, name))]) {
    walkSchema(part, (found) => {
      const { min, max, requiredFrom } = notes(found)
      if (min !== undefined) points.add(min)
      if (max !== undefined) points.add(max + 1)
      if (requiredFrom !== undefined) points.add(requiredFrom)
    })
  }
  return [...points].sort((one, other) => one - other)
}

function reachableNames(schema: JsonSchema, shared: SchemaSet): readonly string[] {
  const names = new Set<string>()
  const collect = (part: JsonSchema): void =>
    walkSchema(part, ({ $ref }) => {
      if ($ref === undefined) return
      const name = referencedName($ref)
      if (names.has(name)) return
      names.add(name)
      collect(sharedSchema(shared, name))
    })
  collect(schema)
  return [...names]
}

function cut(schema: JsonSchema, version: Microversion): JsonSchema {
  const copy: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) if (!keyword.startsWith('x-')) copy[keyword] = value
  if (schema.$ref !== undefined) copy['$ref'] = `#/$defs/${referencedName(schema.$ref)}`
  for (const key of ['oneOf', 'anyOf', 'allOf'] as const) {
    const members = schema[key]
    if (members !== undefined) copy[key] = members.filter((member) => existsAt(member, version))
  }
  if (schema.properties !== undefined) Object.assign(copy, cutProperties(schema, schema.properties, version))
  return mapChildren(copy, (child) => cut(child, version))
}

function cutProperties(schema: JsonSchema, properties: SchemaSet, version: Microversion): JsonSchema {
  const kept = Object.entries(properties).filter(([, property]) => existsAt(property, version))
  const names = new Set(kept.map(([name]) => name))
  const always = (schema.required ?? []).filter((name) => names.has(name) || properties[name] === undefined)
  const byNow = kept
    .filter(([, property]) => version >= (notes(property).requiredFrom ?? Infinity))
    .map(([name]) => name)
  return { properties: Object.fromEntries(kept), required: [...always, ...byNow] }
}

/** Whether the schema's own notes let it exist at `version`. */
export function existsAt(schema: JsonSchema, version: Microversion): boolean {
  const { min = 0, max = Infinity } = notes(schema)
  return version >= min && version <= max
}

function notes(schema: JsonSchema) {
  const read = (text: string | undefined) => (text === undefined ? undefined : readMicroversion(text))
  return {
    min: read(schema['x-min-microversion']),
    max: read(schema['x-max-microversion']),
    requiredFrom: read(schema['x-required-from-microversion']),
  }
}

function sharedSchema(shared: SchemaSet, name: string): JsonSchema {
  const schema = shared[name]
  if (schema === undefined) throw new Error(`the contract has no schema called ${name}`)
  return schema
}
