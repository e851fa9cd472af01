/** The disk by which an instance's guest learns who it is; undefined where none was asked for. */
import type { ConfigDriveFile, DiskSpec } from '../../driver/vm-spec.ts'
import { defaultAvailabilityZone } from '../../model/availability-zone.ts'
import { badRequest } from '../../model/errors.ts'
import { hostNameOf } from '../../model/hostname.ts'
import type { Instance } from '../../model/instance.ts'
import type { DriveFacts, DriveFile } from './drive-facts.ts'
import { nocloudFiles } from './nocloud-files.ts'
import { openstackFiles } from './openstack-files.ts'

/** More than the largest user data, metadata and key can come to. */
const sizeBytes = 1024 ** 2

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

/** As OpenStack has it: an image may insist on a config drive. @throws PolyvisorError bad-request for an unknown layout */
export function needsConfigDrive(isAskedFor: boolean, imageProperties: Instance['imageProperties']): boolean {
  const layout = imageProperties[layoutProperty]
  if (layout !== undefined && !Object.hasOwn(layouts, layout)) {
    const known = Object.keys(layouts).join(' or ')
    throw badRequest('config-drive-layout', `The image's property ${layoutProperty} must be ${known}.`)
  }
  return isAskedFor || imageProperties['img_config_drive'] === 'mandatory'
}

/** For a VM that is made. @param adminPass as the tenant was told it; kept nowhere else */
export function newConfigDrive(instance: Instance, adminPass: string | null): DiskSpec | undefined {
  if (!instance.configDrive) return undefined
  const { volumeId, files } = layoutOf(instance)
  return diskOf(volumeId, files(factsOf(instance, adminPass)).map(encoded))
}

/** For a VM that has one already, which stays as it is. */
export function keptConfigDrive(instance: Instance): DiskSpec | undefined {
  return instance.configDrive ? diskOf(layoutOf(instance).volumeId, []) : undefined
}

function diskOf(volumeId: string, files: readonly ConfigDriveFile[]): DiskSpec {
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
    nics,
  }
}

function encoded({ paths, content }: DriveFile): ConfigDriveFile {
  return { paths, base64: content.toString('base64') }
}
