/** Metadata definitions as JSON schemas, in Glance's manner, by the last part of their path. */
type Schema = Readonly<Record<string, unknown>>

type Document = {
  readonly name: string
  readonly properties: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly links: Readonly<Record<string, string>>[]
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string', null]
const text: Schema = { type: 'string' }
const name: Schema = { type: 'string', maxLength: 80 }
const count: Schema = { type: 'integer', minimum: 0 }
const times = {
  created_at: { type: 'string', format: 'date-time', readOnly: true },
  updated_at: { type: 'string', format: 'date-time', readOnly: true },
}
const places = { self: { type: 'string', readOnly: true }, schema: { type: 'string', readOnly: true } }
const describedBy = { rel: 'describedby', href: '{schema}' }

const propertyWords = {
  title: text,
  description: text,
  operators: { type: 'array', items: text },
  type: { type: 'string', enum: types },
  readonly: { type: 'boolean' },
  default: {},
  enum: { type: 'array' },
  pattern: text,
  minimum: { type: 'number' },
  maximum: { type: 'number' },
  minLength: count,
  maxLength: count,
  minItems: count,
  maxItems: count,
  uniqueItems: { type: 'boolean' },
  additionalItems: { type: 'boolean' },
  items: { type: 'object', properties: { type: { enum: types }, enum: { type: 'array' } } },
}
const properties: Schema = {
  type: 'object',
  additionalProperties: { type: 'object', properties: propertyWords, required: ['title', 'type'] },
}

const property: Document = {
  name: 'property',
  properties: { name, ...propertyWords },
  required: ['name', 'title', 'type'],
  links: [],
}
const object: Document = {
  name: 'object',
  properties: { name, description: text, required: { type: 'array', items: name }, properties, ...times, ...places },
  required: ['name'],
  links: [{ rel: 'self', href: '{self}' }, describedBy],
}
const tag: Document = { name: 'tag', properties: { name, ...times }, required: ['name'], links: [] }
const association: Document = {
  name: 'resource_type_association',
  properties: { name, prefix: name, properties_target: name, ...times },
  required: ['name'],
  links: [],
}
const namespace: Document = {
  name: 'namespace',
  properties: {
    namespace: name,
    display_name: name,
    description: text,
    visibility: { type: 'string', enum: ['public', 'private'] },
    protected: { type: 'boolean' },
    owner: { type: 'string', maxLength: 255 },
    resource_type_associations: { type: 'array', items: bare(association) },
    properties,
    objects: { type: 'array', items: bare(object) },
    tags: { type: 'array', items: bare(tag) },
    ...times,
    ...places,
  },
  required: ['namespace'],
  links: [{ rel: 'self', href: '{self}' }, describedBy],
}

function bare({ properties: own, required = [] }: Document): Schema {
  return { type: 'object', properties: own, required }
}

function listOf(plural: string, item: Document): Document {
  return {
    name: plural,
    properties: { [plural]: { type: 'array', items: bare(item) }, first: text, next: text, schema: text },
    links: [{ rel: 'first', href: '{first}' }, { rel: 'next', href: '{next}' }, describedBy],
  }
}

export const metadefJsonSchemas: ReadonlyMap<string, Document> = new Map([
  ['namespace', namespace],
  ['namespaces', listOf('namespaces', namespace)],
  ['resource_type', association],
  ['resource_types', listOf('resource_type_associations', association)],
  ['object', object],
  ['objects', listOf('objects', object)],
  ['property', property],
  ['properties', { name: 'properties', properties: { properties }, links: [] }],
  ['tag', tag],
  ['tags', listOf('tags', tag)],
])
