import type { SniffInput } from '../format.ts'
import { cowdMagic, descriptorMark, hasVmdkMagic, seSparseMagic } from './structs.ts'

/** Sparse extents of all three kinds, and a bare text descriptor. */
export function sniffVmdk({ head }: SniffInput): boolean {
  const startsWith = (magic: Buffer): boolean => head.subarray(0, magic.length).equals(magic)
  const text = head.toString('latin1', 0, descriptorMark.length).toLowerCase()
  return hasVmdkMagic(head) || startsWith(cowdMagic) || startsWith(seSparseMagic) || text === descriptorMark
}
