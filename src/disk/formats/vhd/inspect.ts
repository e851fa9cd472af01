import { assertInside, isPowerOfTwo, readInside, walkTable } from '../../bounds.ts'
import { ClaimMap } from '../../claim-map.ts'
import { DiskError, corrupt, tooLarge, truncated } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { DiskInspection, InspectContext } from '../format.ts'
import { assertVirtualSize } from '../virtual-size.ts'
import { readParentReference } from './parent.ts'
import {
  bitmapBytesOf,
  hasVhdCookie,
  isVhdFooter,
  isVhdHeader,
  parseVhdFooter,
  parseVhdHeader,
  vhdAbsentBlock,
  vhdFooterBytes,
  vhdHeaderBytes,
  vhdType,
  vhdVirtualSizeBytes,
} from './structs.ts'
import type { VhdFooter, VhdHeader } from './structs.ts'

const knownTypes: readonly number[] = Object.values(vhdType)
const maxTableEntries = 16 * 1024 ** 2
const maxBlockBytes = 256 * 1024 ** 2
/** A fixed disk's last cylinder or mebibyte may be filled up beyond the disk's size. */
const fixedSlackBytes = 1024 ** 2

export async function inspectVhd(source: RandomAccessSource, context: InspectContext): Promise<DiskInspection> {
  const { footer, header, virtualSizeBytes, isDifferencing, allocatedBytes, tablesChecked } = await readVhdHead(
    source,
    context,
  )
  const references = isDifferencing ? [await readParentReference(source, { header }, context.signal)] : []
  if (context.allowReferences !== true) for (const { refusal } of references) throw refusal()
  return {
    format: 'vhd',
    variant: header === undefined ? 'fixed' : isDifferencing ? 'differencing' : 'dynamic',
    virtualSizeBytes,
    fileSizeBytes: source.sizeBytes,
    allocatedBytes,
    tablesChecked,
    details: {
      creator: printable(footer.creator),
      currentSizeBytes: footer.currentSizeBytes,
      ...(header === undefined ? {} : { blockSizeBytes: header.blockBytes }),
    },
    ...(references.length === 0 ? {} : { references: references.map(({ refusal: _, ...reference }) => reference) }),
  }
}

export interface VhdHead extends Pick<DiskInspection, 'allocatedBytes' | 'tablesChecked'> {
  readonly footer: VhdFooter
  /** Absent for a fixed disk. */
  readonly header: VhdHeader | undefined
  readonly virtualSizeBytes: number
  readonly isDifferencing: boolean
}

/** Footer, header and block table, judged. @throws DiskError, but not for a parent */
export async function readVhdHead(source: RandomAccessSource, context: InspectContext): Promise<VhdHead> {
  const footer = await readFooter(source, context)
  assertFooter(footer)
  const virtualSizeBytes = vhdVirtualSizeBytes(footer)
  assertVirtualSize(virtualSizeBytes, context.limits)
  assertVirtualSize(footer.currentSizeBytes, context.limits)
  const isDifferencing = footer.type === vhdType.differencing
  const common = { footer, virtualSizeBytes, isDifferencing }
  if (footer.type === vhdType.fixed) {
    assertFixedSize(source, footer, virtualSizeBytes)
    return {
      ...common,
      header: undefined,
      allocatedBytes: source.sizeBytes - vhdFooterBytes,
      tablesChecked: 'all',
    }
  }
  const header = await readHeader(source, footer, Math.max(virtualSizeBytes, footer.currentSizeBytes), context)
  return { ...common, header, ...(await checkTable(source, footer, header, context)) }
}

/** The footer at the end, which must be there: without it the file was cut. A copy at the start must say the same. */
async function readFooter(source: RandomAccessSource, context: InspectContext): Promise<VhdFooter> {
  const what = 'The VHD footer'
  const head = await readInside(source, 0, vhdFooterBytes, what, context.signal)
  const tail = await readInside(source, source.sizeBytes - vhdFooterBytes, vhdFooterBytes, what, context.signal)
  if (!hasVhdCookie(tail)) throw truncated(what)
  const footer = [tail, head].find(isVhdFooter)
  if (footer === undefined) throw corrupt('VHD: the checksum of the footer is wrong')
  if (isVhdFooter(head) && isVhdFooter(tail) && !saysTheSame(head, tail)) {
    throw corrupt('VHD: the footer and its copy at the start contradict each other')
  }
  return parseVhdFooter(footer)
}

