/**
 * The text part of a VMDK. Every line must be of a known kind, and no line may name a place outside the file:
 * names are read to be refused, never to be opened.
 */
import { DiskError, corrupt, tooLarge } from '../../disk-error.ts'

export const maxDescriptorBytes = 1024 ** 2
const maxLines = 4096

export interface VmdkExtent {
  readonly access: string
  readonly sectors: number
  readonly type: string
  readonly hasPath: boolean
  /** Hostile until proven otherwise. */
  readonly name: string
  /** Where in its file a flat extent begins. */
  readonly offsetSectors: number
}

export interface VmdkDescriptor {
  /** Lower case. */
  readonly createType: string
  readonly extents: readonly VmdkExtent[]
  readonly hasParent: boolean
  /** Changes with the content; lower case. A child remembers that of its parent. */
  readonly contentId: string
  readonly parentContentId: string
  readonly parentName: string
}

const extentLine =
  /^(RW|RDONLY|NOACCESS)\s+(\d{1,19})\s+([A-Z][A-Z0-9]*)(?:\s+"([^"]*)"(?:\s+(\d{1,19}))?(?:\s+.*)?)?$/i
const keyLine = /^([A-Za-z][\w.]*)\s*=\s*(.*)$/

/** @param bytes the descriptor with its padding. @throws DiskError */
export function parseDescriptor(bytes: Buffer): VmdkDescriptor {
  if (bytes.length > maxDescriptorBytes) throw tooLarge('The VMDK descriptor', '1 MiB')
  const end = bytes.indexOf(0)
  const text = bytes.subarray(0, end === -1 ? bytes.length : end)
  if (text.some((byte) => (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) || byte > 0x7e)) {
    throw corrupt('VMDK: the descriptor is not plain ASCII text')
  }
  const lines = text.toString('latin1').split(/\r\n|\n|\r/)
  if (lines.length > maxLines) throw tooLarge('The VMDK descriptor', `${maxLines} lines`)
  const keys = new Map<string, string>()
  const extents: VmdkExtent[] = []
  for (const line of lines.map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const extent = parseExtent(line)
    if (extent !== undefined) extents.push(extent)
    else readKey(line, keys)
  }
  return {
    createType: (keys.get('createtype') ?? '').toLowerCase(),
    extents,
    hasParent: namesParent(keys),
    contentId: (keys.get('cid') ?? '').toLowerCase(),
    parentContentId: (keys.get('parentcid') ?? '').toLowerCase(),
    parentName: keys.get('parentfilenamehint') ?? '',
  }
}

/** One file that holds everything: the only kind of VMDK that can be uploaded as one image. @throws DiskError */
export function assertSelfContained(descriptor: VmdkDescriptor, capacitySectors: number): void {
  if (descriptor.hasParent) throw parentRefusal()
  assertOwnExtent(descriptor, capacitySectors)
}

/** All of the disk lies in the file that the descriptor stands in. @throws DiskError */
export function assertOwnExtent(descriptor: VmdkDescriptor, capacitySectors: number): void {
  const isKnownType = descriptor.createType === 'monolithicsparse' || descriptor.createType === 'streamoptimized'
  const [extent] = descriptor.extents
  if (!isKnownType || extent === undefined || descriptor.extents.length > 1) throw externalExtent()
  if (extent.type !== 'SPARSE' || extent.hasPath) throw externalExtent()
  if (extent.access === 'NOACCESS') throw corrupt('VMDK: the extent is marked as not accessible')
  if (extent.sectors > capacitySectors || extent.sectors === 0)
    throw corrupt('VMDK: the descriptor and the header disagree about the size')
}

export function parentRefusal(): DiskError {
  return new DiskError(
    'backing-file',
    'VMDK: the disk is a snapshot that depends on another one. Consolidate or clone it and upload the result.',
  )
}

export function externalExtent(): DiskError {
  return new DiskError(
    'external-extent',
    'VMDK: the disk lies in other files. Convert it into one file of the kind streamOptimized (for example with qemu-img convert -O vmdk -o subformat=streamOptimized) and upload that.',
  )
}

function parseExtent(line: string): VmdkExtent | undefined {
  const match = extentLine.exec(line)
  if (match === null) return undefined
  const [, access = '', sectors = '', type = '', name = '', offset = '0'] = match
  return {
    access: access.toUpperCase(),
    sectors: Number(sectors),
    type: type.toUpperCase(),
    hasPath: /[/\\:]/.test(name),
    name,
    offsetSectors: Number(offset),
  }
}

/** The first of two equal keys would win for one reader and the last for another: refused. */
function readKey(line: string, keys: Map<string, string>): void {
  const match = keyLine.exec(line)
  if (match === null) throw corrupt('VMDK: the descriptor has a line of an unknown kind')
  const key = (match[1] ?? '').toLowerCase()
  if (keys.has(key)) throw corrupt('VMDK: the descriptor has a key twice')
  keys.set(key, (match[2] ?? '').trim().replace(/^"(.*)"$/, '$1'))
}

function namesParent(keys: ReadonlyMap<string, string>): boolean {
  const parent = (keys.get('parentcid') ?? 'ffffffff').toLowerCase()
  return keys.has('parentfilenamehint') || (parent !== 'ffffffff' && parent !== '')
}
