import { checkDisk } from '../../disk/check-disk.ts'
import { DiskError } from '../../disk/disk-error.ts'
import type { DiskErrorCode } from '../../disk/disk-error.ts'
import { CliError, exitCodes } from '../cli-error.ts'
import type { DiskFlags } from './add-disk-commands.ts'
import { explainDiskErrors } from './explain-disk-errors.ts'
import { formatBytes } from './format-bytes.ts'
import { interruptible } from './interruptible.ts'
import { openOptions } from './open-options.ts'
import { progressBar } from './progress-bar.ts'

/** As qemu-img: 2 says that the image is damaged, 3 that it is whole and takes more space than it uses. */
const damaged = exitCodes.usage
const leaking = exitCodes.unreachable
const damageCodes: readonly DiskErrorCode[] = ['corrupt', 'truncated', 'dirty', 'polyglot']

export async function diskCheck(file: string, flags: DiskFlags): Promise<void> {
  const bar = flags.progress === true || process.stderr.isTTY ? progressBar(process.stderr) : undefined
  const work = (signal: AbortSignal) =>
    checkDisk(file, { ...openOptions(flags, signal), ...(bar === undefined ? {} : { onProgress: bar.update }) })
  try {
    const result = await interruptible(work).finally(() => bar?.end())
    const { dataBytes, leakedClusters = 0, leakedBytes = 0 } = result
    if (flags.json === true) console.log(JSON.stringify({ file, isWhole: true, ...result }, null, 2))
    else console.log(`${file}: whole; ${formatBytes(dataBytes)} of data were read`)
    if (leakedClusters === 0) return
    throw new CliError(
      leaking,
      `${file}: ${formatBytes(leakedBytes)} are taken and not used (${leakedClusters} leaked clusters); convert the image, or run qemu-img check -r leaks`,
    )
  } catch (error) {
    if (error instanceof CliError) throw error
    const isDamage = error instanceof DiskError && damageCodes.includes(error.code)
    if (isDamage && flags.json === true) {
      console.log(JSON.stringify({ file, isWhole: false, code: error.code, reason: error.message }, null, 2))
    }
    await explainDiskErrors(file, () => Promise.reject(error as Error), isDamage ? damaged : exitCodes.failed)
  }
}
