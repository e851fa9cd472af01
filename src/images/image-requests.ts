/** What callers of the image service ask for, and the rules for it that need no database. */
import { badRequest, forbidden } from '../model/errors.ts'
import type { DiskFormat } from '../model/disk-formats.ts'
import type { ImageRecord, ImageVisibility } from '../model/image.ts'
import type { ProjectId } from '../model/ids.ts'
import type { ImageFilter, ImagePage } from '../store/images.ts'

/** On whose behalf. */
export interface ImageCaller {
  readonly projectId: ProjectId
  readonly isAdmin: boolean
}

export interface NewImage {
  /** A lower-case uuid of the caller's choice. */
  readonly id?: string
  readonly name?: string | null
  /** Admins may create for others. */
  readonly ownerProjectId?: ProjectId
  readonly visibility?: ImageVisibility
  readonly containerFormat?: 'bare' | null
  readonly diskFormat?: DiskFormat | null
  readonly isProtected?: boolean
  readonly isHidden?: boolean
  readonly minDiskGb?: number
  readonly minMemoryMb?: number
  readonly properties?: Readonly<Record<string, string>>
  readonly tags?: readonly string[]
}

export interface ImageListRequest {
  readonly filter: Omit<ImageFilter, 'viewer'>
  readonly sort: ImagePage['sort']
  /** 25 when left out, at most 1000. */
  readonly limit?: number
  /** The id of the last image of the page before. */
  readonly marker?: string
}

export const defaultPageSize = 25
export const maxPageSize = 1_000
const maxProperties = 128
const maxTags = 128
/** Taken by the service's own keys: `os_glance_*` by the protocol, `polyvisor_*` by us. */
const reservedPrefixes = ['os_glance_', 'polyvisor_']

/** @throws PolyvisorError bad-request | forbidden */
export function checkNewImage(image: NewImage, caller: ImageCaller): void {
  if (image.visibility === 'public' && !caller.isAdmin) {
    throw forbidden('Only an admin may publish an image. Create it as private, shared or community.')
  }
  if (image.ownerProjectId !== undefined && image.ownerProjectId !== caller.projectId && !caller.isAdmin) {
    throw forbidden('Only an admin may create an image for another project.')
  }
  checkProperties(image.properties ?? {})
  checkTags(image.tags ?? [])
}

/** @throws PolyvisorError bad-request, forbidden (a reserved name) */
export function checkProperties(properties: Readonly<Record<string, string>>): void {
  const names = Object.keys(properties)
  if (names.length > maxProperties) {
    throw badRequest('too-many-properties', `An image may have ${maxProperties} properties of its own at most.`)
  }
  for (const name of names) {
    if (reservedPrefixes.some((prefix) => name.startsWith(prefix))) {
      throw forbidden(`Attribute '${name}' is reserved: names that begin with ${reservedPrefixes.join(' or ')} are.`)
    }
    if (name.length > 255)
      throw badRequest('property-name-too-long', 'A property’s name may have 255 characters at most.')
  }
}

/** @throws PolyvisorError bad-request */
export function checkTags(tags: readonly string[]): void {
  if (tags.length > maxTags) throw badRequest('too-many-tags', `An image may have ${maxTags} tags at most.`)
}

export function canSee(image: ImageRecord, caller: ImageCaller): boolean {
  if (caller.isAdmin || image.ownerProjectId === caller.projectId) return true
  return image.visibility === 'public' || image.visibility === 'community'
}

export function canChange(image: ImageRecord, caller: ImageCaller): boolean {
  return caller.isAdmin || image.ownerProjectId === caller.projectId
}
