/** Formats by the names that clients use. */
import { diskFormats, type DiskFormat } from '../model/disk-formats.ts'
import { badRequest } from '../model/errors.ts'

/** qemu's name for VHD is taken too. */
export function knownDiskFormat(name: string): DiskFormat | undefined {
  return name === 'vpc' ? 'vhd' : diskFormats.find((format) => format === name)
}

/** @throws PolyvisorError bad-request */
export function diskFormatNamed(name: string | null): DiskFormat | null {
  if (name === null) return null
  const format = knownDiskFormat(name)
  if (format !== undefined) return format
  const instead = ['ami', 'ari', 'aki'].includes(name) ? ' Make a disk of the parts, and upload that.' : ''
  throw badRequest('disk-format-unknown', `disk_format must be one of ${diskFormats.join(', ')}.${instead}`)
}

/** @throws PolyvisorError bad-request */
export function containerFormatNamed(name: string | null): 'bare' | null {
  if (name === null || name === 'bare') return name
  throw badRequest(
    'container-format-unknown',
    'container_format must be bare. Take the disk out of its container (an OVA is a tar archive), and upload that.',
  )
}
