/** A boot sector that counts on its own disk: it writes the next number into the second sector for as long as it runs. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const sectorBytes = 512

/** The bytes of a disk of two sectors. The machine code is written byte by byte: no assembler is needed. */
export function makeWritingSector(): Buffer {
  const program = Buffer.from([
    ...[0x31, 0xc0], // xor ax, ax
    ...[0x8e, 0xd8, 0x8e, 0xc0, 0x8e, 0xd0], // mov ds, ax; mov es, ax; mov ss, ax
    ...[0xbc, 0x00, 0x7c], // mov sp, 0x7c00
    0xfb, // sti
    ...[0x66, 0xc7, 0x06, 0x00, 0x7e, 0x00, 0x00, 0x00, 0x00], // mov dword [0x7e00], 0
    ...[0x66, 0xff, 0x06, 0x00, 0x7e], // next: inc dword [0x7e00]
    ...[0xb8, 0x01, 0x03], // mov ax, 0x0301: write one sector
    ...[0xbb, 0x00, 0x7e], // mov bx, 0x7e00
    ...[0xb9, 0x02, 0x00], // mov cx, 2: the second of the disk
    ...[0xba, 0x80, 0x00], // mov dx, 0x80: the first disk
    ...[0xcd, 0x13], // int 0x13
    ...[0xeb, 0xeb], // jmp next
  ])
  const disk = Buffer.alloc(2 * sectorBytes)
  program.copy(disk)
  disk.writeUInt16BE(0x55aa, sectorBytes - 2)
  return disk
}

/** How far the guest has counted, by QEMU's own tool, which reads a disk that is in use. @param disk a qcow2 file */
export async function readCount(disk: string): Promise<number> {
  const read = ['-U', '-r', '-f', 'qcow2', '-c', `read -v ${sectorBytes} 4`, disk]
  const { stdout } = await run('qemu-io', read)
  const bytes = /^0*200: +((?:[0-9a-f]{2} ){4})/m.exec(stdout)?.[1]
  if (bytes === undefined) throw new Error(`qemu-io says: ${stdout}`)
  return Buffer.from(bytes.replaceAll(' ', ''), 'hex').readUInt32LE(0)
}
