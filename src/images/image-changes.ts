/**
 * Changes to an image, one after the other, on a copy: all of them hold or none. The words are those of JSON patch on
 * the image as the face shows it; what each key means, and who may set it when, is decided here.
 */
import { badRequest, conflict, forbidden } from '../model/errors.ts'
import { imageVisibilities, type ImageRecord, type ImageVisibility } from '../model/image.ts'
import type { ProjectId } from '../model/ids.ts'
import { containerFormatNamed, diskFormatNamed } from './image-formats.ts'
import { checkProperties, checkTags, type ImageCaller } from './image-requests.ts'

export type ImageChange =
  /** `ifThere`: what to do about a property that is there already. */
  | { readonly kind: 'add'; readonly key: string; readonly value: unknown; readonly ifThere: 'replace' | 'refuse' }
  | { readonly kind: 'replace'; readonly key: string; readonly value: unknown }
  | { readonly kind: 'remove'; readonly key: string }

export const readOnlyKeys: ReadonlySet<string> = new Set([
  'id',
  'status',
  'size',
  'virtual_size',
  'checksum',
  'os_hash_algo',
  'os_hash_value',
  'created_at',
  'updated_at',
  'self',
  'file',
  'schema',
  'direct_url',
  'locations',
  'stores',
])
export const reservedKeys: ReadonlySet<string> = new Set(['location', 'deleted', 'deleted_at'])

type Setter = (image: ImageRecord, value: unknown, caller: ImageCaller) => ImageRecord

/** The keys that every image has; none of them can be removed. */
const setters: Readonly<Record<string, Setter>> = {
  name: (image, value) => ({ ...image, name: value === null ? null : text('name', value, 255) }),
  owner: (image, value, caller) => {
    const ownerProjectId = text('owner', value, 64) as ProjectId
    if (ownerProjectId !== image.ownerProjectId && !caller.isAdmin) {
      throw forbidden('Only an admin may give an image to another project.')
    }
    return { ...image, ownerProjectId }
  },
  visibility: (image, value, caller) => {
    const visibility = text('visibility', value, 32)
    if (!imageVisibilities.some((known) => known === visibility)) {
      throw badRequest('invalid-input', `visibility must be one of ${imageVisibilities.join(', ')}.`)
    }
    if (visibility === 'public' && image.visibility !== 'public' && !caller.isAdmin) {
      throw forbidden('Only an admin may publish an image.')
    }
    return { ...image, visibility: visibility as ImageVisibility }
  },
  disk_format: (image, value) => ({
    ...image,
    diskFormat: diskFormatNamed(textOrNull('disk_format', whileQueued(image, value))),
  }),
  container_format: (image, value) => ({
    ...image,
    containerFormat: containerFormatNamed(textOrNull('container_format', whileQueued(image, value))),
  }),
  protected: (image, value) => ({ ...image, isProtected: truth('protected', value) }),
  os_hidden: (image, value) => ({ ...image, isHidden: truth('os_hidden', value) }),
  min_disk: (image, value) => ({ ...image, minDiskGb: amount('min_disk', value) }),
  min_ram: (image, value) => ({ ...image, minMemoryMb: amount('min_ram', value) }),
  tags: (image, value) => ({ ...image, tags: tagList(value) }),
}

/** @throws PolyvisorError bad-request, forbidden (read-only, reserved, not the caller's to set), conflict (absent, or there already) */
export function applyImageChanges(
  image: ImageRecord,
  changes: readonly ImageChange[],
  caller: ImageCaller,
): ImageRecord {
  const changed = changes.reduce((before, change) => applyOne(before, change, caller), image)
  checkProperties(changed.properties)
  return changed
}

/** @throws PolyvisorError bad-request, forbidden (a name that is taken) */
export function withProperties(image: ImageRecord, properties: ImageRecord['properties']): ImageRecord {
  assertOwnProperties(properties)
  return { ...image, properties }
}

/** @throws PolyvisorError bad-request, forbidden (a name that is taken) */
export function assertOwnProperties(properties: ImageRecord['properties']): void {
  for (const key of Object.keys(properties)) {
    if (readOnlyKeys.has(key) || reservedKeys.has(key) || Object.hasOwn(setters, key))
      throw forbidden(`'${key}' is an attribute of every image; no property can have its name.`)
  }
  checkProperties(properties)
}

function applyOne(image: ImageRecord, change: ImageChange, caller: ImageCaller): ImageRecord {
  const { key } = change
  if (readOnlyKeys.has(key)) throw forbidden(`Attribute '${key}' is read-only.`)
  if (reservedKeys.has(key)) throw forbidden(`Attribute '${key}' is reserved.`)
  const setter = Object.hasOwn(setters, key) ? setters[key] : undefined
  if (setter !== undefined) return applyToFixed(image, change, setter, caller)
  const isThere = Object.hasOwn(image.properties, key)
  if (change.kind !== 'add' && !isThere) throw conflict('no-such-property', `Property ${key} does not exist.`)
  if (change.kind === 'remove') {
    return {
      ...image,
      properties: Object.fromEntries(Object.entries(image.properties).filter(([name]) => name !== key)),
    }
  }
  if (change.kind === 'add' && isThere && change.ifThere === 'refuse') throw alreadyThere(key)
  const value = text(key, change.value, 65_535)
  return { ...image, properties: Object.fromEntries([...Object.entries(image.properties), [key, value]]) }
}

function applyToFixed(image: ImageRecord, change: ImageChange, set: Setter, caller: ImageCaller): ImageRecord {
  if (change.kind === 'remove') throw forbidden(`Property ${change.key} may not be removed.`)
  if (change.kind === 'add' && change.ifThere === 'refuse') throw alreadyThere(change.key)
  return set(image, change.value, caller)
}

/** What the bytes were inspected as stays what they are. */
function whileQueued<T>(image: ImageRecord, value: T): T {
  if (image.status === 'queued') return value
  throw forbidden('The formats of an image can be changed only while it is queued, without data.')
}

function textOrNull(key: string, value: unknown): string | null {
  return value === null ? null : text(key, value, 32)
}

function text(key: string, value: unknown, maxLength: number): string {
  if (typeof value === 'string' && value.length <= maxLength) return value
  throw badRequest('invalid-input', `Invalid input for ${key}: it must be text of ${maxLength} characters at most.`)
}

function truth(key: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw badRequest('invalid-input', `Invalid input for ${key}: it must be true or false.`)
}

function amount(key: string, value: unknown): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 2_147_483_647) return value as number
  throw badRequest('invalid-input', `Invalid input for ${key}: it must be a whole number from 0 to 2147483647.`)
}

function tagList(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw badRequest('invalid-input', 'Invalid input for tags: it must be a list of text.')
  const tags = [...new Set(value.map((tag) => text('a tag', tag, 255)))]
  checkTags(tags)
  return tags
}

function alreadyThere(key: string) {
  return conflict('property-exists', `Property ${key} already present.`)
}
