/**
 * make-boot-sector.ts OUT.raw: a 512-byte disk that prints a marker on COM1 and halts, for tests in which Linux is
 * too slow. The machine code is written byte by byte: no assembler is needed. Owns no state.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const bootSectorMarker = 'POLYVISOR-BOOT-SECTOR'

const loadAddress = 0x7c00
const sectorBytes = 512

/** The bytes of a bootable 512-byte disk that writes `text` (ASCII) and a line end to COM1, then halts for ever. */
export function makeBootSector(text: string = bootSectorMarker): Buffer {
  const start = Buffer.from([
    0xfa, // cli: nothing wakes the final hlt
    0xfc, // cld
    ...[0x31, 0xc0], // xor ax, ax
    ...[0x8e, 0xd8], // mov ds, ax
    ...[0xbe, 0x00, 0x00], // mov si, text (filled in below)
  ])
  const operandOfText = start.length - 2
  const loop = Buffer.from([
    0xac, // next: lodsb
    ...[0x84, 0xc0], // test al, al
    ...[0x74, 0x11], // jz done
    ...[0x88, 0xc4], // mov ah, al
    ...[0xba, 0xfd, 0x03], // mov dx, line status of COM1
    0xec, // wait: in al, dx
    ...[0xa8, 0x20], // test al, transmitter empty
    ...[0x74, 0xfb], // jz wait
    ...[0xb2, 0xf8], // mov dl, data of COM1
    ...[0x88, 0xe0], // mov al, ah
    0xee, // out dx, al
    ...[0xeb, 0xea], // jmp next
    0xf4, // done: hlt
    ...[0xeb, 0xfd], // jmp done
  ])
  start.writeUInt16LE(loadAddress + start.length + loop.length, operandOfText)
  const program = Buffer.concat([start, loop, Buffer.from(`${text}\r\n\0`, 'ascii')])
  if (program.length > sectorBytes - 2)
    throw new Error(`the text is ${program.length - sectorBytes + 2} bytes too long`)
  const sector = Buffer.alloc(sectorBytes)
  program.copy(sector)
  sector.writeUInt16BE(0x55aa, sectorBytes - 2)
  return sector
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = process.argv[2]
  if (out === undefined) {
    process.stderr.write('usage: make-boot-sector.ts OUT.raw\n')
    process.exit(2)
  }
  writeFileSync(out, makeBootSector())
}
