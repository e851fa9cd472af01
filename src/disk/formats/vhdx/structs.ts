/** VHDX on disk (little-endian): MS-VHDX. Parsing only. */
import { u64le } from '../../bounds.ts'

export const kib64 = 64 * 1024
export const mib = 1024 ** 2
export const vhdxSignature = Buffer.from('vhdxfile', 'latin1')
export const vhdxHeaderOffsets = [kib64, 2 * kib64] as const
export const vhdxRegionTableOffsets = [3 * kib64, 4 * kib64] as const
export const vhdxHeaderBytes = 4096
export const maxTableEntries = 2047

export const regionId = {
  bat: '2dc27766-f623-4200-9d64-115e9bfd4a08',
  metadata: '8b7ca206-4790-4b9a-b8fe-575f050f886e',
} as const

export const metadataId = {
  fileParameters: 'caa16737-fa36-4d43-b3b6-33f0aa44e76b',
  virtualDiskSize: '2fa54224-cd1b-4876-b211-5dbed83bf4b8',
  diskId: 'beca12ab-b2e6-4523-93ef-c309e000c746',
  logicalSectorSize: '8141bf1d-a96f-4709-ba47-f233a8faab5f',
  physicalSectorSize: 'cda348c7-445d-4471-9cc9-e9885251c556',
  parentLocator: 'a8d35f2d-b30b-454d-abf7-d3d84834ab0c',
} as const

/** States of a payload block in the BAT. */
export const blockState = { notPresent: 0, undefined: 1, zero: 2, unmapped: 3, full: 6, partial: 7 } as const

export interface VhdxHeader {
  readonly sequence: bigint
  readonly hasLog: boolean
  readonly logVersion: number
  readonly version: number
  readonly logBytes: number
  readonly logOffset: number
}

export interface VhdxRegion {
  readonly id: string
  readonly offset: number
  readonly length: number
  readonly isRequired: boolean
}

export interface VhdxMetadataItem {
  readonly id: string
  readonly offset: number
  readonly length: number
  readonly isUser: boolean
  readonly isRequired: boolean
}

/** A GUID in its usual spelling: the first three groups are stored little-endian. */
export function readGuid(bytes: Buffer, offset: number): string {
  const hex = (from: number, to: number): string => bytes.toString('hex', offset + from, offset + to)
  const swapped = [3, 2, 1, 0, 5, 4, 7, 6].map((index) => hex(index, index + 1)).join('')
  return `${swapped.slice(0, 8)}-${swapped.slice(8, 12)}-${swapped.slice(12)}-${hex(8, 10)}-${hex(10, 16)}`
}

export function parseVhdxHeader(bytes: Buffer): VhdxHeader {
  return {
    sequence: bytes.readBigUInt64LE(8),
    hasLog: bytes.subarray(48, 64).some((byte) => byte !== 0),
    logVersion: bytes.readUInt16LE(64),
    version: bytes.readUInt16LE(66),
    logBytes: bytes.readUInt32LE(68),
    logOffset: u64le(bytes, 72),
  }
}

/** `bytes` is a whole region table of 64 KiB; `count` was checked to fit. */
export function parseRegions(bytes: Buffer, count: number): readonly VhdxRegion[] {
  return Array.from({ length: count }, (_, index) => {
    const at = 16 + index * 32
    return {
      id: readGuid(bytes, at),
      offset: u64le(bytes, at + 16),
      length: bytes.readUInt32LE(at + 24),
      isRequired: (bytes.readUInt32LE(at + 28) & 1) !== 0,
    }
  })
}

/** `bytes` is a whole metadata table of 64 KiB; `count` was checked to fit. Offsets are within the metadata region. */
export function parseMetadataItems(bytes: Buffer, count: number): readonly VhdxMetadataItem[] {
  return Array.from({ length: count }, (_, index) => {
    const at = 32 + index * 32
    const flags = bytes.readUInt32LE(at + 24)
    return {
      id: readGuid(bytes, at),
      offset: bytes.readUInt32LE(at + 16),
      length: bytes.readUInt32LE(at + 20),
      isUser: (flags & 1) !== 0,
      isRequired: (flags & 4) !== 0,
    }
  })
}
