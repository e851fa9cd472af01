/** What tells one spec from another (rule 1), for drivers to keep with a VM. */
import { createHash } from 'node:crypto'
import { withoutDriveContent } from './config-drive.ts'
import type { VmSpec } from './vm-spec.ts'

/** Equal for equal specs, whatever the order of their keys; neither the name, a label, nor a config drive's content counts. */
export function hashSpec({ name: _label, ...spec }: VmSpec): string {
  return createHash('sha256')
    .update(canonical({ ...spec, disks: withoutDriveContent(spec.disks) }))
    .digest('hex')
}

/** JSON with sorted keys: equal values give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
