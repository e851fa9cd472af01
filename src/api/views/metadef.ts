/** Metadata definitions as Glance shows them: paths relative to the face. */
import type { components } from '../../contract/types.gen.ts'
import type { MetadefContent } from '../../images/metadefs.ts'
import type { MetadefItem, MetadefNamespace } from '../../model/metadef.ts'
import { glanceTime } from './image.ts'

type Schemas = components['schemas']

export const metadefSchemas = '/v2/schemas/metadefs'

export function metadefNamespacePath(name: string): string {
  return `/v2/metadefs/namespaces/${encodeURIComponent(name)}`
}

export function metadefNamespaceView(namespace: MetadefNamespace): Schemas['MetadefNamespace'] {
  return {
    namespace: namespace.name,
    ...(namespace.displayName === null ? {} : { display_name: namespace.displayName }),
    ...(namespace.description === null ? {} : { description: namespace.description }),
    visibility: namespace.visibility,
    protected: namespace.isProtected,
    owner: namespace.ownerProjectId,
    ...times(namespace),
    self: metadefNamespacePath(namespace.name),
    schema: `${metadefSchemas}/namespace`,
  }
}

/** With what is in it. @param resourceType its properties are named as on that */
export function fullMetadefNamespaceView(
  namespace: MetadefNamespace,
  content: MetadefContent,
  resourceType?: string,
): Schemas['MetadefNamespace'] {
  const association = content['resource-type'].find(({ name }) => name === resourceType)
  const prefix = String(association?.body['prefix'] ?? '')
  const objects = content.object.map((object) => metadefObjectView(namespace.name, object, prefix))
  return {
    ...metadefNamespaceView(namespace),
    ...ifAny('resource_type_associations', content['resource-type'].map(metadefAssociationView)),
    ...(content.property.length === 0 ? {} : { properties: metadefPropertiesView(content.property, prefix) }),
    ...ifAny('objects', objects),
    ...ifAny('tags', content.tag.map(metadefTagNameView)),
  }
}

export function metadefObjectView(
  namespace: string,
  { name, body, ...item }: MetadefItem,
  prefix = '',
): Schemas['MetadefObject'] {
  const { properties = {}, required = [], ...more } = body as Omit<Schemas['NewMetadefObject'], 'name'>
  return {
    name,
    ...more,
    required: required.map((key) => `${prefix}${key}`),
    properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [`${prefix}${key}`, value])),
    ...times(item),
    self: `${metadefNamespacePath(namespace)}/objects/${encodeURIComponent(name)}`,
    schema: `${metadefSchemas}/object`,
  }
}

export function metadefPropertyView({ name, body }: MetadefItem): Schemas['MetadefProperty'] {
  return { name, ...(body as Schemas['MetadefPropertyWords']) }
}

/** By name. */
export function metadefPropertiesView(items: readonly MetadefItem[], prefix = ''): Schemas['MetadefProperties'] {
  return Object.fromEntries(
    items.map(({ name, body }) => [`${prefix}${name}`, body as Schemas['MetadefPropertyWords']]),
  )
}

export function metadefTagView({ name, ...item }: MetadefItem): Schemas['MetadefTag'] {
  return { name, ...times(item) }
}

export function metadefTagNameView({ name }: MetadefItem): Schemas['MetadefTagName'] {
  return { name }
}

export function metadefAssociationView({ name, body, ...item }: MetadefItem): Schemas['MetadefAssociation'] {
  return { name, ...body, ...times(item) }
}

function times({ createdAtMs, updatedAtMs }: { readonly createdAtMs: number; readonly updatedAtMs: number }) {
  return { created_at: glanceTime(createdAtMs), updated_at: glanceTime(updatedAtMs) }
}

/** Glance leaves out what is empty. */
function ifAny<Key extends string, T>(key: Key, items: readonly T[]): { readonly [K in Key]?: T[] } {
  return items.length === 0 ? {} : ({ [key]: [...items] } as { readonly [K in Key]?: T[] })
}
