import type { SniffInput } from '../format.ts'
import { vdiSignature, vdiSignatureOffset } from './structs.ts'

export function sniffVdi({ head }: SniffInput): boolean {
  return head.length >= vdiSignatureOffset + 4 && head.readUInt32LE(vdiSignatureOffset) === vdiSignature
}
