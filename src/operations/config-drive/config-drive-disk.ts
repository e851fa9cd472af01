/** The disk by which an instance's guest learns who it is; undefined where none was asked for. */
import type { ConfigDriveFile, DiskSpec } from '../../driver/vm-spec.ts'
import { defaultAvailabilityZone } from '../../model/availability-zone.ts'
import { badRequest } from '../../model/errors.ts'
import { hostNameOf } from '../../model/hostname.ts'
import type { InjectedFile, Instance } from '../../model/instance.ts'
import type { DriveFacts, DriveFile } from './drive-facts.ts'
import { nocloudFiles } from './nocloud-files.ts'
import { openstackFiles } from './openstack-files.ts'

/** More than the largest user data, metadata and key can come to; injected files come on top. */
const usualBytes = 1024 ** 2
/** More than a file takes beside its content: its entries in the folder and in the list, and what is left of its last sector. */
const besideFileBytes = 16 * 1024

interface Layout {
  readonly volumeId: string
  readonly files: (facts: DriveFacts) => readonly DriveFile[]
}
const layouts: Readonly<Record<string, Layout>> = {
  openstack: { volumeId: 'config-2', files: openstackFiles },
  nocloud: { volumeId: 'cidata', files: nocloudFiles },
}
/** An image's property: what its guests look for. */
const layoutProperty = 'img_config_drive_layout'

interface DriveWishes {
  readonly configDrive: boolean
  readonly injectedFiles?: readonly InjectedFile[] | undefined
}

/**
 * As OpenStack has it, an image may insist on a config drive; so do files for the guest, which have no other way to it.
 * @throws PolyvisorError bad-request for an unknown layout, and for files that the layout has no place for
 */
export function needsConfigDrive(
  { configDrive, injectedFiles = [] }: DriveWishes,
  imageProperties: Instance['imageProperties'],
): boolean {
  const layout = imageProperties[layoutProperty]
  if (layout !== undefined && !Object.hasOwn(layouts, layout)) {
    const known = Object.keys(layouts).join(' or ')
    throw badRequest('config-drive-layout', `The image's property ${layoutProperty} must be ${known}.`)
  }
  if (injectedFiles.length === 0) return configDrive || imageProperties['img_config_drive'] === 'mandatory'
  if (layout === undefined || layout === 'openstack') return true
  throw badRequest(
    'personality-without-place',
    `The image's guests read a config drive in the layout ${layout}, which has no place for files: leave personality out, and use user_data.`,
  )
}

/** For a VM that is made. @param adminPass as the tenant was told it; kept nowhere else */
export function newConfigDrive(instance: Instance, adminPass: string | null): DiskSpec | undefined {
  if (!instance.configDrive) return undefined
  const { volumeId, files } = layoutOf(instance)
  return diskOf(instance, volumeId, files(factsOf(instance, adminPass)).map(encoded))
}

/** For a VM that has one already, which stays as it is. */
export function keptConfigDrive(instance: Instance): DiskSpec | undefined {
  return instance.configDrive ? diskOf(instance, layoutOf(instance).volumeId, []) : undefined
}

function diskOf({ attributes }: Instance, volumeId: string, files: readonly ConfigDriveFile[]): DiskSpec {
  const injected = attributes?.injectedFiles ?? []
  const sizeBytes = injected.reduce(
    (sum, { path, base64 }) => sum + Buffer.byteLength(JSON.stringify(path)) + base64.length + besideFileBytes,
    usualBytes,
  )
  return { id: 'config', source: { kind: 'config-drive', volumeId, files }, sizeBytes, readOnly: true }
}

function layoutOf({ imageProperties }: Instance): Layout {
  const layout = layouts[imageProperties[layoutProperty] ?? 'openstack'] ?? layouts['openstack']
  if (layout === undefined) throw new Error('there is always a layout')
  return layout
}

function factsOf(instance: Instance, adminPass: string | null): DriveFacts {
  const { keyName, attributes, userData, nics } = instance
  const key = attributes?.publicKey
  return {
    instanceId: instance.id,
    name: instance.name,
    hostname: hostNameOf(instance),
    availabilityZone: instance.availabilityZone ?? defaultAvailabilityZone,
    projectId: instance.projectId,
    launchIndex: instance.reservation?.index ?? 0,
    metadata: instance.metadata,
    key: keyName === null || key === undefined ? null : { name: keyName, ...key },
    adminPass,
    userData: userData === null ? null : Buffer.from(userData, 'base64'),
    files: (attributes?.injectedFiles ?? []).map(({ path, base64 }) => ({
      path,
      content: Buffer.from(base64, 'base64'),
    })),
    nics,
  }
}

function encoded({ paths, content }: DriveFile): ConfigDriveFile {
  return { paths, base64: content.toString('base64') }
}
