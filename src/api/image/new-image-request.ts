/** The flat JSON of a new image, taken apart: fixed keys, and the rest, which are the image's own properties. */
import { diskFormats } from '../../model/disk-formats.ts'
import type { DiskFormat } from '../../model/disk-formats.ts'
import { badRequest, forbidden } from '../../model/errors.ts'
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
const readOnly = [
  'status',
  'size',
  'virtual_size',
  'checksum',
  'os_hash_algo',
  'os_hash_value',
  'created_at',
  'updated_at',
  'deleted_at',
  'self',
  'file',
  'schema',
  'direct_url',
  'locations',
  'stores',
]

/** @throws PolyvisorError bad-request (formats) | forbidden (read-only keys, as Glance has it) */
export function newImageRequest(body: Body): NewImage {
  const own = Object.entries(body).filter(([key]) => !writable.includes(key))
  for (const [key] of own) {
    if (readOnly.includes(key)) throw forbidden(`Attribute '${key}' is read-only.`)
  }
  return {
    ...(body.id === undefined ? {} : { id: body.id.toLowerCase() }),
    name: body.name ?? null,
    ...(typeof body.owner === 'string' ? { ownerProjectId: body.owner as ProjectId } : {}),
    ...(body.visibility === undefined ? {} : { visibility: body.visibility }),
    diskFormat: diskFormat(body.disk_format ?? null),
    containerFormat: containerFormat(body.container_format ?? null),
    isProtected: body.protected ?? false,
    isHidden: body.os_hidden ?? false,
    minDiskGb: body.min_disk ?? 0,
    minMemoryMb: body.min_ram ?? 0,
    tags: body.tags ?? [],
    properties: Object.fromEntries(own) as Record<string, string>,
  }
}

/** qemu's name for VHD is taken too. */
export function knownDiskFormat(name: string): DiskFormat | undefined {
  return name === 'vpc' ? 'vhd' : diskFormats.find((format) => format === name)
}

function diskFormat(name: string | null): DiskFormat | null {
  if (name === null) return null
  const format = knownDiskFormat(name)
  if (format !== undefined) return format
  const instead = ['ami', 'ari', 'aki'].includes(name) ? ' Make a disk of the parts, and upload that.' : ''
  throw badRequest('disk-format-unknown', `disk_format must be one of ${diskFormats.join(', ')}.${instead}`)
}

function containerFormat(name: string | null): 'bare' | null {
  if (name === null || name === 'bare') return name
  throw badRequest(
    'container-format-unknown',
    'container_format must be bare. Take the disk out of its container (an OVA is a tar archive), and upload that.',
  )
}
