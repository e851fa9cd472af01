import { assertInside, isPowerOfTwo, readInside, walkTable } from '../../bounds.ts'
import { ClaimMap } from '../../claim-map.ts'
import { DiskError, corrupt, tooLarge } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { DiskInspection, InspectContext } from '../format.ts'
import { assertVirtualSize } from '../virtual-size.ts'
import { parseVdiHeader, vdiFirstSpecialEntry, vdiHeaderBytes, vdiType } from './structs.ts'
import type { VdiHeader } from './structs.ts'

const knownVersion = 0x0001_0001
const minBlockBytes = 4096
const maxBlockBytes = 256 * 1024 ** 2
const maxBlocks = 64 * 1024 ** 2

export async function inspectVdi(source: RandomAccessSource, context: InspectContext): Promise<DiskInspection> {
  const header = parseVdiHeader(await readInside(source, 0, vdiHeaderBytes, 'The VDI header', context.signal))
  assertHeader(header)
  assertVirtualSize(header.virtualSizeBytes, context.limits)
  assertBlocks(header)
  const map = await checkMap(source, header, context)
  return {
    format: 'vdi',
    variant: header.type === vdiType.static ? 'static' : 'dynamic',
    virtualSizeBytes: header.virtualSizeBytes,
    fileSizeBytes: source.sizeBytes,
    ...map,
    details: { blockSizeBytes: header.blockBytes },
  }
}

function assertHeader(header: VdiHeader): void {
  if (header.version !== knownVersion) {
    throw new DiskError(
      'not-supported',
      'VDI of a version other than 1.1 is not known. Clone the disk with VBoxManage and upload the clone.',
    )
  }
  if (header.type === vdiType.undo || header.type === vdiType.differencing || header.hasParent) {
    throw new DiskError(
      'backing-file',
      'VDI: the disk depends on another one. Clone it with VBoxManage clonemedium and upload the clone.',
    )
  }
  if (header.type !== vdiType.dynamic && header.type !== vdiType.static)
    throw corrupt('VDI: the image type is not known')
  if (header.sectorBytes !== 512) throw corrupt('VDI: the sector size is not 512 bytes')
}

function assertBlocks(header: VdiHeader): void {
  const { blockBytes } = header
  if (blockBytes < minBlockBytes || blockBytes > maxBlockBytes || !isPowerOfTwo(blockBytes)) {
    throw corrupt('VDI: the block size is not a power of two from 4 KiB to 256 MiB')
  }
  if (header.blockExtraBytes !== 0)
    throw new DiskError(
      'not-supported',
      'VDI: blocks with extra data are not known. Clone the disk and upload the clone.',
    )
  if (header.blocks > maxBlocks) throw tooLarge('The number of blocks of the VDI', `${maxBlocks}`)
  if (header.blocks < Math.ceil(header.virtualSizeBytes / blockBytes)) {
    throw corrupt('VDI: the block map is too small for the virtual size')
  }
  if (header.blocksAllocated > header.blocks) throw corrupt('VDI: more blocks are in use than there are')
  if (header.mapOffset < vdiHeaderBytes || header.mapOffset + header.blocks * 4 > header.dataOffset) {
    throw corrupt('VDI: the block map overlaps the header or the data')
  }
}

async function checkMap(
  source: RandomAccessSource,
  header: VdiHeader,
  context: InspectContext,
): Promise<Pick<DiskInspection, 'allocatedBytes' | 'tablesChecked'>> {
  const claims = new ClaimMap(header.blocks, 1)
  const table = { offset: header.mapOffset, entries: header.blocks, entryBytes: 4, what: 'The VDI block map' }
  let allocated = 0
  for await (const { view, entries } of walkTable(source, table, context.signal)) {
    for (let index = 0; index < entries; index++) {
      const block = view.getUint32(index * 4, true)
      if (block >= vdiFirstSpecialEntry) continue
      if (block >= header.blocks) throw corrupt('VDI: the block map names a block that cannot exist')
      assertInside(source.sizeBytes, header.dataOffset + block * header.blockBytes, header.blockBytes, 'A VDI block')
      if (!claims.claim(block, 1)) throw corrupt('VDI: two places of the disk share a block')
      allocated++
    }
  }
  return { allocatedBytes: allocated * header.blockBytes, tablesChecked: 'all' }
}
