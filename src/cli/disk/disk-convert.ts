import { stat } from 'node:fs/promises'
import { convertDisk } from '../../disk/convert-disk.ts'
import type { ConvertRequest, ConvertResult } from '../../disk/convert-disk.ts'
import { CliError, exitCodes } from '../cli-error.ts'
import type { ConvertFlags } from './add-disk-commands.ts'
import { formatByEnding, parseDiskFormat } from './disk-format-names.ts'
import { explainDiskErrors } from './explain-disk-errors.ts'
import { formatBytes } from './format-bytes.ts'
import { interruptible } from './interruptible.ts'
import { openOptions } from './open-options.ts'
import { progressBar } from './progress-bar.ts'

export async function diskConvert(source: string, target: string, flags: ConvertFlags): Promise<void> {
  const isToStdout = target === '-'
  const isShown = flags.quiet !== true && (flags.progress === true || process.stderr.isTTY)
  const startMs = performance.now()
  const bar = isShown ? progressBar(process.stderr) : undefined
  try {
    const result = await interruptible(async (signal) => {
      const request = await makeRequest(source, target, flags, signal)
      const onProgress = bar === undefined ? {} : { onProgress: bar.update }
      return explainDiskErrors(source, () => convertDisk({ ...request, ...onProgress }))
    })
    bar?.end()
    if (flags.quiet !== true)
      report(result, { target, flags, isToStdout, seconds: (performance.now() - startMs) / 1000 })
  } finally {
    bar?.end()
  }
}

async function makeRequest(
  source: string,
  target: string,
  flags: ConvertFlags,
  signal: AbortSignal,
): Promise<ConvertRequest> {
  const targetFormat = flags.to === undefined ? formatByEnding(target) : parseDiskFormat('--to', flags.to)
  return {
    ...openOptions(flags, signal),
    source: source === '-' ? process.stdin : source,
    target: await openTarget(target),
    targetFormat,
    targetOptions: { ...parseOptions(flags.option ?? []), ...(flags.compress === true ? { compress: 'on' } : {}) },
    isDurable: flags.fsync,
    verify: flags.verify === true,
    hash: flags.hash !== undefined,
    ...(flags.size === undefined ? {} : { streamSizeBytes: parseSize(flags.size) }),
  }
}

/** Pipes and character devices are written to as streams; a device that holds a disk is not for us to replace. */
async function openTarget(target: string): Promise<ConvertRequest['target']> {
  if (target === '-') return process.stdout
  const known = await stat(target).catch(() => undefined)
  if (known === undefined || known.isFile()) return target
  if (known.isFIFO() || known.isCharacterDevice()) {
    const { createWriteStream } = await import('node:fs')
    return createWriteStream(target)
  }
  throw new CliError(exitCodes.usage, `${target} is no file; give a file, a pipe or -`)
}

/** `-o a=b,c=d -o e=f` */
function parseOptions(texts: readonly string[]): Readonly<Record<string, string>> {
  const pairs = texts
    .flatMap((text) => text.split(','))
    .map((pair) => {
      const equals = pair.indexOf('=')
      if (equals < 1) throw new CliError(exitCodes.usage, `-o ${pair}: must be KEY=VALUE, for example cluster_size=64k`)
      return [pair.slice(0, equals), pair.slice(equals + 1)] as const
    })
  return Object.fromEntries(pairs)
}

const sizeUnits: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 }

function parseSize(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,15})([kmgt]?)$/i.exec(text) ?? []
  const bytes = Number(digits) * (sizeUnits[unit.toLowerCase()] ?? Number.NaN)
  if (bytes > 0 && bytes % 512 === 0) return bytes
  throw new CliError(exitCodes.usage, `--size ${text}: must be a multiple of 512 bytes, for example 10G`)
}

/** With the image on stdout, what there is to say goes to stderr. */
function report(
  result: ConvertResult,
  { target, flags, isToStdout, seconds }: { target: string; flags: ConvertFlags; isToStdout: boolean; seconds: number },
): void {
  const print = isToStdout ? console.error : console.log
  if (flags.json === true)
    return print(JSON.stringify({ target, ...result, seconds: Number(seconds.toFixed(3)) }, null, 2))
  const verified = result.isVerified ? ', read back and equal' : ''
  print(
    `${target}: ${result.targetFormat}, ${formatBytes(result.virtualSizeBytes)}, of it ${formatBytes(result.dataBytes)} data, in ${seconds.toFixed(1)} s${verified}`,
  )
  if (result.sha256 !== undefined) print(`sha256 of the raw content: ${result.sha256}`)
}
