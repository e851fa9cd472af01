/** The registry of disk formats. Adding one: copy a folder, add a line here; `raw` is the smallest to learn from. */
import type { DiskFormat } from '../../model/disk-formats.ts'
import type { DiskFormatModule } from './format.ts'
import { inspectIso } from './iso/inspect.ts'
import { sniffIso } from './iso/sniff.ts'
import { createQcow2 } from './qcow2/create.ts'
import { inspectQcow2 } from './qcow2/inspect.ts'
import { openQcow2 } from './qcow2/open.ts'
import { sniffQcow2 } from './qcow2/sniff.ts'
import { createRaw } from './raw/create.ts'
import { inspectRaw } from './raw/inspect.ts'
import { openRawStream } from './raw/open-stream.ts'
import { openRaw } from './raw/open.ts'
import { sniffRaw } from './raw/sniff.ts'
import { inspectVdi } from './vdi/inspect.ts'
import { sniffVdi } from './vdi/sniff.ts'
import { createVhd } from './vhd/create.ts'
import { inspectVhd } from './vhd/inspect.ts'
import { openVhd } from './vhd/open.ts'
import { sniffVhd } from './vhd/sniff.ts'
import { inspectVhdx } from './vhdx/inspect.ts'
import { sniffVhdx } from './vhdx/sniff.ts'
import { createVmdk } from './vmdk/create.ts'
import { inspectVmdk } from './vmdk/inspect.ts'
import { openVmdkStream } from './vmdk/open-stream.ts'
import { openVmdk } from './vmdk/open.ts'
import { sniffVmdk } from './vmdk/sniff.ts'

const modules: Readonly<Record<DiskFormat, DiskFormatModule>> = {
  raw: {
    format: 'raw',
    sniff: sniffRaw,
    inspect: inspectRaw,
    open: openRaw,
    openStream: openRawStream,
    create: createRaw,
  },
  qcow2: { format: 'qcow2', sniff: sniffQcow2, inspect: inspectQcow2, open: openQcow2, create: createQcow2 },
  vmdk: {
    format: 'vmdk',
    sniff: sniffVmdk,
    inspect: inspectVmdk,
    open: openVmdk,
    openStream: openVmdkStream,
    create: createVmdk,
  },
  vhd: { format: 'vhd', sniff: sniffVhd, inspect: inspectVhd, open: openVhd, create: createVhd },
  vhdx: { format: 'vhdx', sniff: sniffVhdx, inspect: inspectVhdx },
  vdi: { format: 'vdi', sniff: sniffVdi, inspect: inspectVdi },
  iso: { format: 'iso', sniff: sniffIso, inspect: inspectIso, open: openRaw },
}

export const diskFormatModules: readonly DiskFormatModule[] = Object.values(modules)

export function diskFormatModule(format: DiskFormat): DiskFormatModule {
  return modules[format]
}
