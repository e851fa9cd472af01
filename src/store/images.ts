/** Rows of `images`. An image that is being deleted exists for nobody but the functions that finish it. */
import type { Knex } from 'knex'
import type { DiskFormat } from '../model/disk-formats.ts'
import type { ImageImportState, ImageMemberStatus, ImageRecord, ImageStatus, ImageVisibility } from '../model/image.ts'
import type { ImageId, ProjectId } from '../model/ids.ts'
import type { Db } from './database.ts'
import { afterMarker } from './keyset.ts'
import type { SortKey } from './keyset.ts'

interface ImageRow {
  readonly id: string
  readonly name: string | null
  readonly owner_project_id: string
  readonly status: string
  readonly visibility: string
  readonly container_format: string | null
  readonly disk_format: string | null
  readonly protected: number | boolean
  readonly hidden: number | boolean
  readonly min_disk_gb: number
  readonly min_memory_mb: number
  readonly size_bytes: number | string | null
  readonly virtual_size_bytes: number | string | null
  readonly md5: string | null
  readonly sha256: string | null
  readonly sha512: string | null
  readonly properties: string
  readonly tags: string
  readonly fault: string | null
  readonly created_at: number | string
  readonly updated_at: number | string
  readonly upload_seen_at: number | string | null
  readonly staged: string | null
  readonly import_task_id: string | null
  readonly import_state: string | null
}

/** Whose eyes: undefined sees everything. */
export interface ImageViewer {
  readonly projectId: ProjectId
}

export const imageSortKeys = [
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
  'id',
  'created_at',
  'updated_at',
] as const
export type ImageSortKey = (typeof imageSortKeys)[number]

export interface ImageFilter {
  readonly viewer?: ImageViewer | undefined
  readonly ids?: readonly string[] | undefined
  readonly names?: readonly string[] | undefined
  readonly statuses?: readonly string[] | undefined
  readonly diskFormats?: readonly DiskFormat[] | undefined
  readonly containerFormats?: readonly string[] | undefined
  /** `all`: what the viewer may see, others' community images included. */
  readonly visibility?: ImageVisibility | 'all' | undefined
  /** Of images that others share with the viewer: what the viewer said; accepted ones when left out. */
  readonly memberStatus?: ImageMemberStatus | 'all' | undefined
  readonly ownerProjectId?: string | undefined
  readonly isProtected?: boolean | undefined
  readonly isHidden?: boolean | undefined
  readonly sizeBytes?: number | undefined
  readonly minSizeBytes?: number | undefined
  readonly maxSizeBytes?: number | undefined
  readonly minDiskGb?: number | undefined
  readonly minMemoryMb?: number | undefined
  readonly md5?: string | undefined
  readonly sha512?: string | undefined
  /** All of them. */
  readonly tags?: readonly string[] | undefined
  readonly properties?: Readonly<Record<string, string>> | undefined
  /** All of them. */
  readonly createdAt?: readonly TimeCondition[] | undefined
  readonly updatedAt?: readonly TimeCondition[] | undefined
}

/** Compares whole seconds: `secondMs` is the beginning of one. */
export interface TimeCondition {
  readonly operator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq'
  readonly secondMs: number
}

export interface ImagePage {
  readonly sort: readonly { readonly key: ImageSortKey; readonly descending: boolean }[]
  readonly limit: number
  /** Of the images after this one. */
  readonly marker?: ImageRecord | undefined
}

const table = (db: Db) => db<ImageRow>('images')

export async function insertImage(db: Db, image: ImageRecord): Promise<void> {
  await table(db).insert({
    id: image.id,
    status: image.status,
    ...changeableColumns(image),
    created_at: image.createdAtMs,
    updated_at: image.updatedAtMs,
  })
}

function changeableColumns(image: ImageRecord) {
  return {
    name: image.name,
    owner_project_id: image.ownerProjectId,
    visibility: image.visibility,
    container_format: image.containerFormat,
    disk_format: image.diskFormat,
    protected: image.isProtected,
    hidden: image.isHidden,
    min_disk_gb: image.minDiskGb,
    min_memory_mb: image.minMemoryMb,
    properties: JSON.stringify(image.properties),
    tags: JSON.stringify(image.tags),
  }
}

export async function findImage(db: Db, id: string): Promise<ImageRecord | undefined> {
  const row = await table(db).where({ id }).whereNot('status', 'deleting').first()
  return row === undefined ? undefined : toImage(row)
}

