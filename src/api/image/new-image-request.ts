/** The flat JSON of a new image, taken apart: fixed keys, and the rest, which are the image's own properties. */
import { readOnlyKeys, reservedKeys } from '../../images/image-changes.ts'
import { containerFormatNamed, diskFormatNamed } from '../../images/image-formats.ts'
import { forbidden } from '../../model/errors.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { NewImage } from '../../images/image-requests.ts'
import type { ApiRequest } from '../handler.ts'

type Body = ApiRequest<'createImage'>['body']

const writable = [
  'id',
  'name',
  'owner',
  'visibility',
  'disk_format',
  'container_format',
  'protected',
  'os_hidden',
  'min_disk',
  'min_ram',
  'tags',
]

/** @throws PolyvisorError bad-request (formats) | forbidden (read-only keys, as Glance has it) */
export function newImageRequest(body: Body): NewImage {
  const own = Object.entries(body).filter(([key]) => !writable.includes(key))
  for (const [key] of own) {
    if (readOnlyKeys.has(key)) throw forbidden(`Attribute '${key}' is read-only.`)
    if (reservedKeys.has(key)) throw forbidden(`Attribute '${key}' is reserved.`)
  }
  return {
    ...(body.id === undefined ? {} : { id: body.id.toLowerCase() }),
    name: body.name ?? null,
    ...(typeof body.owner === 'string' ? { ownerProjectId: body.owner as ProjectId } : {}),
    ...(body.visibility === undefined ? {} : { visibility: body.visibility }),
    diskFormat: diskFormatNamed(body.disk_format ?? null),
    containerFormat: containerFormatNamed(body.container_format ?? null),
    isProtected: body.protected ?? false,
    isHidden: body.os_hidden ?? false,
    minDiskGb: body.min_disk ?? 0,
    minMemoryMb: body.min_ram ?? 0,
    tags: body.tags ?? [],
    properties: Object.fromEntries(own) as Record<string, string>,
  }
}
