/** The record of an image that is being made of an instance, before it has bytes. Properties as Nova gives them. Pure. */
import type { ImageRecord } from './image.ts'
import type { ImageId, ProjectId, UserId } from './ids.ts'
import type { Instance } from './instance.ts'

export interface NewSnapshot {
  readonly id: ImageId
  readonly name: string
  /** `backup` for those of which only the newest are kept. */
  readonly type: 'snapshot' | 'backup'
  /** What the tenant wants to say of it; these win. */
  readonly properties: Readonly<Record<string, string>>
}

export interface SnapshotOwner {
  readonly projectId: ProjectId
  readonly userId: UserId
}

/** What says something of the old bytes, and would be wrong of the new ones. */
const notInherited: ReadonlySet<string> = new Set([
  'cache_in_nova',
  'bittorrent',
  'img_signature',
  'img_signature_hash_method',
  'img_signature_key_type',
  'img_signature_certificate_uuid',
  'cinder_encryption_key_id',
  'cinder_encryption_key_deletion_policy',
])

/** @param base the image that the instance was made from, if it is still there */
export function snapshotImageOf(
  instance: Instance,
  base: Pick<ImageRecord, 'minDiskGb' | 'minMemoryMb'> | undefined,
  { id, name, type, properties }: NewSnapshot,
  owner: SnapshotOwner,
  nowMs: number,
): ImageRecord {
  const inherited = Object.entries(instance.imageProperties).filter(([key]) => !notInherited.has(key))
  return {
    id,
    name,
    ownerProjectId: owner.projectId,
    status: 'queued',
    visibility: 'private',
    // Whoever makes the bytes says what they are.
    containerFormat: null,
    diskFormat: null,
    isProtected: false,
    isHidden: false,
    minDiskGb: Math.max(base?.minDiskGb ?? 0, instance.flavor.diskGb),
    minMemoryMb: base?.minMemoryMb ?? 0,
    sizeBytes: null,
    virtualSizeBytes: null,
    md5: null,
    sha256: null,
    sha512: null,
    import: null,
    properties: {
      // Of an instance that came from a snapshot itself, the first image of all.
      ...(instance.imageId === null ? {} : { base_image_ref: instance.imageId }),
      ...Object.fromEntries(inherited),
      instance_uuid: instance.id,
      user_id: owner.userId,
      owner_id: instance.projectId,
      image_type: type,
      image_location: 'snapshot',
      ...properties,
    },
    tags: [],
    fault: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
}
