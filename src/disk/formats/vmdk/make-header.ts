import { vmdkFlag, vmdkMagic, vmdkSectorBytes } from './structs.ts'

export const newGrainSectors = 128
export const newEntriesPerTable = 512
/** Room for VirtualBox, which adds lines without asking for any. */
export const newDescriptorSectors = 20

/** All in sectors. A directory of undefined is named by a footer at the end. */
export interface NewVmdkHeader {
  readonly capacitySectors: number
  readonly overheadSectors: number
  readonly directorySector: number | undefined
  readonly redundantDirectorySector: number
  readonly isStream: boolean
}

/** One sector. Streams have version 3, below which ESXi refuses them. */
export function makeVmdkHeader(header: NewVmdkHeader): Buffer {
  const bytes = Buffer.alloc(vmdkSectorBytes)
  const streamFlags = vmdkFlag.newlineTest | vmdkFlag.compressed | vmdkFlag.markers
  vmdkMagic.copy(bytes)
  bytes.writeUInt32LE(header.isStream ? 3 : 1, 4)
  bytes.writeUInt32LE(header.isStream ? streamFlags : vmdkFlag.newlineTest | vmdkFlag.redundantTable, 8)
  bytes.writeBigUInt64LE(BigInt(header.capacitySectors), 12)
  bytes.writeBigUInt64LE(BigInt(newGrainSectors), 20)
  bytes.writeBigUInt64LE(1n, 28)
  bytes.writeBigUInt64LE(BigInt(newDescriptorSectors), 36)
  bytes.writeUInt32LE(newEntriesPerTable, 44)
  bytes.writeBigUInt64LE(BigInt(header.redundantDirectorySector), 48)
  const atEnd = 0xffff_ffff_ffff_ffffn
  bytes.writeBigUInt64LE(header.directorySector === undefined ? atEnd : BigInt(header.directorySector), 56)
  bytes.writeBigUInt64LE(BigInt(header.overheadSectors), 64)
  bytes.write('\n \r\n', 73, 'latin1')
  bytes.writeUInt16LE(header.isStream ? 1 : 0, 77)
  return bytes
}
