/** Tells a format by its marks. Nothing here looks into guest data, and two marks at once are refused. */
import type { DiskFormat } from '../model/disk-formats.ts'
import { DiskError } from './disk-error.ts'
import { sniffHeadBytes } from './formats/format.ts'
import type { SniffInput } from './formats/format.ts'
import { diskFormatModules } from './formats/index.ts'
import { refuse, sniffRefused } from './formats/refused-formats.ts'

export { sniffHeadBytes }

/**
 * What the first bytes of an upload say (give `sniffHeadBytes` of them, or all of a shorter file).
 * Undefined: no mark in sight, so raw, or a fixed VHD, whose mark is at its end; also when several marks contradict.
 */
export function sniffHeader(firstBytes: Buffer): DiskFormat | undefined {
  const formats = matches({ head: firstBytes.subarray(0, sniffHeadBytes) })
  return formats.length === 1 ? formats[0] : undefined
}

/**
 * The early check of an upload that is still arriving: refuses a lie as soon as its first bytes show it.
 * Passing it proves nothing; `inspectDisk` has the last word.
 * @throws DiskError `format-mismatch` | `polyglot` | `encrypted` | `not-supported`
 */
export function assertHeaderFits(firstBytes: Buffer, declaredFormat: DiskFormat): void {
  const format = detect({ head: firstBytes.subarray(0, sniffHeadBytes) }, declaredFormat)
  if (format === undefined && (declaredFormat === 'raw' || declaredFormat === 'vhd')) return
  assertDeclared(format ?? 'raw', declaredFormat)
}

/** The one format that the marks name; undefined when there is none. @throws DiskError */
export function detect(input: SniffInput, declaredFormat?: DiskFormat): DiskFormat | undefined {
  const formats = matches(input)
  const refused = sniffRefused(input)
  if (formats.length + refused.length > 1) {
    throw new DiskError(
      'polyglot',
      'The file is an image of two formats at once, which is a known attack. Export the disk again and upload that.',
    )
  }
  const [stranger] = refused
  if (stranger === undefined) return formats[0]
  if (declaredFormat === undefined || stranger.isEncrypted === true) throw refuse(stranger)
  throw mismatch(stranger.name, declaredFormat)
}

export function assertDeclared(found: DiskFormat, declared: DiskFormat): void {
  if (found !== declared) throw mismatch(found, declared)
}

function mismatch(found: string, declared: DiskFormat): DiskError {
  return new DiskError(
    'format-mismatch',
    `The image was declared as ${declared}, but its content is ${found}. Declare the format that it has, or upload another file.`,
    { found },
  )
}

function matches(input: SniffInput): readonly DiskFormat[] {
  return diskFormatModules.filter((module) => module.sniff(input)).map((module) => module.format)
}
