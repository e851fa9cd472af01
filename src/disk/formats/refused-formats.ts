/** Formats that are recognised so that they are refused by name, instead of passing for raw. */
import { DiskError } from '../disk-error.ts'
import type { SniffInput } from './format.ts'

interface RefusedFormat {
  readonly name: string
  readonly offset: number
  readonly magic: Buffer
  readonly isAtEnd?: boolean
  readonly isEncrypted?: boolean
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

const refusedFormats: readonly RefusedFormat[] = [
  { name: 'QED', offset: 0, magic: ascii('QED\0') },
  { name: 'qcow version 1', offset: 0, magic: ascii('QFI\xfb\0\0\0\x01') },
  { name: 'LUKS', offset: 0, magic: ascii('LUKS\xba\xbe'), isEncrypted: true },
  { name: 'Parallels', offset: 0, magic: ascii('WithoutFreeSpace') },
  { name: 'Parallels', offset: 0, magic: ascii('WithouFreSpacExt') },
  { name: 'Bochs', offset: 0, magic: ascii('Bochs Virtual HD Image') },
  { name: 'cloop', offset: 0, magic: ascii('#!/bin/sh\n#V2.0 Format') },
  { name: 'DMG', offset: 0, magic: ascii('koly\0\0\0\x04\0\0\x02\0'), isAtEnd: true },
]

/** Names of the refused formats that these bytes carry the mark of. */
export function sniffRefused({ head, tail }: SniffInput): readonly RefusedFormat[] {
  return refusedFormats.filter(({ offset, magic, isAtEnd }) => {
    const bytes = isAtEnd === true ? tail : head
    return bytes?.subarray(offset, offset + magic.length).equals(magic) ?? false
  })
}

export function refuse(format: RefusedFormat): DiskError {
  return format.isEncrypted === true
    ? new DiskError('encrypted', `The image is encrypted (${format.name}). Decrypt it and upload the result.`)
    : new DiskError(
        'not-supported',
        `Images of the format ${format.name} are not supported. Convert the image to qcow2 and upload the result.`,
      )
}
