import { checkDisk } from '../../disk/check-disk.ts'
import { DiskError } from '../../disk/disk-error.ts'
import type { DiskErrorCode } from '../../disk/disk-error.ts'
import { exitCodes } from '../cli-error.ts'
import type { DiskFlags } from './add-disk-commands.ts'
import { explainDiskErrors } from './explain-disk-errors.ts'
import { formatBytes } from './format-bytes.ts'
import { interruptible } from './interruptible.ts'
import { openOptions } from './open-options.ts'
import { progressBar } from './progress-bar.ts'

/** As qemu-img: 2 says that the image is damaged. */
const damaged = exitCodes.usage
const damageCodes: readonly DiskErrorCode[] = ['corrupt', 'truncated', 'dirty', 'polyglot']

export async function diskCheck(file: string, flags: DiskFlags): Promise<void> {
  const bar = flags.progress === true || process.stderr.isTTY ? progressBar(process.stderr) : undefined
  const work = (signal: AbortSignal) =>
    checkDisk(file, { ...openOptions(flags, signal), ...(bar === undefined ? {} : { onProgress: bar.update }) })
  try {
    const { dataBytes, virtualSizeBytes } = await interruptible(work).finally(() => bar?.end())
    if (flags.json === true) console.log(JSON.stringify({ file, isWhole: true, virtualSizeBytes, dataBytes }, null, 2))
    else console.log(`${file}: whole; ${formatBytes(dataBytes)} of data were read`)
  } catch (error) {
    const isDamage = error instanceof DiskError && damageCodes.includes(error.code)
    if (isDamage && flags.json === true) {
      console.log(JSON.stringify({ file, isWhole: false, code: error.code, reason: error.message }, null, 2))
    }
    await explainDiskErrors(file, () => Promise.reject(error as Error), isDamage ? damaged : exitCodes.failed)
  }
}
