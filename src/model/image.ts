/** A disk kept by the service: what tenants say about it, and what its bytes turned out to be. */
import type { DiskFormat } from './disk-formats.ts'
import type { ImageId, ProjectId } from './ids.ts'

/**
 * `queued`: no bytes yet. `saving`: an upload is under way. `uploading`: bytes are being staged, or wait for their import.
 * `importing`: an import is under way. `deactivated`: its bytes are kept from everybody but admins. `deleting`: gone for
 * everybody, its file is being removed.
 */
export const imageStatuses = [
  'queued',
  'saving',
  'uploading',
  'importing',
  'active',
  'deactivated',
  'deleting',
] as const
export type ImageStatus = (typeof imageStatuses)[number]

export const imageVisibilities = ['public', 'private', 'shared', 'community'] as const
export type ImageVisibility = (typeof imageVisibilities)[number]

/** An image's file as an instance was booted from it: what hosts are asked for, whatever becomes of the image. */
export interface BootImage {
  readonly imageId: string
  readonly format: DiskFormat
  /** Lower-case hexadecimal. */
  readonly sha256: string
  readonly sizeBytes: number
  readonly virtualSizeBytes: number
}

export interface ImageRecord {
  readonly id: ImageId
  readonly name: string | null
  readonly ownerProjectId: ProjectId
  readonly status: ImageStatus
  readonly visibility: ImageVisibility
  readonly containerFormat: 'bare' | null
  readonly diskFormat: DiskFormat | null
  readonly isProtected: boolean
  readonly isHidden: boolean
  readonly minDiskGb: number
  readonly minMemoryMb: number
  /** Size of the file; null until it is uploaded, as are the digests (lower-case hexadecimal). */
  readonly sizeBytes: number | null
  /** Size of the disk that a guest sees. */
  readonly virtualSizeBytes: number | null
  readonly md5: string | null
  readonly sha256: string | null
  readonly sha512: string | null
  readonly properties: Readonly<Record<string, string>>
  readonly tags: readonly string[]
  /** Why the last upload failed, or why the bytes are kept but never booted; in words for the owner. */
  readonly fault: string | null
  /** The newest import; null when there was none. */
  readonly import: { readonly taskId: string; readonly state: ImageImportState } | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export type ImageImportState = 'running' | 'done' | 'failed'

/** What is known once the bytes are in. */
export interface ImageContent {
  readonly sizeBytes: number
  /** null for bytes that are no disk. */
  readonly virtualSizeBytes: number | null
  /** Why they are none. */
  readonly fault: string | null
  readonly md5: string
  readonly sha256: string
  readonly sha512: string
}

export const imageMemberStatuses = ['pending', 'accepted', 'rejected'] as const
export type ImageMemberStatus = (typeof imageMemberStatuses)[number]

/** A project that a shared image is shared with. */
export interface ImageMember {
  readonly imageId: ImageId
  readonly projectId: ProjectId
  readonly status: ImageMemberStatus
  readonly createdAtMs: number
  readonly updatedAtMs: number
}
