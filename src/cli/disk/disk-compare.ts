import { compareDisks } from '../../disk/compare-disks.ts'
import { openDisk } from '../../disk/open-disk.ts'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CompareFlags } from './add-disk-commands.ts'
import { parseDiskFormat } from './disk-format-names.ts'
import { explainDiskErrors } from './explain-disk-errors.ts'
import { interruptible } from './interruptible.ts'
import { openOptions } from './open-options.ts'
import { progressBar } from './progress-bar.ts'

/** As qemu-img: 1 says that the disks differ, so what cannot be compared is 2. */
const trouble = exitCodes.usage

export async function diskCompare(file: string, other: string, flags: CompareFlags): Promise<void> {
  const bar = flags.progress === true || process.stderr.isTTY ? progressBar(process.stderr) : undefined
  const result = await interruptible(async (signal) => {
    const options = openOptions(flags, signal)
    const { format: _, snapshot: __, ...shared } = options
    const format = flags.targetFrom === undefined ? {} : { format: parseDiskFormat('--target-from', flags.targetFrom) }
    await using a = await explainDiskErrors(file, () => openDisk(file, options), trouble)
    await using b = await explainDiskErrors(other, () => openDisk(other, { ...shared, ...format }), trouble)
    const onProgress = bar === undefined ? {} : { onProgress: bar.update }
    return await explainDiskErrors(`${file}, ${other}`, () => compareDisks(a, b, { signal, ...onProgress }), trouble)
  }).finally(() => bar?.end())
  const isSizeDifferent = result.sizes[0] !== result.sizes[1]
  const differs = !result.isEqual || (flags.strict === true && isSizeDifferent)
  const sizeNote = isSizeDifferent ? ` (their sizes differ: ${result.sizes.join(' and ')} bytes)` : ''
  if (flags.json === true) console.log(JSON.stringify({ file, other, ...result, isEqual: !differs }, null, 2))
  if (differs) {
    const what = result.isEqual ? '' : ` from byte ${result.firstDifference} on`
    throw new CliError(exitCodes.failed, `the disks differ${what}${sizeNote}`)
  }
  if (flags.json !== true) console.log(`the disks are equal${sizeNote}`)
}
