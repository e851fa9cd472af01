import { randomBytes } from 'node:crypto'

export interface DescriptorOptions {
  readonly createType: 'monolithicSparse' | 'streamOptimized' | 'monolithicFlat'
  readonly adapterType: string
  readonly hardwareVersion: number
}

/** @param extent its access, size, type and file, as it stands in the descriptor */
export function makeVmdkDescriptor(virtualSizeBytes: number, extent: string, options: DescriptorOptions): Buffer {
  const { createType, adapterType, hardwareVersion } = options
  // 0xffffffff and 0xfffffffe mean "none" and "unknown".
  const contentId = (randomBytes(4).readUInt32BE() % 0xffff_fffe).toString(16).padStart(8, '0')
  const heads = adapterType === 'ide' ? 16 : 255
  const cylinders = Math.min(Math.ceil(virtualSizeBytes / 512 / heads / 63), 65_535)
  // Readers exist that take no indented line.
  const text = `# Disk DescriptorFile
version=1
CID=${contentId}
parentCID=ffffffff
createType="${createType}"

# Extent description
${extent}

# The Disk Data Base
#DDB

ddb.virtualHWVersion = "${hardwareVersion}"
ddb.geometry.cylinders = "${cylinders}"
ddb.geometry.heads = "${heads}"
ddb.geometry.sectors = "63"
ddb.adapterType = "${adapterType}"
`
  return Buffer.from(text, 'latin1')
}
