/** An image as Glance shows it: flat, its own properties beside the fixed keys, paths relative to the face. */
import type { components } from '../../contract/types.gen.ts'
import type { ImageRecord } from '../../model/image.ts'
import { imageStoreName } from '../../model/image-task.ts'

type ImageView = components['schemas']['Image']

export function imageView(image: ImageRecord): ImageView {
  const path = `/v2/images/${image.id}`
  return {
    // First: the service refuses properties with the names of fixed keys, and should one slip through it is overruled.
    ...image.properties,
    id: image.id,
    name: image.name,
    status: image.status === 'deleting' ? 'queued' : image.status,
    visibility: image.visibility,
    owner: image.ownerProjectId,
    disk_format: image.diskFormat,
    container_format: image.containerFormat,
    size: image.sizeBytes,
    virtual_size: image.virtualSizeBytes,
    checksum: image.md5,
    os_hash_algo: image.sha512 === null ? null : 'sha512',
    os_hash_value: image.sha512,
    os_hidden: image.isHidden,
    protected: image.isProtected,
    min_disk: image.minDiskGb,
    min_ram: image.minMemoryMb,
    tags: [...image.tags],
    created_at: glanceTime(image.createdAtMs),
    updated_at: glanceTime(image.updatedAtMs),
    self: path,
    file: `${path}/file`,
    schema: '/v2/schemas/image',
    ...(isKept(image) ? { stores: imageStoreName } : {}),
    ...importView(image.import),
    ...(image.fault === null ? {} : { polyvisor_upload_error: image.fault }),
  }
}

function isKept({ status }: ImageRecord): boolean {
  return status === 'active' || status === 'deactivated'
}

/** Glance's words for where an import goes, and where it went wrong: names of stores. */
function importView(newest: ImageRecord['import']) {
  if (newest === null) return {}
  const { taskId, state } = newest
  return {
    os_glance_importing_to_stores: state === 'running' ? imageStoreName : '',
    os_glance_failed_import: state === 'failed' ? imageStoreName : '',
    ...(state === 'running' ? { os_glance_import_task: taskId } : {}),
  }
}

/** UTC in whole seconds. */
export function glanceTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