function saysTheSame(head: Buffer, tail: Buffer): boolean {
  const a = parseVhdFooter(head)
  const b = parseVhdFooter(tail)
  return a.type === b.type && a.dataOffset === b.dataOffset && vhdVirtualSizeBytes(a) === vhdVirtualSizeBytes(b)
}

function assertFooter(footer: VhdFooter): void {
  if (footer.majorVersion !== 1) {
    throw new DiskError('not-supported', 'VHD of this version is not known. Convert the image to VHDX or qcow2.')
  }
  if (!knownTypes.includes(footer.type)) throw corrupt('VHD: the disk type is not known')
  if (footer.hasSavedState) {
    throw new DiskError(
      'dirty',
      'VHD: the disk belongs to a saved machine state. Shut the guest down and export the disk again.',
    )
  }
}

function assertFixedSize(source: RandomAccessSource, footer: VhdFooter, virtualSizeBytes: number): void {
  const dataBytes = source.sizeBytes - vhdFooterBytes
  if (dataBytes < Math.max(virtualSizeBytes, footer.currentSizeBytes)) throw truncated('The data of the fixed VHD')
  if (dataBytes > Math.max(virtualSizeBytes, footer.currentSizeBytes) + fixedSlackBytes) {
    throw corrupt('VHD: the file is longer than the fixed disk that it describes')
  }
}

async function readHeader(
  source: RandomAccessSource,
  footer: VhdFooter,
  diskBytes: number,
  context: InspectContext,
): Promise<VhdHeader> {
  const bytes = await readInside(
    source,
    footer.dataOffset,
    vhdHeaderBytes,
    'The header of the dynamic VHD',
    context.signal,
  )
  if (!isVhdHeader(bytes)) throw corrupt('VHD: the header of the dynamic disk is missing or its checksum is wrong')
  const header = parseVhdHeader(bytes)
  if (header.majorVersion !== 1) throw corrupt('VHD: the version of the dynamic disk header is not known')
  if (header.blockBytes < 512 || header.blockBytes > maxBlockBytes || !isPowerOfTwo(header.blockBytes)) {
    throw corrupt('VHD: the block size is not a power of two from 512 bytes to 256 MiB')
  }
  if (header.tableEntries > maxTableEntries) throw tooLarge('The number of blocks of the VHD', `${maxTableEntries}`)
  if (header.tableEntries < Math.ceil(diskBytes / header.blockBytes)) {
    throw corrupt('VHD: the block table is too small for the virtual size')
  }
  return header
}

async function checkTable(
  source: RandomAccessSource,
  footer: VhdFooter,
  header: VhdHeader,
  context: InspectContext,
): Promise<Pick<DiskInspection, 'allocatedBytes' | 'tablesChecked'>> {
  const claims = new ClaimMap(source.sizeBytes, 512)
  const blockFileBytes = bitmapBytesOf(header.blockBytes) + header.blockBytes
  const table = { offset: header.tableOffset, entries: header.tableEntries, entryBytes: 4, what: 'The VHD block table' }
  const claim = (offset: number, length: number, what: string): void => {
    assertInside(source.sizeBytes - vhdFooterBytes, offset, length, what)
    if (!claims.claim(offset, length)) throw corrupt(`${what} shares its place with something else`)
  }
  claim(footer.dataOffset, vhdHeaderBytes, 'The header of the dynamic VHD')
  claim(table.offset, table.entries * 4, table.what)
  let blocks = 0
  for await (const { view, entries } of walkTable(source, table, context.signal)) {
    for (let index = 0; index < entries; index++) {
      const sector = view.getUint32(index * 4)
      if (sector === vhdAbsentBlock) continue
      claim(sector * 512, blockFileBytes, 'A VHD block')
      blocks++
    }
  }
  return { allocatedBytes: blocks * header.blockBytes, tablesChecked: claims.isTracking ? 'all' : 'part' }
}

function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, ' ').trim()
}
