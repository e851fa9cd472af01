import type { DiskTarget } from '../../disk-target.ts'
import type { DiskWriter } from '../../disk-writer.ts'
import { needsFile } from '../needs-file.ts'
import { plainWriter } from '../raw/create.ts'
import { makeVmdkDescriptor } from './make-descriptor.ts'
import type { DescriptorOptions } from './make-descriptor.ts'
import { vmdkSectorBytes } from './structs.ts'

/** Two files: the descriptor under the target's own name, and beside it the data under that name with `-flat`. */
export async function createFlatWriter(target: DiskTarget, options: DescriptorOptions): Promise<DiskWriter> {
  if (target.createSibling === undefined) throw needsFile('A VMDK of the kind monolithicFlat')
  const { name, target: flat } = await target.createSibling('-flat')
  const data = plainWriter(flat)
  return {
    ...data,
    async finish(virtualSizeBytes) {
      await data.finish(virtualSizeBytes)
      const extent = `RW ${virtualSizeBytes / vmdkSectorBytes} FLAT "${name}" 0`
      await target.write(0, makeVmdkDescriptor(virtualSizeBytes, extent, options))
    },
  }
}
