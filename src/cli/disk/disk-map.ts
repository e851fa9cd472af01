import type { DiskRange } from '../../disk/disk.ts'
import { openDisk } from '../../disk/open-disk.ts'
import type { DiskFlags } from './add-disk-commands.ts'
import { explainDiskErrors } from './explain-disk-errors.ts'
import { openOptions } from './open-options.ts'

/** One line for each range, as they come: a map can be long. JSON has qemu-img's names for what both know. */
export async function diskMap(file: string, flags: DiskFlags): Promise<void> {
  await explainDiskErrors(file, async () => {
    await using disk = await openDisk(file, openOptions(flags))
    const isJson = flags.json === true
    let count = 0
    let last: DiskRange | undefined
    const print = (range: DiskRange): void => {
      if (isJson) process.stdout.write(`${count === 0 ? '[' : ',\n'}${toJson(range)}`)
      else console.log(`${count === 0 ? `${header}\n` : ''}${toLine(range)}`)
      count++
    }
    for await (const range of disk.ranges(0, disk.virtualSizeBytes)) {
      if (last !== undefined && last.kind === range.kind) last = { ...last, length: last.length + range.length }
      else {
        if (last !== undefined) print(last)
        last = range
      }
    }
    if (last !== undefined) print(last)
    if (isJson) process.stdout.write(']\n')
  })
}

const header = 'start             length            kind'

function toLine({ offset, length, kind }: DiskRange): string {
  return `${String(offset).padEnd(16)}  ${String(length).padEnd(16)}  ${kind}`
}

function toJson({ offset, length, kind }: DiskRange): string {
  const isData = kind === 'data'
  return JSON.stringify({ start: offset, length, kind, present: kind !== 'absent', zero: !isData, data: isData })
}
