import { assertInside, walkTable } from '../../bounds.ts'
import { ClaimMap } from '../../claim-map.ts'
import { corrupt } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { DiskInspection, InspectContext } from '../format.ts'
import { readVhdxParameters } from './metadata.ts'
import type { VhdxParameters } from './metadata.ts'
import { readVhdxHeader, readVhdxRegions } from './regions.ts'
import type { VhdxRegions } from './regions.ts'
import { blockState, mib } from './structs.ts'
import type { VhdxHeader } from './structs.ts'

export async function inspectVhdx(source: RandomAccessSource, context: InspectContext): Promise<DiskInspection> {
  const header = await readVhdxHeader(source, context)
  const regions = await readVhdxRegions(source, header, context)
  const parameters = await readVhdxParameters(source, regions.metadata, context)
  const table = await checkBlockTable(source, { header, regions, parameters }, context)
  return {
    format: 'vhdx',
    variant: parameters.isFixed ? 'fixed' : 'dynamic',
    virtualSizeBytes: parameters.virtualSizeBytes,
    fileSizeBytes: source.sizeBytes,
    ...table,
    details: { blockSizeBytes: parameters.blockBytes, logicalSectorSizeBytes: parameters.logicalSectorBytes },
  }
}

interface Parts {
  readonly header: VhdxHeader
  readonly regions: VhdxRegions
  readonly parameters: VhdxParameters
}

/** After every `chunkRatio` payload blocks the table has one entry for a sector bitmap, unused without a parent. */
async function checkBlockTable(
  source: RandomAccessSource,
  { header, regions, parameters }: Parts,
  context: InspectContext,
): Promise<Pick<DiskInspection, 'allocatedBytes' | 'tablesChecked'>> {
  const { blockBytes } = parameters
  const chunkRatio = (2 ** 23 * parameters.logicalSectorBytes) / blockBytes
  const blocks = Math.ceil(parameters.virtualSizeBytes / blockBytes)
  const entries = blocks + Math.floor((blocks - 1) / chunkRatio)
  if (entries * 8 > regions.bat.length) throw corrupt('VHDX: the block table is too small for the virtual size')
  const claims = new ClaimMap(source.sizeBytes, mib)
  for (const range of [regions.bat, regions.metadata]) claims.claim(range.offset, range.length)
  claims.claim(0, mib)
  claims.claim(header.logOffset, header.logBytes)
  const checkedEntries = Math.min(entries, Math.floor(context.limits.maxTableBytes / 8))
  const table = { offset: regions.bat.offset, entries: checkedEntries, entryBytes: 8, what: 'The VHDX block table' }
  let present = 0
  for await (const chunk of walkTable(source, table, context.signal)) {
    for (let index = 0; index < chunk.entries; index++) {
      const low = chunk.view.getUint32(index * 8, true)
      const high = chunk.view.getUint32(index * 8 + 4, true)
      if ((chunk.firstEntry + index) % (chunkRatio + 1) === chunkRatio || !isPresent(low & 7)) continue
      const offset = (high * 4096 + (low >>> 20)) * mib
      assertInside(source.sizeBytes, offset, blockBytes, 'A VHDX block')
      if (!claims.claim(offset, blockBytes)) throw corrupt('VHDX: a block shares its place with something else')
      present++
    }
  }
  return { allocatedBytes: present * blockBytes, tablesChecked: checkedEntries === entries ? 'all' : 'part' }
}

function isPresent(state: number): boolean {
  if (state === blockState.full) return true
  if (state > blockState.unmapped) throw corrupt('VHDX: a block is in a state that a disk without a parent cannot have')
  return false
}
