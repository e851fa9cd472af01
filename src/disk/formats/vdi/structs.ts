/** VirtualBox's VDI on disk (little-endian), header version 1.1. Parsing only. */
import { u64le } from '../../bounds.ts'

export const vdiSignature = 0xbeda107f
export const vdiSignatureOffset = 0x40
export const vdiHeaderBytes = 512
/** Map entries from here on name no block: 0xfffffffe is a block of zeros, 0xffffffff an absent one. */
export const vdiFirstSpecialEntry = 0xfffffffe
export const vdiType = { dynamic: 1, static: 2, undo: 3, differencing: 4 } as const

export interface VdiHeader {
  readonly version: number
  readonly type: number
  readonly mapOffset: number
  readonly dataOffset: number
  readonly sectorBytes: number
  readonly virtualSizeBytes: number
  readonly blockBytes: number
  readonly blockExtraBytes: number
  readonly blocks: number
  readonly blocksAllocated: number
  readonly hasParent: boolean
}

export function parseVdiHeader(bytes: Buffer): VdiHeader {
  return {
    version: bytes.readUInt32LE(0x44),
    type: bytes.readUInt32LE(0x4c),
    mapOffset: bytes.readUInt32LE(0x154),
    dataOffset: bytes.readUInt32LE(0x158),
    sectorBytes: bytes.readUInt32LE(0x168),
    virtualSizeBytes: u64le(bytes, 0x170),
    blockBytes: bytes.readUInt32LE(0x178),
    blockExtraBytes: bytes.readUInt32LE(0x17c),
    blocks: bytes.readUInt32LE(0x180),
    blocksAllocated: bytes.readUInt32LE(0x184),
    hasParent: bytes.subarray(0x1a8, 0x1c8).some((byte) => byte !== 0),
  }
}
