import type { DiskProgress } from './algebra/progress.ts'
import { isZero } from './algebra/non-zero-runs.ts'
import { lockstep } from './algebra/lockstep.ts'
import type { RandomAccessDisk } from './disk.ts'

export interface CompareOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: DiskProgress) => void
}

export type CompareResult =
  | { readonly isEqual: true; readonly sizes: readonly [number, number] }
  | { readonly isEqual: false; readonly sizes: readonly [number, number]; readonly firstDifference: number }

/**
 * Compares what a guest would see. What one disk is longer than the other must be zeros to be equal; whether different
 * sizes count as a difference is for the caller to say, who finds both in the result. What is empty on both sides is not read.
 * @throws DiskError and what reading throws
 */
export async function compareDisks(
  a: RandomAccessDisk,
  b: RandomAccessDisk,
  { signal, onProgress }: CompareOptions = {},
): Promise<CompareResult> {
  const sizes = [a.virtualSizeBytes, b.virtualSizeBytes] as const
  const totalBytes = Math.max(...sizes)
  let dataBytes = 0
  for await (const { offset, length, dataA, dataB } of lockstep(a, b, signal)) {
    const difference = firstDifference(dataA, dataB)
    if (difference !== undefined) return { isEqual: false, sizes, firstDifference: offset + difference }
    if (dataA !== undefined || dataB !== undefined) dataBytes += length
    onProgress?.({ doneBytes: offset + length, totalBytes, dataBytes })
  }
  return { isEqual: true, sizes }
}

/** Undefined data is zeros. @returns where the first differing byte is */
function firstDifference(a: Buffer | undefined, b: Buffer | undefined): number | undefined {
  if (a !== undefined && b !== undefined)
    return a.equals(b) ? undefined : a.findIndex((byte, index) => byte !== b[index])
  const data = a ?? b
  return data === undefined || isZero(data) ? undefined : data.findIndex((byte) => byte !== 0)
}
