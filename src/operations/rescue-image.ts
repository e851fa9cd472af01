/** What a server is rescued with, and as what its guest shall see that. */
import type { RescueDevice, RescueImage } from '../driver/vm-spec.ts'
import type { Host } from '../model/host.ts'
import type { ImageRecord } from '../model/image.ts'
import type { Instance } from '../model/instance.ts'
import { badRequest, conflict } from '../model/errors.ts'
import type { Db } from '../store/database.ts'
import { findHost } from '../store/hosts.ts'
import { findImage } from '../store/images.ts'
import { toImageRef } from './boot-request.ts'

/** Values of `hw_rescue_device` and `hw_rescue_bus` that mean something, whether or not a host can do it. */
const devices = ['disk', 'cdrom', 'floppy'] as const
const buses = ['virtio', 'scsi', 'ide', 'sata', 'usb', 'fdc'] as const

type Properties = ImageRecord['properties']

/**
 * @param image as asked for; else the one that the server was made from, not the one that it came back from; where that is
 *   gone, what it booted from last
 * @throws PolyvisorError bad-request, and conflict where its host cannot show the disk as the image wants
 */
export async function rescueImageOf(
  trx: Db,
  instance: Instance,
  image: ImageRecord | undefined,
): Promise<RescueImage | null> {
  const record = image ?? (await ownImage(trx, instance))
  const ref = record === undefined ? instance.bootImage : toImageRef(record)
  const device = rescueDeviceOf((record ?? { properties: instance.imageProperties }).properties)
  if (ref === null || device === undefined) return ref
  const host = instance.hostId === null ? undefined : await findHost(trx, instance.hostId)
  return { ...ref, as: offeredDevice(device, host?.capabilities.rescueDevices) }
}

async function ownImage(trx: Db, { imageId }: Instance): Promise<ImageRecord | undefined> {
  const image = imageId === null ? undefined : await findImage(trx, imageId)
  return image?.status === 'active' && image.fault === null ? image : undefined
}

interface WantedDevice {
  readonly kind: (typeof devices)[number]
  readonly bus?: (typeof buses)[number]
}

/** Either property asks for a disk beside the server's own; without both it is the first. */
function rescueDeviceOf(properties: Properties): WantedDevice | undefined {
  const kind = oneOf(devices, 'hw_rescue_device', properties)
  const bus = oneOf(buses, 'hw_rescue_bus', properties)
  if (kind === undefined && bus === undefined) return undefined
  return { kind: kind ?? 'disk', ...(bus === undefined ? {} : { bus }) }
}

function oneOf<T extends string>(values: readonly T[], name: string, properties: Properties): T | undefined {
  const found = properties[name]
  if (found === undefined) return undefined
  const value = values.find((each) => each === found)
  if (value !== undefined) return value
  throw badRequest('rescue-device-unknown', `The image's ${name} must be one of ${values.join(', ')}.`)
}

function offeredDevice({ kind, bus }: WantedDevice, offered: Host['capabilities']['rescueDevices'] = {}): RescueDevice {
  const itsBuses = offered[kind] ?? []
  if (itsBuses.length > 0 && (bus === undefined || itsBuses.includes(bus))) return { kind, bus } as RescueDevice
  const what = bus === undefined ? kind : `${kind} on the bus ${bus}`
  const had = Object.entries(offered).map(([each, on]) => `${each} (${on.join(', ')})`)
  throw conflict(
    'rescue-device-unsupported',
    `The server's hypervisor cannot show the rescue image as a ${what}. ${
      had.length === 0
        ? 'Rescue it with an image without hw_rescue_device and hw_rescue_bus.'
        : `Change the image's hw_rescue_device and hw_rescue_bus to what it can: ${had.join('; ')}.`
    }`,
  )
}
