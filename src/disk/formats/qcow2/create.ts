import type { Deflate } from '../../codec/deflate.ts'
import { loadDeflate } from '../../codec/deflate.ts'
import { DiskError } from '../../disk-error.ts'
import type { DiskTarget } from '../../disk-target.ts'
import type { DiskWriter } from '../../disk-writer.ts'
import type { CreateContext } from '../format.ts'
import { OptionReader } from '../format-options.ts'
import { needsFile } from '../needs-file.ts'
import { Qcow2Writer } from './writer.ts'

/**
 * Options: `cluster_size`, `compat` (1.1 or 0.10), `compression_type` (zlib or zstd) with `compress` and
 * `compression_level`. Deflated clusters use the window of 32 KiB that RFC 1951 allows.
 */
export async function createQcow2(target: DiskTarget, { options }: CreateContext): Promise<DiskWriter> {
  const read = new OptionReader('qcow2', options)
  const clusterBytes = read.powerOfTwo('cluster_size', { min: 512, max: 2 * 1024 ** 2, default: 64 * 1024 })
  const compat = read.choice('compat', ['1.1', '0.10', 'v3', 'v2'])
  const isCompressed = read.flag('compress')
  const compression = read.choice('compression_type', ['zlib', 'zstd'])
  const isZstd = isCompressed && compression === 'zstd'
  const level = read.integer('compression_level', isZstd ? zstdLevels : deflateLevels)
  read.end()
  const version = compat === '1.1' || compat === 'v3' ? 3 : 2
  if (isZstd && version === 2) throw new DiskError('bad-option', 'qcow2: compression_type=zstd needs compat=1.1.')
  if (!target.isSeekable) throw needsFile('qcow2')
  const deflate = isCompressed ? await loadCodec(isZstd, level) : undefined
  return new Qcow2Writer(target, { clusterBytes, version, isZstd, deflate })
}

/** Level 4 of libdeflate packs better than the level 6 with a small window that qemu-img takes, and in a fraction of the time. */
const deflateLevels = { min: 1, max: 9, default: 4 }
const zstdLevels = { min: 1, max: 19, default: 3 }

async function loadCodec(isZstd: boolean, level: number): Promise<Deflate> {
  if (!isZstd) return loadDeflate('raw', level)
  const { zstd } = await import('../../codec/zstd.ts')
  return zstd(level)
}
