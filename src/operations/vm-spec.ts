/** From what the tenant asked for to what a driver is asked to make. */
import type { DiskSpec, ImageRef, NicSpec, VmSpec } from '../driver/vm-spec.ts'
import type { HostId } from '../model/ids.ts'
import type { Flavor } from '../model/flavor.ts'
import type { Instance } from '../model/instance.ts'
import { limitsOf } from '../model/limits.ts'
import { fixedNetworkKind, gatewayOf, readCidr, type Nic } from '../model/network.ts'
import type { Resources } from '../model/resources.ts'

const gib = 1024 ** 3
const mib = 1024 ** 2

/** A disk that has grown never shrinks, and what it was shelved into may be larger than the flavor of today. */
export function rootDiskBytes(flavor: Flavor, image: ImageRef): number {
  return Math.max(flavor.diskGb * gib, image.virtualSizeBytes)
}

/** What the instance takes of its host. A flavor without a disk takes what its image needs. */
export function resourcesOf(flavor: Flavor, image: ImageRef): Resources {
  return {
    vcpus: flavor.vcpus,
    memoryMb: flavor.memoryMb,
    diskGb: Math.ceil(rootDiskBytes(flavor, image) / gib) + flavor.ephemeralGb + Math.ceil(flavor.swapMb / 1024),
  }
}

/** @param configDrive see `newConfigDrive` and `keptConfigDrive` */
export function toVmSpec(
  instance: Instance,
  image: ImageRef,
  hostId: HostId,
  configDrive: DiskSpec | undefined,
): VmSpec {
  const { flavor } = instance
  // The scheduler refuses a flavor whose limits are none.
  const limits = limitsOf(flavor.extraSpecs)
  const disks: DiskSpec[] = [
    { id: 'root', source: { kind: 'image', image }, sizeBytes: rootDiskBytes(flavor, image), bootIndex: 0 },
  ]
  if (flavor.ephemeralGb > 0)
    disks.push({ id: 'blank-0', source: { kind: 'blank' }, sizeBytes: flavor.ephemeralGb * gib })
  if (flavor.swapMb > 0) disks.push({ id: 'swap', source: { kind: 'blank' }, sizeBytes: flavor.swapMb * mib })
  if (configDrive !== undefined) disks.push(configDrive)
  return {
    instanceId: instance.id,
    nodeId: hostId,
    name: instance.name,
    vcpus: flavor.vcpus,
    memoryBytes: flavor.memoryMb * mib,
    disks,
    nics: instance.nics.map(toNicSpec),
    imageProperties: instance.imageProperties,
    options: {},
    ...(limits === undefined ? {} : { limits }),
  }
}

function toNicSpec({ portId, network, address, macAddress }: Nic): NicSpec {
  const cidr = readCidr(network.cidr)
  return {
    id: portId,
    macAddress,
    network: {
      kind: fixedNetworkKind,
      networkId: network.id,
      address,
      prefixLength: cidr.prefixLength,
      gateway: gatewayOf(cidr),
    },
  }
}
