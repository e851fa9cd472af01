/** ISO 9660: the volume descriptors start at sector 16 of 2048 bytes. */
export const isoDescriptorOffset = 0x8000
export const isoMagicOffset = 0x8001
export const isoMagic = Buffer.from('CD001', 'latin1')
const primaryVolumeDescriptor = 1

/** `sizeBytes` of the primary volume; undefined when the first descriptor is of another kind. */
export function parseIsoVolumeSize(descriptor: Buffer): number | undefined {
  if (descriptor.readUInt8(0) !== primaryVolumeDescriptor) return undefined
  return descriptor.readUInt32LE(80) * descriptor.readUInt16LE(128)
}
