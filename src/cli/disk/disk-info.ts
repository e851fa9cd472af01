import { openFileSource } from '../../disk/file-source.ts'
import { inspectDisk } from '../../disk/inspect-disk.ts'
import type { DiskInspection } from '../../disk/inspect-disk.ts'
import type { DiskFlags } from './add-disk-commands.ts'
import { parseDiskFormat } from './disk-format-names.ts'
import { explainDiskErrors } from './explain-disk-errors.ts'
import { formatBytes } from './format-bytes.ts'

/** Other files that the image names are told, never opened. */
export async function diskInfo(file: string, flags: DiskFlags): Promise<void> {
  const inspection = await explainDiskErrors(file, async () => {
    const declared = flags.from === undefined ? {} : { declaredFormat: parseDiskFormat('--from', flags.from) }
    await using source = await openFileSource(file)
    return await inspectDisk(source, { ...declared, allowReferences: true })
  })
  console.log(flags.json === true ? JSON.stringify({ file, ...inspection }, null, 2) : render(file, inspection))
}

function render(file: string, inspection: DiskInspection): string {
  const { format, variant, virtualSizeBytes, fileSizeBytes, allocatedBytes, tablesChecked, details } = inspection
  const lines = [
    ['file', file],
    ['format', variant === format ? format : `${format}, ${variant}`],
    ['virtual size', sized(virtualSizeBytes)],
    ['file size', sized(fileSizeBytes)],
    ['data', sized(allocatedBytes)],
    ...Object.entries(details).map(([name, value]) => [spaced(name), String(value)]),
    ...(inspection.references ?? []).map(({ kind, names }) => [
      `needs ${spaced(kind)}`,
      names.map((name) => JSON.stringify(name)).join(' or ') || 'without a usable name',
    ]),
    ...(tablesChecked === 'all' ? [] : [['tables', 'too large to check all of them']]),
  ]
  return lines.map(([name = '', value = '']) => `${`${name}:`.padEnd(20)} ${value}`).join('\n')
}

function sized(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${formatBytes(bytes)} (${bytes} bytes)`
}

/** `clusterSizeBytes` and `backing-file` as words. */
function spaced(name: string): string {
  return name
    .replaceAll(/([A-Z])/g, ' $1')
    .replaceAll('-', ' ')
    .toLowerCase()
}
