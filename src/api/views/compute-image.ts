/** Images as Nova's old proxy shows them. */
import type { components } from '../../contract/types.gen.ts'
import type { ImageRecord, ImageStatus } from '../../model/image.ts'
import { resourceLinks, type LinkBase } from './links.ts'
import { toSeconds } from './times.ts'

type ComputeImageView = components['schemas']['ComputeImage']
type ComputeImageSummaryView = components['schemas']['ComputeImageSummary']

/** Nova's words, and how far it says that each is. */
const statuses: Readonly<Record<ImageStatus, Pick<ComputeImageView, 'status' | 'progress'>>> = {
  queued: { status: 'SAVING', progress: 25 },
  saving: { status: 'SAVING', progress: 50 },
  uploading: { status: 'SAVING', progress: 50 },
  importing: { status: 'SAVING', progress: 50 },
  active: { status: 'ACTIVE', progress: 100 },
  deactivated: { status: 'UNKNOWN', progress: 0 },
  deleting: { status: 'DELETED', progress: 0 },
}

/** @returns the statuses that Nova calls so; none for a word that it does not have */
export function imageStatusesCalled(word: string): readonly ImageStatus[] {
  return (Object.keys(statuses) as ImageStatus[]).filter((status) => statuses[status].status === word.toUpperCase())
}

export function computeImageSummaryView(image: ImageRecord, base: LinkBase): ComputeImageSummaryView {
  const alternate = `${base.publicUrl}/image/images/${image.id}`
  const links = [
    ...resourceLinks(base, 'images', image.id),
    { rel: 'alternate', type: 'application/vnd.openstack.image', href: alternate },
  ]
  return { id: image.id, name: image.name, links: links as ComputeImageSummaryView['links'] }
}

export function computeImageView(image: ImageRecord, base: LinkBase): ComputeImageView {
  const { instance_uuid: serverId, auto_disk_config: autoDiskConfig } = image.properties
  return {
    ...computeImageSummaryView(image, base),
    ...statuses[image.status],
    created: toSeconds(image.createdAtMs),
    updated: toSeconds(image.updatedAtMs),
    minDisk: image.minDiskGb,
    minRam: image.minMemoryMb,
    metadata: { ...image.properties },
    'OS-EXT-IMG-SIZE:size': image.sizeBytes,
    ...(autoDiskConfig === undefined
      ? {}
      : { 'OS-DCF:diskConfig': autoDiskConfig.toLowerCase() === 'true' ? 'AUTO' : 'MANUAL' }),
    ...(serverId === undefined ? {} : { server: { id: serverId, links: resourceLinks(base, 'servers', serverId) } }),
  }
}
