/** Finds zeros inside data. Costs next to nothing beside a copy: a block that begins with anything else is seen at once. */
export interface Run {
  /** From the start of the data. */
  readonly start: number
  readonly end: number
}

const zeros = Buffer.alloc(64 * 1024)

export function isZero(data: Buffer): boolean {
  for (let start = 0; start < data.length; start += zeros.length) {
    const end = Math.min(start + zeros.length, data.length)
    if (data[start] !== 0 || data[end - 1] !== 0) return false
    if (data.compare(zeros, 0, end - start, start, end) !== 0) return false
  }
  return true
}

/** The stretches of whole blocks that are not all zeros; neighbours are one run. */
export function nonZeroRuns(data: Buffer, blockBytes: number): readonly Run[] {
  const runs: Run[] = []
  let start = -1
  for (let at = 0; at < data.length; at += blockBytes) {
    const isEmpty = isZero(data.subarray(at, Math.min(at + blockBytes, data.length)))
    if (!isEmpty && start < 0) start = at
    else if (isEmpty && start >= 0) {
      runs.push({ start, end: at })
      start = -1
    }
  }
  if (start >= 0) runs.push({ start, end: data.length })
  return runs
}
