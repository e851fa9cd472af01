import type { SniffInput } from '../format.ts'
import { hasVhdCookie, isVhdFooter } from './structs.ts'

/** Dynamic and differencing disks begin with a copy of the footer; fixed ones show only at their end. */
export function sniffVhd({ head, tail }: SniffInput): boolean {
  return hasVhdCookie(head) || (tail !== undefined && isVhdFooter(tail))
}