export async function listImages(db: Db, filter: ImageFilter, page: ImagePage): Promise<ImageRecord[]> {
  const query = table(db).whereNot('status', 'deleting')
  restrict(query, filter)
  const keys = page.sort.map(({ key, descending }) => ({ ...sortColumns[key], descending }))
  for (const { expression, descending } of keys) query.orderByRaw(`${expression} ${descending ? 'desc' : 'asc'}`)
  const { marker } = page
  if (marker !== undefined) {
    afterMarker(
      query,
      keys,
      page.sort.map(({ key }) => sortColumns[key].valueOf(marker)),
    )
  }
  return (await query.limit(page.limit)).map(toImage)
}

/** Images on their way out, and those whose upload was last heard of before `silentSinceMs`. */
export async function listUnsettledImages(
  db: Db,
  silentSinceMs: number,
): Promise<{ id: ImageId; status: ImageStatus }[]> {
  const rows = await table(db)
    .where({ status: 'deleting' })
    .orWhere((receiving) =>
      receiving
        .whereIn('status', ['saving', 'uploading'])
        .whereNull('staged')
        .where((silent) => silent.whereNull('upload_seen_at').orWhere('upload_seen_at', '<', silentSinceMs)),
    )
    .select('id', 'status')
  return rows.map((row) => ({ id: row.id as ImageId, status: row.status as ImageStatus }))
}

const statusesWithBytes = ['active', 'deactivated', 'saving', 'uploading', 'importing'] as const

export async function isMarkedDeleting(db: Db, id: ImageId): Promise<boolean> {
  return (await table(db).where({ id, status: 'deleting' }).first('id')) !== undefined
}

/** Whether it has bytes, or somebody is receiving them. */
export async function hasImageBytes(db: Db, id: ImageId): Promise<boolean> {
  return (await table(db).where({ id }).whereIn('status', statusesWithBytes).first('id')) !== undefined
}

/** Inside a transaction: nobody else changes it before that ends. */
export async function findImageToChange(trx: Db, id: ImageId): Promise<ImageRecord | undefined> {
  const row = await table(trx).where({ id }).whereNot('status', 'deleting').forUpdate().first()
  return row === undefined ? undefined : toImage(row)
}

/** Everything that tenants may change; status, bytes and digests stay as they are. */
export async function updateImage(db: Db, image: ImageRecord, nowMs: number): Promise<void> {
  await table(db)
    .where({ id: image.id })
    .update({ ...changeableColumns(image), updated_at: nowMs })
}

/** active ↔ deactivated. @returns false when it is in neither state */
export async function setDeactivated(db: Db, id: ImageId, isDeactivated: boolean, nowMs: number): Promise<boolean> {
  const changed = await table(db)
    .where({ id })
    .whereIn('status', ['active', 'deactivated'])
    .update({ status: isDeactivated ? 'deactivated' : 'active', updated_at: nowMs })
  return changed === 1
}

/** any → deleting, unless it is protected. @returns false when there was nothing to mark. */
export async function markDeleting(db: Db, id: ImageId, nowMs: number): Promise<boolean> {
  const update = { status: 'deleting', updated_at: nowMs }
  return (await table(db).where({ id, protected: false }).whereNot('status', 'deleting').update(update)) > 0
}

export async function deleteMarkedImage(db: Db, id: ImageId): Promise<void> {
  await table(db).where({ id, status: 'deleting' }).delete()
}

type ImageQuery = Knex.QueryBuilder<ImageRow, ImageRow[]>

