/** Glance's query keys in the service's words. Keys that the contract does not know are properties to be equal to. */
import { knownDiskFormat } from '../../images/image-formats.ts'
import type { ImageListRequest } from '../../images/image-requests.ts'
import { badRequest } from '../../model/errors.ts'
import type { ApiRequest } from '../handler.ts'
import { looseBoolean } from '../views/loose-boolean.ts'
import { readTime } from '../requests/words.ts'

type Query = ApiRequest<'listImages'>['query']
type TimeCondition = NonNullable<ImageListRequest['filter']['createdAt']>[number]
type Sort = ImageListRequest['sort']

export function imageListRequest(
  query: Query,
  rawQuery: URLSearchParams,
  known: ReadonlySet<string>,
): ImageListRequest {
  return {
    filter: {
      ids: oneOf(query.id),
      names: oneOf(query.name),
      statuses: oneOf(query.status),
      containerFormats: oneOf(query.container_format),
      diskFormats: oneOf(query.disk_format)?.flatMap((name) => knownDiskFormat(name) ?? []),
      visibility: query.visibility,
      memberStatus: query.member_status,
      ownerProjectId: query.owner,
      isProtected: looseBoolean(query.protected),
      isHidden: looseBoolean(query.os_hidden) ?? false,
      sizeBytes: query.size,
      minDiskGb: query.min_disk,
      minMemoryMb: query.min_ram,
      md5: query.checksum,
      sha512: query.os_hash_value,
      minSizeBytes: query.size_min,
      maxSizeBytes: query.size_max,
      tags: query.tag,
      createdAt: times('created_at', query.created_at),
      updatedAt: times('updated_at', query.updated_at),
      properties: properties(rawQuery, known),
    },
    sort: query.sort === undefined ? pairs(query.sort_key, query.sort_dir) : sortText(query.sort),
    ...(query.limit === undefined ? {} : { limit: query.limit }),
    ...(query.marker === undefined ? {} : { marker: query.marker }),
  }
}

/** `a`, or `in:a,"b,c"` for one of several. */
function oneOf(value: string | undefined): string[] | undefined {
  if (value === undefined) return undefined
  if (!value.startsWith('in:')) return [value]
  return [...value.slice(3).matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
}

function properties(rawQuery: URLSearchParams, known: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries([...rawQuery].filter(([key]) => !known.has(key)))
}

/** `gte:2026-01-31T12:00:00Z`; without an operator it must be equal. Times are shown, and so compared, in whole seconds. */
function times(field: string, conditions: readonly string[] | undefined): readonly TimeCondition[] | undefined {
  return conditions?.map((condition) => {
    const [, operator = 'eq', text = ''] = /^(?:(gte?|lte?|eq|neq):)?(.*)$/s.exec(condition) ?? []
    const secondMs = Math.floor(readTime(field, text) / 1000) * 1000
    return { operator: operator as TimeCondition['operator'], secondMs }
  })
}

/** Glance's older way: keys and directions in two lists; one direction is for all keys. */
function pairs(keys: Query['sort_key'] = [], directions: Query['sort_dir'] = []): Sort {
  if (directions.length > 1 && directions.length !== keys.length) {
    throw badRequest('invalid-sort', 'Give as many sort_dir as sort_key, or one for all of them.')
  }
  const named = keys.length > 0 ? keys : directions.length > 0 ? (['created_at'] as const) : []
  return named.map((key, index) => ({ key, descending: (directions[index] ?? directions[0] ?? 'desc') === 'desc' }))
}

const sortKeys = [
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
  'id',
  'created_at',
  'updated_at',
] as const

/** `name:asc,created_at` */
function sortText(text: string): Sort {
  return text.split(',').map((part) => {
    const [name, direction = 'desc', ...rest] = part.trim().split(':')
    const key = sortKeys.find((known) => known === name)
    if (key === undefined || rest.length > 0 || !['asc', 'desc'].includes(direction)) {
      throw badRequest('invalid-sort', `sort is a list of key:asc or key:desc; the keys are ${sortKeys.join(', ')}.`)
    }
    return { key, descending: direction === 'desc' }
  })
}
