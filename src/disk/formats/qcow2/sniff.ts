import type { SniffInput } from '../format.ts'
import { qcow2Magic } from './structs.ts'

/** Version 1 has the same magic and is another format (see refused-formats.ts). */
export function sniffQcow2({ head }: SniffInput): boolean {
  return head.length >= 8 && head.readUInt32BE(0) === qcow2Magic && head.readUInt32BE(4) !== 1
}
