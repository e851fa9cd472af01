import type { DiskTarget } from '../../disk-target.ts'
import type { DiskWriter } from '../../disk-writer.ts'
import type { CreateContext } from '../format.ts'
import { OptionReader } from '../format-options.ts'
import { needsFile } from '../needs-file.ts'
import { plainWriter } from '../raw/create.ts'
import { VhdBlockWriter } from './block-writer.ts'
import { makeVhdFooter } from './make-footer.ts'
import { assertVhdSize } from './vhd-size.ts'

const azureUnitBytes = 1024 ** 2

/** Options: `subformat` (dynamic or fixed), `azure` (fixed, whole MiB). Sizes are always exact, as with QEMU's `force_size`. */
export async function createVhd(target: DiskTarget, { options, virtualSizeBytes }: CreateContext): Promise<DiskWriter> {
  const read = new OptionReader('vhd', options)
  const isAzure = read.flag('azure')
  const subformat = read.choice('subformat', isAzure ? ['fixed'] : ['dynamic', 'fixed'])
  read.choice('force_size', ['on'])
  read.end()
  assertVhdSize(virtualSizeBytes ?? 0)
  if (subformat === 'fixed') return fixedWriter(target, isAzure ? azureUnitBytes : 512)
  if (!target.isSeekable) throw needsFile('A dynamic VHD')
  return new VhdBlockWriter(target, virtualSizeBytes)
}

/** Data, then the footer. @param unitBytes the size is filled up to a multiple of it */
function fixedWriter(target: DiskTarget, unitBytes: number): DiskWriter {
  const data = plainWriter(target)
  return {
    ...data,
    async finish(virtualSizeBytes) {
      const sizeBytes = Math.ceil(virtualSizeBytes / unitBytes) * unitBytes
      assertVhdSize(sizeBytes)
      await data.finish(sizeBytes)
      await target.write(sizeBytes, makeVhdFooter({ sizeBytes, type: 'fixed' }))
    },
  }
}
