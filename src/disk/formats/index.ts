/**
 * The registry of disk formats. Adding one: copy a folder, add a line here; `raw` is the smallest to learn from.
 * Marks are known from the start; the rest of a format is loaded when an image of it is opened or made.
 */
import type { DiskFormat } from '../../model/disk-formats.ts'
import type { DiskFormatModule } from './format.ts'
import { sniffIso } from './iso/sniff.ts'
import { sniffQcow2 } from './qcow2/sniff.ts'
import { sniffRaw } from './raw/sniff.ts'
import { sniffVdi } from './vdi/sniff.ts'
import { sniffVhd } from './vhd/sniff.ts'
import { sniffVhdx } from './vhdx/sniff.ts'
import { sniffVmdk } from './vmdk/sniff.ts'

const modules: Readonly<Record<DiskFormat, DiskFormatModule>> = {
  raw: {
    format: 'raw',
    sniff: sniffRaw,
    inspect: async (...args) => (await import('./raw/inspect.ts')).inspectRaw(...args),
    open: async (...args) => (await import('./raw/open.ts')).openRaw(...args),
    openStream: async (...args) => (await import('./raw/open-stream.ts')).openRawStream(...args),
    create: async (...args) => (await import('./raw/create.ts')).createRaw(...args),
  },
  qcow2: {
    format: 'qcow2',
    sniff: sniffQcow2,
    inspect: async (...args) => (await import('./qcow2/inspect.ts')).inspectQcow2(...args),
    open: async (...args) => (await import('./qcow2/open.ts')).openQcow2(...args),
    checkUse: async (...args) => (await import('./qcow2/refcounts.ts')).checkQcow2Refcounts(...args),
    create: async (...args) => (await import('./qcow2/create.ts')).createQcow2(...args),
  },
  vmdk: {
    format: 'vmdk',
    sniff: sniffVmdk,
    inspect: async (...args) => (await import('./vmdk/inspect.ts')).inspectVmdk(...args),
    open: async (...args) => (await import('./vmdk/open.ts')).openVmdk(...args),
    openStream: async (...args) => (await import('./vmdk/open-stream.ts')).openVmdkStream(...args),
    create: async (...args) => (await import('./vmdk/create.ts')).createVmdk(...args),
  },
  vhd: {
    format: 'vhd',
    sniff: sniffVhd,
    inspect: async (...args) => (await import('./vhd/inspect.ts')).inspectVhd(...args),
    open: async (...args) => (await import('./vhd/open.ts')).openVhd(...args),
    create: async (...args) => (await import('./vhd/create.ts')).createVhd(...args),
  },
  vhdx: {
    format: 'vhdx',
    sniff: sniffVhdx,
    inspect: async (...args) => (await import('./vhdx/inspect.ts')).inspectVhdx(...args),
  },
  vdi: {
    format: 'vdi',
    sniff: sniffVdi,
    inspect: async (...args) => (await import('./vdi/inspect.ts')).inspectVdi(...args),
  },
  iso: {
    format: 'iso',
    sniff: sniffIso,
    inspect: async (...args) => (await import('./iso/inspect.ts')).inspectIso(...args),
    open: async (...args) => (await import('./raw/open.ts')).openRaw(...args),
  },
}

export const diskFormatModules: readonly DiskFormatModule[] = Object.values(modules)

export function diskFormatModule(format: DiskFormat): DiskFormatModule {
  return modules[format]
}