function restrict(query: ImageQuery, filter: ImageFilter): void {
  const { viewer, visibility, memberStatus = 'accepted' } = filter
  if (viewer !== undefined) {
    query.where((visible) => {
      visible.where('visibility', 'public').orWhere('owner_project_id', viewer.projectId)
      visible.orWhere((shared) => {
        shared.where('visibility', 'shared').whereIn('id', (members) => {
          members.select('image_id').from('image_members').where('project_id', viewer.projectId)
          if (memberStatus !== 'all') members.where('status', memberStatus)
        })
      })
      if (visibility === 'community' || visibility === 'all') visible.orWhere('visibility', 'community')
    })
  }
  if (visibility !== undefined && visibility !== 'all') query.where('visibility', visibility)
  if (filter.ids !== undefined) query.whereIn('id', [...filter.ids])
  if (filter.names !== undefined) query.whereIn('name', [...filter.names])
  if (filter.statuses !== undefined) query.whereIn('status', [...filter.statuses])
  if (filter.diskFormats !== undefined) query.whereIn('disk_format', [...filter.diskFormats])
  if (filter.containerFormats !== undefined) query.whereIn('container_format', [...filter.containerFormats])
  if (filter.ownerProjectId !== undefined) query.where('owner_project_id', filter.ownerProjectId)
  if (filter.isProtected !== undefined) query.where('protected', filter.isProtected)
  if (filter.isHidden !== undefined) query.where('hidden', filter.isHidden)
  if (filter.sizeBytes !== undefined) query.where('size_bytes', countable(filter.sizeBytes))
  if (filter.minDiskGb !== undefined) query.where('min_disk_gb', countable(filter.minDiskGb))
  if (filter.minMemoryMb !== undefined) query.where('min_memory_mb', countable(filter.minMemoryMb))
  if (filter.md5 !== undefined) query.where('md5', filter.md5)
  if (filter.sha512 !== undefined) query.where('sha512', filter.sha512)
  if (filter.minSizeBytes !== undefined) query.where('size_bytes', '>=', countable(filter.minSizeBytes))
  if (filter.maxSizeBytes !== undefined) query.where('size_bytes', '<=', countable(filter.maxSizeBytes))
  for (const condition of filter.createdAt ?? []) restrictTime(query, 'created_at', condition)
  for (const condition of filter.updatedAt ?? []) restrictTime(query, 'updated_at', condition)
  for (const tag of filter.tags ?? []) contains(query, 'tags', JSON.stringify(tag))
  for (const [name, value] of Object.entries(filter.properties ?? {})) {
    contains(query, 'properties', `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  }
}

/** No size comes near it, and no database counts further. */
function countable(bytes: number): number {
  return Math.min(bytes, Number.MAX_SAFE_INTEGER)
}

function restrictTime(query: ImageQuery, column: 'created_at' | 'updated_at', condition: TimeCondition): void {
  const begin = condition.secondMs
  const end = begin + 1000
  switch (condition.operator) {
    case 'gt':
      return void query.where(column, '>=', end)
    case 'gte':
      return void query.where(column, '>=', begin)
    case 'lt':
      return void query.where(column, '<', begin)
    case 'lte':
      return void query.where(column, '<', end)
    case 'eq':
      return void query.where(column, '>=', begin).where(column, '<', end)
    case 'neq':
      return void query.where((other) => other.where(column, '<', begin).orWhere(column, '>=', end))
  }
}

/**
 * A quoted piece of compact JSON cannot occur inside a JSON string, whose own quotes are escaped.
 * `replace` minds case on every database, which `like` does not.
 */
function contains(query: ImageQuery, column: 'tags' | 'properties', piece: string): void {
  query.whereRaw(`replace(${column}, ?, '') <> ${column}`, [piece])
}

/** Nulls are given a place, so that pages can go on from them. */
const sortColumns: Readonly<
  Record<ImageSortKey, SortKey & { readonly valueOf: (image: ImageRecord) => string | number }>
> = {
  name: { expression: "coalesce(name, '')", valueOf: (image) => image.name ?? '' },
  status: { expression: 'status', valueOf: (image) => image.status },
  container_format: {
    expression: "coalesce(container_format, '')",
    valueOf: (image) => image.containerFormat ?? '',
  },
  disk_format: { expression: "coalesce(disk_format, '')", valueOf: (image) => image.diskFormat ?? '' },
  size: { expression: 'coalesce(size_bytes, 0)', valueOf: (image) => image.sizeBytes ?? 0 },
  id: { expression: 'id', valueOf: (image) => image.id },
  created_at: { expression: 'created_at', valueOf: (image) => image.createdAtMs },
  updated_at: { expression: 'updated_at', valueOf: (image) => image.updatedAtMs },
}

function toImage(row: ImageRow): ImageRecord {
  return {
    id: row.id as ImageId,
    name: row.name,
    ownerProjectId: row.owner_project_id as ProjectId,
    status: row.status as ImageStatus,
    visibility: row.visibility as ImageVisibility,
    containerFormat: row.container_format as 'bare' | null,
    diskFormat: row.disk_format as DiskFormat | null,
    isProtected: Boolean(row.protected),
    isHidden: Boolean(row.hidden),
    minDiskGb: row.min_disk_gb,
    minMemoryMb: row.min_memory_mb,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    virtualSizeBytes: row.virtual_size_bytes === null ? null : Number(row.virtual_size_bytes),
    md5: row.md5,
    sha256: row.sha256,
    sha512: row.sha512,
    properties: JSON.parse(row.properties) as Record<string, string>,
    tags: JSON.parse(row.tags) as string[],
    fault: row.fault,
    import:
      row.import_task_id === null ? null : { taskId: row.import_task_id, state: row.import_state as ImageImportState },
    createdAtMs: Number(row.created_at),
    updatedAtMs: Number(row.updated_at),
  }
}
