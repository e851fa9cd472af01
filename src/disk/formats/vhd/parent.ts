import { readInside } from '../../bounds.ts'
import { DiskError, corrupt } from '../../disk-error.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'
import type { RefusableReference } from '../../references.ts'
import type { VhdHead } from './inspect.ts'
import { parentLocator } from './structs.ts'

const maxNameBytes = 4096

/** Names by which a differencing disk knows its parent: relative ones first. @throws DiskError when a locator is damaged */
export async function readParentReference(
  source: RandomAccessSource,
  { header }: Pick<VhdHead, 'header'>,
  signal?: AbortSignal,
): Promise<RefusableReference> {
  const names: string[] = []
  const locators = header?.parentLocators ?? []
  for (const code of [parentLocator.windowsRelative, parentLocator.windowsAbsolute, parentLocator.mac]) {
    for (const { platform, dataBytes, dataOffset } of locators) {
      if (platform !== code) continue
      if (dataBytes > maxNameBytes) throw corrupt('VHD: the name of the parent is too long')
      const bytes = await readInside(source, dataOffset, dataBytes, 'A VHD parent locator', signal)
      const text = code === parentLocator.mac ? bytes.toString('utf8') : bytes.toString('utf16le')
      names.push(text.replaceAll('\0', '').replace(/^file:\/\//, ''))
    }
  }
  if (header !== undefined && header.parentName !== '') names.push(header.parentName)
  return {
    kind: 'backing-file',
    names: names.filter((name) => name !== ''),
    format: 'vhd',
    refusal: () =>
      new DiskError(
        'backing-file',
        'VHD: this is a differencing disk. Merge it with its parent and upload the result.',
      ),
  }
}
