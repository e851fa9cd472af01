/**
 * A small ISO 9660 file system as bytes, with Joliet beside the plain tree: both name the same files as they are. For
 * drives that a guest reads once; everything is made in memory. Reference: ECMA-119, and Joliet's specification.
 */
import { DiskError } from '../disk-error.ts'
import { buildTree, foldersOf, sectorBytes, type IsoFile, type IsoFolder } from './iso-tree.ts'

export interface IsoOptions {
  /** Name of the file system: 1 to 16 printable ASCII characters. */
  readonly volumeId: string
  readonly madeAt: Date
  readonly contents: readonly { readonly paths: readonly string[]; readonly content: Buffer }[]
}

/** How names are written: plain ones in ASCII, Joliet's in UCS-2. */
interface Naming {
  readonly encode: (name: string) => Buffer
  readonly fileSuffix: string
}
const plain: Naming = { encode: (name) => Buffer.from(name, 'latin1'), fileSuffix: ';1' }
const joliet: Naming = { encode: (name) => Buffer.from(name, 'utf16le').swap16(), fileSuffix: ';1' }

const firstDescriptor = 16
const firstFree = 19

interface Volume {
  readonly naming: Naming
  readonly folders: readonly IsoFolder[]
  readonly sectorOf: ReadonlyMap<IsoFolder, number>
  readonly bytesOf: ReadonlyMap<IsoFolder, number>
  readonly tableBytes: number
  /** Little-endian, then big-endian. */
  readonly tableSectors: readonly [number, number]
}

/** @throws DiskError bad-option */
export function makeIso({ volumeId, madeAt, contents }: IsoOptions): Buffer {
  if (!/^[\x21-\x7e]{1,16}$/.test(volumeId)) {
    throw new DiskError('bad-option', 'The name of an ISO has 1 to 16 printable characters.')
  }
  const { root, files } = buildTree(contents)
  let next = firstFree
  const take = (bytes: number): number => {
    const sector = next
    next += Math.ceil(bytes / sectorBytes)
    return sector
  }
  const volumes = [plain, joliet].map((naming) => placeVolume(root, naming, take)) as [Volume, Volume]
  for (const file of files) file.sector = take(file.content.length)
  const image = Buffer.alloc(next * sectorBytes)
  volumes.forEach((volume, index) => {
    describeVolume(image.subarray((firstDescriptor + index) * sectorBytes), volume, volumeId, madeAt, next)
    writePathTables(image, volume)
    for (const folder of volume.folders) writeFolder(image, volume, folder, madeAt)
  })
  Buffer.from([255, ...Buffer.from('CD001'), 1]).copy(image, (firstDescriptor + volumes.length) * sectorBytes)
  for (const { content, sector } of files) content.copy(image, sector * sectorBytes)
  return image
}

function placeVolume(root: IsoFolder, naming: Naming, take: (bytes: number) => number): Volume {
  const folders = foldersOf(root)
  const tableBytes = pathTable(folders, naming, () => 0, 'le').length
  const tableSectors = [take(tableBytes), take(tableBytes)] as const
  const bytesOf = new Map(folders.map((folder) => [folder, folderBytes(folder, naming)]))
  const sectorOf = new Map(folders.map((folder) => [folder, take(bytesOf.get(folder) ?? 0)]))
  return { naming, folders, sectorOf, bytesOf, tableBytes, tableSectors }
}

function describeVolume(out: Buffer, volume: Volume, volumeId: string, madeAt: Date, sectors: number): void {
  const { naming, folders, tableBytes, tableSectors } = volume
  const isJoliet = naming === joliet
  const text = (at: number, length: number, value: string): void => {
    const filled = naming.encode(value.padEnd(isJoliet ? length / 2 : length, ' '))
    filled.copy(out, at, 0, length)
  }
  out[0] = isJoliet ? 2 : 1
  out.write('CD001', 1, 'latin1')
  out[6] = 1
  text(8, 32, '')
  text(40, 32, volumeId)
  bothEndian32(out, 80, sectors)
  // UCS-2, level 3.
  if (isJoliet) out.write('%/E', 88, 'latin1')
  bothEndian16(out, 120, 1)
  bothEndian16(out, 124, 1)
  bothEndian16(out, 128, sectorBytes)
  bothEndian32(out, 132, tableBytes)
  out.writeUInt32LE(tableSectors[0], 140)
  out.writeUInt32BE(tableSectors[1], 148)
  const [root] = folders
  if (root !== undefined) folderRecord(volume, root, Buffer.from([0]), madeAt).copy(out, 156)
  for (const [at, length] of [
    [190, 128],
    [318, 128],
    [446, 128],
    [574, 128],
    [702, 37],
    [739, 37],
    [776, 37],
  ] as const) {
    text(at, length, '')
  }
  const stamp = `${madeAt
    .toISOString()
    .replaceAll(/[^0-9]/g, '')
    .slice(0, 16)}\0`
  out.write(stamp, 813, 'latin1')
  out.write(stamp, 830, 'latin1')
  out.write('0'.repeat(16), 847, 'latin1')
  out.write('0'.repeat(16), 864, 'latin1')
  out[881] = 1
}

