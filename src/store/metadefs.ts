/** Rows of metadata definitions: namespaces, what they hold, and types of resources. */
import type { ProjectId } from '../model/ids.ts'
import type { MetadefItem, MetadefKind, MetadefNamespace } from '../model/metadef.ts'
import type { Db } from './database.ts'
import { afterMarker } from './keyset.ts'
import { fromJson, toBoolean, toNumber } from './rows.ts'

type Row = Record<string, unknown>

export interface NamespaceFilter {
  /** Whose eyes: undefined sees everything. */
  readonly projectId?: ProjectId | undefined
  readonly visibility?: MetadefNamespace['visibility'] | undefined
  /** For any of them. */
  readonly resourceTypes?: readonly string[] | undefined
}

export interface NamespacePage {
  readonly key: 'namespace' | 'created_at' | 'updated_at'
  readonly descending: boolean
  readonly limit: number
  readonly marker?: MetadefNamespace | undefined
}

/** @throws a unique violation when the name is taken */
export async function insertNamespace(db: Db, namespace: MetadefNamespace): Promise<void> {
  await db('metadef_namespaces').insert({ id: namespace.id, created_at: namespace.createdAtMs, ...columns(namespace) })
}

/** @throws a unique violation when the new name is taken */
/** @returns false when it is gone */
export async function updateNamespace(db: Db, namespace: MetadefNamespace): Promise<boolean> {
  return (await db('metadef_namespaces').where({ id: namespace.id }).update(columns(namespace))) === 1
}

/** Unless it is protected. @returns false when there was nothing to delete */
export async function deleteNamespace(db: Db, id: string): Promise<boolean> {
  return (await db('metadef_namespaces').where({ id, protected: false }).delete()) === 1
}

export async function findNamespace(db: Db, name: string): Promise<MetadefNamespace | undefined> {
  const row = (await db('metadef_namespaces').where({ name }).first()) as Row | undefined
  return row === undefined ? undefined : toNamespace(row)
}

const sortColumns = { namespace: 'name', created_at: 'created_at', updated_at: 'updated_at' } as const

export async function listNamespaces(
  db: Db,
  filter: NamespaceFilter,
  page: NamespacePage,
): Promise<readonly MetadefNamespace[]> {
  const { projectId, visibility, resourceTypes } = filter
  const column = sortColumns[page.key]
  const { descending, marker } = page
  const direction = descending ? 'desc' : 'asc'
  const query = db('metadef_namespaces').orderBy([
    { column, order: direction },
    { column: 'id', order: direction },
  ])
  if (projectId !== undefined) {
    query.where((seen) => seen.where({ visibility: 'public' }).orWhere({ owner_project_id: projectId }))
  }
  if (visibility !== undefined) query.where({ visibility })
  if (resourceTypes !== undefined) {
    query.whereIn('id', (items) =>
      items
        .select('namespace_id')
        .from('metadef_items')
        .where({ kind: 'resource-type' })
        .whereIn('name', [...resourceTypes]),
    )
  }
  if (marker !== undefined) {
    const value = { name: marker.name, created_at: marker.createdAtMs, updated_at: marker.updatedAtMs }[column]
    afterMarker(
      query,
      [column, 'id'].map((expression) => ({ expression, descending })),
      [value, marker.id],
    )
  }
  return ((await query.limit(page.limit)) as Row[]).map(toNamespace)
}

/** @throws a unique violation when the name is taken */
export async function insertItem(db: Db, namespaceId: string, kind: MetadefKind, item: MetadefItem): Promise<void> {
  await db('metadef_items').insert({
    namespace_id: namespaceId,
    kind,
    name: item.name,
    body: JSON.stringify(item.body),
    created_at: item.createdAtMs,
    updated_at: item.updatedAtMs,
  })
}

/** @returns false when there is none. @throws a unique violation when its new name is taken */
export async function updateItem(
  db: Db,
  namespaceId: string,
  kind: MetadefKind,
  name: string,
  changed: Pick<MetadefItem, 'name' | 'body' | 'updatedAtMs'>,
): Promise<boolean> {
  const update = { name: changed.name, body: JSON.stringify(changed.body), updated_at: changed.updatedAtMs }
  return (await db('metadef_items').where({ namespace_id: namespaceId, kind, name }).update(update)) === 1
}

export async function findItem(
  db: Db,
  namespaceId: string,
  kind: MetadefKind,
  name: string,
): Promise<MetadefItem | undefined> {
  const row = (await db('metadef_items').where({ namespace_id: namespaceId, kind, name }).first()) as Row | undefined
  return row === undefined ? undefined : toItem(row)
}

/** Of some namespaces, by name. */
export async function listItems(
  db: Db,
  namespaceIds: readonly string[],
  kind?: MetadefKind,
): Promise<readonly (MetadefItem & { readonly namespaceId: string; readonly kind: MetadefKind })[]> {
  const query = db('metadef_items')
    .whereIn('namespace_id', [...namespaceIds])
    .orderBy('name')
  if (kind !== undefined) query.where({ kind })
  return ((await query) as Row[]).map((row) => ({
    ...toItem(row),
    namespaceId: row['namespace_id'] as string,
    kind: row['kind'] as MetadefKind,
  }))
}

/** @returns how many there were */
export async function deleteItems(db: Db, namespaceId: string, kind: MetadefKind, name?: string): Promise<number> {
  const query = db('metadef_items').where({ namespace_id: namespaceId, kind })
  if (name !== undefined) query.where({ name })
  return query.delete()
}

export async function insertResourceType(db: Db, name: string, nowMs: number): Promise<void> {
  await db('metadef_resource_types').insert({ name, created_at: nowMs }).onConflict('name').ignore()
}

/** By name. */
export async function listResourceTypes(db: Db): Promise<readonly { name: string; createdAtMs: number }[]> {
  const rows = (await db('metadef_resource_types').orderBy('name')) as Row[]
  return rows.map((row) => ({ name: row['name'] as string, createdAtMs: toNumber(row['created_at']) }))
}

function columns(namespace: MetadefNamespace) {
  return {
    name: namespace.name,
    display_name: namespace.displayName,
    description: namespace.description,
    visibility: namespace.visibility,
    protected: namespace.isProtected,
    owner_project_id: namespace.ownerProjectId,
    updated_at: namespace.updatedAtMs,
  }
}

function toNamespace(row: Row): MetadefNamespace {
  return {
    id: row['id'] as string,
    name: row['name'] as string,
    displayName: row['display_name'] as string | null,
    description: row['description'] as string | null,
    visibility: row['visibility'] as MetadefNamespace['visibility'],
    isProtected: toBoolean(row['protected']),
    ownerProjectId: row['owner_project_id'] as ProjectId,
    createdAtMs: toNumber(row['created_at']),
    updatedAtMs: toNumber(row['updated_at']),
  }
}

function toItem(row: Row): MetadefItem {
  return {
    name: row['name'] as string,
    body: fromJson(row['body']),
    createdAtMs: toNumber(row['created_at']),
    updatedAtMs: toNumber(row['updated_at']),
  }
}
