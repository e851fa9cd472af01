/** Whether a flavor and an image go together, and what the two ask of a host. Real requests and explanations share it. */
import type { ImageRef } from '../driver/vm-spec.ts'
import { badRequest } from '../model/errors.ts'
import type { Flavor } from '../model/flavor.ts'
import type { HostId } from '../model/ids.ts'
import type { ImageRecord } from '../model/image.ts'
import { fixedNetworkKind, type WantedNic } from '../model/network.ts'
import type { Resources } from '../model/resources.ts'
import type { ScheduleRequest } from '../scheduler/types.ts'
import { resourcesOf } from './vm-spec.ts'

const gib = 1024 ** 3

/** @throws PolyvisorError 400 when the image has no data or is no disk, or does not fit into the flavor */
export function imageToBoot(flavor: Flavor, image: ImageRecord): ImageRef {
  const ref = toImageRef(image)
  checkSizes(flavor, image, ref)
  return ref
}

/** What of an instance, wanted or there, matters to where it goes. */
export interface Placed {
  readonly flavor: Flavor
  readonly image: ImageRef
  readonly imageProperties: Readonly<Record<string, string>>
  readonly nics: readonly WantedNic[]
  /** As asked for; null is any. */
  readonly availabilityZone?: string | null
}

/** @param failedHosts hosts that failed at this very request already, with what they said */
export function toScheduleRequest(
  { flavor, image, imageProperties, nics, availabilityZone }: Placed,
  failedHosts: ReadonlyMap<HostId, string> = new Map(),
): ScheduleRequest {
  return {
    ...resourcesOf(flavor, image),
    imageProperties,
    extraSpecs: flavor.extraSpecs,
    ...(availabilityZone === undefined || availabilityZone === null ? {} : { zone: availabilityZone }),
    diskFormats: [image.format],
    networkKinds: nics.some(({ isRequired }) => isRequired) ? [fixedNetworkKind] : [],
    failedHosts,
  }
}

/** The least that any flavor must have for this image. */
export function leastFor(image: Pick<ImageRecord, 'minMemoryMb' | 'minDiskGb'>, ref: ImageRef): Resources {
  return {
    vcpus: 1,
    memoryMb: Math.max(1, image.minMemoryMb),
    diskGb: Math.max(Math.ceil(ref.virtualSizeBytes / gib), image.minDiskGb),
  }
}

/** @throws PolyvisorError 400 when the image has no data or is no disk */
export function toImageRef(image: ImageRecord): ImageRef {
  const { id, status, diskFormat, sha256, sizeBytes, virtualSizeBytes, fault } = image
  if (status === 'active' && fault !== null)
    throw badRequest('image-not-bootable', `Image ${id} cannot be booted. ${fault}`)
  if (
    status !== 'active' ||
    diskFormat === null ||
    sha256 === null ||
    sizeBytes === null ||
    virtualSizeBytes === null
  ) {
    throw badRequest('image-not-active', `Image ${id} is not active: upload its data first.`)
  }
  return { imageId: id, format: diskFormat, sha256, sizeBytes, virtualSizeBytes }
}

function checkSizes(flavor: Flavor, image: ImageRecord, ref: ImageRef): void {
  if (flavor.memoryMb < image.minMemoryMb) {
    throw badRequest(
      'flavor-memory-too-small',
      `Flavor's memory is too small for requested image: ${flavor.memoryMb} MB, the image wants ${image.minMemoryMb} MB.`,
    )
  }
  checkDisk(flavor, ref)
  if (flavor.diskGb !== 0 && flavor.diskGb < image.minDiskGb) {
    throw badRequest(
      'flavor-disk-too-small',
      `Flavor's disk is smaller than the minimum size specified in image metadata: ${flavor.diskGb} GB, the image wants ${image.minDiskGb} GB.`,
    )
  }
}

/** @throws PolyvisorError 400 when the image does not fit onto the flavor's disk; without a size of its own, all do */
export function checkDisk(flavor: Flavor, { virtualSizeBytes }: Pick<ImageRef, 'virtualSizeBytes'>): void {
  const diskBytes = flavor.diskGb * gib
  if (diskBytes === 0 || diskBytes >= virtualSizeBytes) return
  throw badRequest(
    'flavor-disk-too-small',
    `Flavor's disk is too small for requested image. Flavor disk is ${diskBytes} bytes, image is ${virtualSizeBytes} bytes.`,
  )
}