function writePathTables(image: Buffer, { naming, folders, sectorOf, tableSectors }: Volume): void {
  const [little, big] = tableSectors
  const at = (folder: IsoFolder): number => sectorOf.get(folder) ?? 0
  pathTable(folders, naming, at, 'le').copy(image, little * sectorBytes)
  pathTable(folders, naming, at, 'be').copy(image, big * sectorBytes)
}

function pathTable(
  folders: readonly IsoFolder[],
  naming: Naming,
  sectorOf: (folder: IsoFolder) => number,
  order: 'le' | 'be',
): Buffer {
  const records = folders.map((folder) => {
    const name = folder.parent === undefined ? Buffer.from([0]) : naming.encode(folder.name)
    const record = Buffer.alloc(8 + name.length + (name.length % 2))
    const parent = folders.indexOf(folder.parent ?? folder) + 1
    record[0] = name.length
    if (order === 'le') {
      record.writeUInt32LE(sectorOf(folder), 2)
      record.writeUInt16LE(parent, 6)
    } else {
      record.writeUInt32BE(sectorOf(folder), 2)
      record.writeUInt16BE(parent, 6)
    }
    name.copy(record, 8)
    return record
  })
  return Buffer.concat(records)
}

function writeFolder(image: Buffer, volume: Volume, folder: IsoFolder, madeAt: Date): void {
  const start = (volume.sectorOf.get(folder) ?? 0) * sectorBytes
  packRecords(folderRecords(volume, folder, madeAt), (record, offset) => record.copy(image, start + offset))
}

/** Of itself, of its parent, then of what is in it, by name. */
function folderRecords(volume: Volume, folder: IsoFolder, madeAt: Date): readonly Buffer[] {
  const { naming } = volume
  const children = [
    ...folder.folders.map((child) => ({
      name: child.name,
      record: folderRecord(volume, child, naming.encode(child.name), madeAt),
    })),
    ...folder.files.map(({ name, file }) => ({
      name,
      record: fileRecord(file, naming.encode(`${name}${naming.fileSuffix}`), madeAt),
    })),
  ].sort((one, other) => (one.name < other.name ? -1 : 1))
  return [
    folderRecord(volume, folder, Buffer.from([0]), madeAt),
    folderRecord(volume, folder.parent ?? folder, Buffer.from([1]), madeAt),
    ...children.map(({ record }) => record),
  ]
}

function folderBytes(folder: IsoFolder, naming: Naming): number {
  const nowhere = {
    naming,
    folders: [],
    sectorOf: new Map(),
    bytesOf: new Map(),
    tableBytes: 0,
    tableSectors: [0, 0],
  } as const
  let end = 0
  packRecords(folderRecords(nowhere, folder, new Date(0)), (record, offset) => {
    end = offset + record.length
  })
  return Math.ceil(end / sectorBytes) * sectorBytes
}

/** No record crosses the end of a sector. */
function packRecords(records: readonly Buffer[], place: (record: Buffer, offset: number) => void): void {
  let offset = 0
  for (const record of records) {
    const left = sectorBytes - (offset % sectorBytes)
    if (record.length > left) offset += left
    place(record, offset)
    offset += record.length
  }
}

function folderRecord(volume: Volume, folder: IsoFolder, name: Buffer, madeAt: Date): Buffer {
  const place = { sector: volume.sectorOf.get(folder) ?? 0, bytes: volume.bytesOf.get(folder) ?? 0 }
  return directoryRecord(place, name, 2, madeAt)
}

function fileRecord({ sector, content }: IsoFile, name: Buffer, madeAt: Date): Buffer {
  return directoryRecord({ sector, bytes: content.length }, name, 0, madeAt)
}

function directoryRecord(
  { sector, bytes }: { readonly sector: number; readonly bytes: number },
  name: Buffer,
  flags: number,
  madeAt: Date,
): Buffer {
  const length = 33 + name.length + ((name.length + 1) % 2)
  const record = Buffer.alloc(length)
  record[0] = length
  bothEndian32(record, 2, sector)
  bothEndian32(record, 10, bytes)
  const time = [
    madeAt.getUTCFullYear() - 1900,
    madeAt.getUTCMonth() + 1,
    madeAt.getUTCDate(),
    madeAt.getUTCHours(),
    madeAt.getUTCMinutes(),
    madeAt.getUTCSeconds(),
  ]
  record.set(time, 18)
  record[25] = flags
  bothEndian16(record, 28, 1)
  record[32] = name.length
  name.copy(record, 33)
  return record
}

function bothEndian16(out: Buffer, at: number, value: number): void {
  out.writeUInt16LE(value, at)
  out.writeUInt16BE(value, at + 2)
}

function bothEndian32(out: Buffer, at: number, value: number): void {
  out.writeUInt32LE(value, at)
  out.writeUInt32BE(value, at + 4)
}
