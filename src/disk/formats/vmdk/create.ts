import { loadDeflate } from '../../codec/deflate.ts'
import { DiskError } from '../../disk-error.ts'
import type { DiskTarget } from '../../disk-target.ts'
import type { DiskWriter } from '../../disk-writer.ts'
import type { CreateContext } from '../format.ts'
import { OptionReader } from '../format-options.ts'
import { needsFile } from '../needs-file.ts'
import { createFlatWriter } from './flat-writer.ts'
import { SparseWriter } from './sparse-writer.ts'
import { StreamWriter } from './stream-writer.ts'

/** Options: `subformat`, `adapter_type`, `hwversion`, and for streamOptimized `compression_level`. */
export async function createVmdk(
  target: DiskTarget,
  { options, virtualSizeBytes }: CreateContext,
): Promise<DiskWriter> {
  const read = new OptionReader('vmdk', options)
  const createType = read.choice('subformat', ['monolithicSparse', 'streamOptimized', 'monolithicFlat'])
  const adapterType = read.choice('adapter_type', ['lsilogic', 'ide', 'buslogic', 'legacyESX', 'pvscsi'])
  const hardwareVersion = read.integer('hwversion', { min: 3, max: 99, default: 10 })
  const level = createType === 'streamOptimized' ? read.integer('compression_level', { min: 1, max: 9, default: 6 }) : 0
  read.end()
  const descriptor = { createType, adapterType, hardwareVersion }
  if (createType === 'streamOptimized') {
    if (!target.isSeekable && virtualSizeBytes === undefined) throw needsSize()
    return new StreamWriter(target, { virtualSizeBytes, descriptor, deflate: await loadDeflate('zlib', level) })
  }
  if (!target.isSeekable) throw needsFile(`A VMDK of the kind ${createType}`)
  if (createType === 'monolithicFlat') return createFlatWriter(target, descriptor)
  if (virtualSizeBytes === undefined) throw needsSize()
  return new SparseWriter(target, virtualSizeBytes, descriptor)
}

function needsSize(): DiskError {
  return new DiskError(
    'bad-option',
    'This kind of VMDK begins with the size of the disk, which a raw stream does not tell. Give its size (--size), or save it to a file first.',
  )
}
