import type { SniffInput } from '../format.ts'
import { vhdxSignature } from './structs.ts'

export function sniffVhdx({ head }: SniffInput): boolean {
  return head.subarray(0, vhdxSignature.length).equals(vhdxSignature)
}
