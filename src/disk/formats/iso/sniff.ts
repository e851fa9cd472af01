import type { SniffInput } from '../format.ts'
import { isoMagic, isoMagicOffset } from './structs.ts'

/** The first 32 KiB are free for anything: a boot sector there (a hybrid ISO) is fine, another image's header is not. */
export function sniffIso({ head }: SniffInput): boolean {
  return head.subarray(isoMagicOffset, isoMagicOffset + isoMagic.length).equals(isoMagic)
}
